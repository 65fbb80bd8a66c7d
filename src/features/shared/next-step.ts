import type { Action, Engagement } from '../../domain/action.js';
import { findNextStep } from '../../domain/engagements/next-step.js';
import { countExpectedAgreements } from '../../domain/placements/agreements.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Services } from '../feature.js';

/**
 * What comes next, whose turn it is and by when, in one sentence.
 * @param reader the employee themselves, or how to call the employee where coordinators read
 */
export function describeNextStep(
  action: Action,
  engagement: Engagement,
  reader: 'employee' | { readonly name: string },
  t: Text,
  { clock, convention }: Services,
): string {
  const { step, by } = findNextStep(action, engagement, dayAt(clock.now()), convention);
  const day = by ? t.dates.long(by) : '';
  const params = {
    day,
    by: by ? t('next.by', { day }) : '',
    signed: action.agreements ?? 0,
    places: countExpectedAgreements(action),
  };
  if (reader === 'employee') return t.at(`next.${step}.employee`, params);
  return t.at(`next.${step}.coordinator`, { ...params, name: escapeMarkdown(reader.name) });
}
