import { type Action, isPlacement } from '../../domain/action.js';
import { brokenLimit } from '../../domain/limits.js';
import { datesOf } from '../../domain/placement.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { placesOf } from '../shared/schools.js';
import { dateFault } from './dates.js';
import { limitText } from './limits.js';

/** The rule that a placement breaks now; empty when it breaks none. */
export function brokenBy(action: Action, t: Text, services: Services): string {
  const { kind } = action;
  if (!isPlacement(kind)) return '';
  const fault = dateFault(datesOf(action, kind), placesOf(action, services), t, services);
  const limit = brokenLimit({ ...action, kind }, services.convention);
  return fault?.text ?? (limit ? limitText(limit, kind, t, services.convention) : '');
}
