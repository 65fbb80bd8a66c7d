import { DateTime } from 'luxon';
import { addDays, type Day, toDateTime, toDay } from '../days.js';
import type { Convention } from './convention.js';

/** What a deadline of the convention is about: the steering committee, telling the ministry, the last day. */
export const deadlineKinds = ['committee', 'renewal-notice', 'end'] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

export interface Deadline {
  readonly kind: DeadlineKind;
  readonly day: Day;
}

/** The article that each deadline comes from. */
export const deadlineArticles: Readonly<Record<DeadlineKind, number>> = {
  committee: 5,
  'renewal-notice': 8,
  end: 8,
};

/** What a deadline is known by: another day makes it another one. */
export const deadlineId = ({ kind, day }: Deadline): string => `${kind}:${day}`;

/** The deadline with an id; nothing if it is none. */
export function parseDeadlineId(id: string): Deadline | undefined {
  const [, name, day] = /^([a-z-]+):(\d{4}-\d\d-\d\d)$/.exec(id) ?? [];
  const kind = deadlineKinds.find((k) => k === name);
  return kind && day ? { kind, day } : undefined;
}

/** Of a convention, what its term depends on. */
export type TermDates = Pick<Convention, 'signedOn' | 'durationYears'>;

/** That a convention has ended before its term: a formal notice has lapsed (article 6), or it is terminated (article 9). */
export interface EarlyEnd {
  readonly day: Day;
  readonly article: 6 | 9;
}

/** Of a convention, what its deadlines depend on. */
export interface DeadlineDates
  extends Pick<Convention, 'signedOn' | 'durationYears' | 'noticeMonths' | 'committee'> {
  readonly ended?: EarlyEnd;
}

/** The day of the steering committee: the first Monday of July, unless the convention says otherwise (article 5). */
export function committeeDay(year: number, { month, weekday }: Convention['committee']): Day {
  const first = DateTime.utc(year, month, 1);
  return toDay(first.plus({ days: (7 + weekday - first.weekday) % 7 }));
}

/** The last day of the convention: the day before the anniversary (article 8). */
export const conventionEnd = (signedOn: Day, durationYears: number): Day =>
  toDay(toDateTime(signedOn).plus({ years: durationYears }).minus({ days: 1 }));

/** The last day of the term of a convention; nothing while its date of signature is not known. */
export const lastDayOf = ({ signedOn, durationYears }: TermDates): Day | undefined =>
  signedOn && conventionEnd(signedOn, durationYears);

const monthsBefore = (day: Day, months: number): Day => toDay(toDateTime(day).minus({ months }));

/** The last day to tell the ministry: six months before the end; month ends clamp (article 8). */
export const renewalNoticeDay = (signedOn: Day, durationYears: number, noticeMonths: number): Day =>
  monthsBefore(conventionEnd(signedOn, durationYears), noticeMonths);

/** Calendar days to remedy what a formal notice is about (article 6). */
const formalNoticeDays = 8;

/** The last day to remedy what a formal notice is about; the convention lapses after it (article 6). */
export const formalNoticeEnd = (receivedOn: Day): Day => addDays(receivedOn, formalNoticeDays);

/** The earliest day a termination can take effect: six months after its receipt; month ends clamp (article 9). */
export const terminationDay = (receivedOn: Day): Day => toDay(toDateTime(receivedOn).plus({ months: 6 }));

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/**
 * The convention's deadlines from a day on, in order: committees up to a year, and what depends on the signature. None
 * is before the signature, after the end, or after the day on which the convention has ended before it.
 */
export function deadlinesFrom(dates: DeadlineDates, from: Day, lastYear: number): Deadline[] {
  const { signedOn, durationYears, noticeMonths, committee, ended } = dates;
  const end = lastDayOf(dates);
  const deadlines: Deadline[] = [];
  for (let year = yearOf(from); year <= lastYear; year++)
    deadlines.push({ kind: 'committee', day: committeeDay(year, committee) });
  if (signedOn && end) {
    deadlines.push({ kind: 'renewal-notice', day: renewalNoticeDay(signedOn, durationYears, noticeMonths) });
    deadlines.push({ kind: 'end', day: end });
  }
  return deadlines
    .filter(({ day }) => day >= from && (!signedOn || day >= signedOn) && (!end || day <= end))
    .filter(({ day }) => !ended || day <= ended.day)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The convention's deadlines on or after a day, committees of this year and the next; none once it has ended. */
export const upcomingDeadlines = (dates: DeadlineDates, today: Day): Deadline[] =>
  deadlinesFrom(dates, today, yearOf(today) + 1);

/** The deadlines between the signature and the end; those to come while the date of signature is not known. */
export function allDeadlines(dates: DeadlineDates, today: Day): Deadline[] {
  const { signedOn } = dates;
  const end = lastDayOf(dates);
  return signedOn && end ? deadlinesFrom(dates, signedOn, yearOf(end)) : upcomingDeadlines(dates, today);
}

/** A reminder of a deadline: its distance, by which it is known, and its day. */
export interface DeadlineReminder {
  readonly distance: string;
  readonly day: Day;
}

/**
 * When coordinators are reminded of a deadline, the earliest first: so many days before the committee; of telling the
 * ministry so many months before the end, and days before it must be told.
 */
export function remindersOf(
  { kind, day }: Deadline,
  convention: TermDates & Pick<Convention, 'committeeReminders' | 'noticeReminders'>,
): DeadlineReminder[] {
  const at = (days: readonly number[]): DeadlineReminder[] =>
    days.toSorted((a, b) => b - a).map((n) => ({ distance: String(n), day: addDays(day, -n) }));
  const { committeeReminders, noticeReminders } = convention;
  if (kind === 'committee') return at(committeeReminders);
  const end = lastDayOf(convention);
  if (kind === 'end' || !end) return [];
  const { months, days } = noticeReminders;
  return [{ distance: `${months}-months`, day: monthsBefore(end, months) }, ...at(days)];
}
