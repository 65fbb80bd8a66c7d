import { type Action, isPlacement } from '../../domain/action.js';
import { findBrokenLimit } from '../../domain/placements/limits.js';
import { toPlacementDates } from '../../domain/placements/placement.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { findPlaces } from '../shared/schools.js';
import { findDateFault } from './dates.js';
import { limitText } from './limits.js';

/** The rule that a placement breaks now; empty if it breaks none. */
export function describeBrokenRule(action: Action, t: Text, services: Services): string {
  const { kind } = action;
  if (!isPlacement(kind)) return '';
  const fault = findDateFault(toPlacementDates(action, kind), findPlaces(action, services), t, services);
  const limit = findBrokenLimit({ ...action, kind }, services.convention);
  return fault?.text ?? (limit ? limitText(limit, kind, t, services.convention) : '');
}
