import { type Action, type Day, isPlacement } from './action.js';
import { daysBetween } from './convention.js';

/**
 * The tripartite agreements that a placement still lacks: one a place, signed by the school, the pupil and their
 * family, and the company, before the pupil comes (article 3).
 */
export const missingAgreements = ({ kind, places = 1, agreements = 0 }: Action): number =>
  isPlacement(kind) ? Math.max(0, places - agreements) : 0;

/**
 * Which of the reminders is due on a day: the one reached last, so that who starts late is reminded once.
 * @param daysBefore how many days before the first day there is one
 */
export const dueReminder = (firstDay: Day, today: Day, daysBefore: readonly number[]): number | undefined => {
  const left = daysBetween(today, firstDay);
  return left < 0 ? undefined : daysBefore.filter((days) => left <= days).sort((a, b) => a - b)[0];
};
