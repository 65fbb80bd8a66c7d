import type { Action, Engagement, EngagementState } from '../action.js';
import { addDays, type Day, toDateTime, toDay } from '../days.js';

/** What somebody who has been inactive for long has been told, or could not be told. */
export interface Announced {
  readonly announcedOn: Day;
  /** They are erased on this day, unless they do something before. */
  readonly eraseOn: Day;
}

export type Retention =
  /** Nothing is to be done. */
  | { readonly state: 'active' }
  /** They are told now that they are erased on a day. */
  | { readonly state: 'to-announce'; readonly eraseOn: Day }
  /** They have been told. */
  | { readonly state: 'announced'; readonly eraseOn: Day }
  /** They are erased now. */
  | { readonly state: 'due' };

/** The same day some months later; the last one of a month that is shorter. */
export const monthsAfter = (day: Day, months: number): Day => toDay(toDateTime(day).plus({ months }));

/**
 * The day on which somebody is erased: so many years after their last activity, on the same day of the same month; those
 * of 29 February on the 28th, if the year has no other.
 */
export const eraseDay = (lastActivity: Day, years: number): Day =>
  toDay(toDateTime(lastActivity).plus({ years }));

/** The day on which they are told of it: a month before, on the last day of a month that is shorter. */
export const announceDay = (eraseOn: Day): Day => monthsAfter(eraseOn, -1);

/** What is known of somebody, and what day it is. */
export interface RetentionFacts {
  readonly lastActivity: Day;
  readonly announced?: Announced | undefined;
  readonly today: Day;
  /** What is to be announced before this day is announced today: the next working day. */
  readonly nextAnnouncements: Day;
  readonly years: number;
}

/**
 * What becomes of somebody's data. Nobody is erased who was not told a month before, or could have been: if that was late,
 * or the years have become fewer, they are erased later. An announcement by a clock that was ahead does not count.
 */
export function checkRetention({
  lastActivity,
  announced,
  today,
  nextAnnouncements,
  years,
}: RetentionFacts): Retention {
  const end = eraseDay(lastActivity, years);
  if (announceDay(end) >= nextAnnouncements) return { state: 'active' };
  if (!announced || announced.announcedOn > today)
    return { state: 'to-announce', eraseOn: latest(end, monthsAfter(today, 1)) };
  const eraseOn = latest(end, announced.eraseOn);
  return today < eraseOn ? { state: 'announced', eraseOn } : { state: 'due' };
}

/** Month ends and leap years move a day by so many at most. */
const clampedDays = 4;

/** Whoever was active on this day or later is not to be told anything yet; a few who were active before are not either. */
export const activeFrom = (nextAnnouncements: Day, years: number): Day =>
  addDays(toDay(toDateTime(nextAnnouncements).plus({ months: 1 }).minus({ years })), clampedDays);

const planned: ReadonlySet<EngagementState> = new Set(['pending', 'sent-back', 'approved', 'waitlisted']);

/**
 * The last day on which somebody took part in an action, or is going to; nothing if they do not. Whatever they have open
 * counts until it is over, also what a coordinator has entered for them.
 */
export function dayOfPart(action: Action, { state }: Pick<Engagement, 'state'>): Day | undefined {
  if (action.state === 'open' && planned.has(state)) return action.lastDay;
  const tookPart = state === 'attended' || state === 'approved';
  const tookPlace = action.state === 'open' || action.state === 'held';
  // The period of an availability is no day on which anybody came.
  return tookPart && tookPlace && !action.halfDays ? action.lastDay : undefined;
}

const latest = (a: Day, b: Day): Day => (a > b ? a : b);

/** The latest of some days; nothing of none. */
export const latestOf = (days: readonly (Day | undefined)[]): Day | undefined =>
  days.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);
