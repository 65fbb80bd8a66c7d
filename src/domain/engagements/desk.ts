import type { Action, Engagement } from '../action.js';
import { type Day, daysBetween } from '../days.js';

/** What is urgent on the coordinators' desk, in days. */
export interface DeskLimits {
  /** Until the first day of an offer, or fewer. */
  readonly nearDays: number;
  /** More than this since the last day of an action without an answer. */
  readonly unansweredDays: number;
}

/** Why something waits for a coordinator, most urgent first. */
export const urgencies = ['contradiction', 'near', 'past', 'late', 'unanswered', 'rest'] as const;
export type Urgency = (typeof urgencies)[number];

/** A request that waits for a coordinator. */
export interface Waiting {
  readonly urgency: Urgency;
  readonly action: Action;
  /** The one to decide on, or of somebody who has not answered. */
  readonly engagement: Engagement;
}

/**
 * How urgent an offer is that nobody has decided on: its first day is near, its last one past, or it
 * has waited for long.
 * @param since the day on which it was offered or corrected, Europe/Paris
 */
export function urgencyOfOffer(
  { firstDay, lastDay }: Pick<Action, 'firstDay' | 'lastDay'>,
  since: Day,
  today: Day,
  { nearDays, lateAfterDays }: Pick<DeskLimits, 'nearDays'> & { readonly lateAfterDays: number },
): Urgency {
  if (lastDay < today) return 'past';
  if (daysBetween(today, firstDay) <= nearDays) return 'near';
  return daysBetween(since, today) > lateAfterDays ? 'late' : 'rest';
}

/**
 * Whether nobody has said for more than so many days if an action took place. An availability has no day after which
 * one could ask.
 */
export const isUnanswered = (
  { state, halfDays, lastDay }: Pick<Action, 'state' | 'halfDays' | 'lastDay'>,
  today: Day,
  { unansweredDays }: Pick<DeskLimits, 'unansweredDays'>,
): boolean => state === 'open' && !halfDays && daysBetween(lastDay, today) > unansweredDays;

/** What rows of the same urgency are sorted by: how long they wait where that makes the urgency, else by day. */
const sortKey = ({ urgency, action, engagement }: Waiting): string => {
  if (urgency === 'contradiction') return action.contradiction?.at ?? '';
  return urgency === 'late' ? engagement.since : action.firstDay;
};

/** Sorts what waits: by urgency, then the oldest or nearest first, then by number. */
export const sortByUrgency = (waiting: readonly Waiting[]): Waiting[] =>
  waiting.toSorted(
    (a, b) =>
      urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency) ||
      compare(sortKey(a), sortKey(b)) ||
      a.action.number - b.action.number,
  );

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
