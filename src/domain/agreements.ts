import { type Action, type Day, type Engagement, isPlacement } from './action.js';
import { daysBetween } from './convention.js';
import type { Mover } from './moves.js';

/**
 * The tripartite agreements that a placement still lacks: one a place, signed by the school, the pupil and their
 * family, and the company, before the pupil comes (article 3).
 */
export const missingAgreements = ({ kind, places = 1, agreements = 0 }: Action): number =>
  isPlacement(kind) ? Math.max(0, places - agreements) : 0;

/**
 * Says whether somebody may tell how many agreements of a placement are signed: its host or a coordinator, once it is
 * approved and until it is over.
 */
export function checkAgreements(
  mover: Mover,
  { kind, state }: Pick<Action, 'kind' | 'state'>,
  engagements: readonly Pick<Engagement, 'state' | 'employeeId'>[],
): { readonly ok: true } | { readonly ok: false; readonly because: 'not-now' | 'not-yours' } {
  const host = engagements.find((e) => e.state === 'approved');
  if (!isPlacement(kind) || state !== 'open' || !host) return { ok: false, because: 'not-now' };
  const may = mover.coordinator || host.employeeId === mover.id;
  return may ? { ok: true } : { ok: false, because: 'not-yours' };
}

/**
 * Which of the reminders is due on a day: the one reached last, so that who starts late is reminded once.
 * @param daysBefore how many days before the first day there is one
 */
export const dueReminder = (firstDay: Day, today: Day, daysBefore: readonly number[]): number | undefined => {
  const left = daysBetween(today, firstDay);
  return left < 0 ? undefined : daysBefore.filter((days) => left <= days).sort((a, b) => a - b)[0];
};
