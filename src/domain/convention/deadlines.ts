import { DateTime } from 'luxon';
import { addDays, type Day, toDateTime, toDay } from '../days.js';
import type { Convention } from './convention.js';

export interface Deadline {
  readonly kind: 'committee' | 'renewal-notice' | 'end';
  readonly day: Day;
}

/** The day of the steering committee: the first Monday of July (article 5). */
export function committeeDay(year: number): Day {
  const first = DateTime.utc(year, 7, 1);
  return toDay(first.plus({ days: (8 - first.weekday) % 7 }));
}

/** The last day of the convention: the day before the anniversary (article 8). */
export const conventionEnd = (signedOn: Day, durationYears: number): Day =>
  toDay(toDateTime(signedOn).plus({ years: durationYears }).minus({ days: 1 }));

/** The last day to notify the ministry: six months before the end; month ends clamp (article 8). */
export const renewalNoticeDay = (signedOn: Day, durationYears: number): Day =>
  toDay(toDateTime(conventionEnd(signedOn, durationYears)).minus({ months: 6 }));

/**
 * When the company is reminded to notify the ministry: seven months before the end, then 14 and 3 days before the
 * notification is due.
 */
export const renewalReminders = (signedOn: Day, durationYears: number): Day[] => {
  const notice = renewalNoticeDay(signedOn, durationYears);
  const early = toDay(toDateTime(conventionEnd(signedOn, durationYears)).minus({ months: 7 }));
  return [early, addDays(notice, -14), addDays(notice, -3)];
};

/** Calendar days to remedy what a formal notice is about (article 6). */
const formalNoticeDays = 8;

/** The last day to remedy what a formal notice is about; the convention lapses after it (article 6). */
export const formalNoticeEnd = (receivedOn: Day): Day => addDays(receivedOn, formalNoticeDays);

/** The earliest day a termination can take effect: six months after its receipt; month ends clamp (article 9). */
export const terminationDay = (receivedOn: Day): Day => toDay(toDateTime(receivedOn).plus({ months: 6 }));

/** The convention's deadlines on or after a day, of this year and the next, in order; none once it has ended. */
export function upcomingDeadlines(convention: Convention, today: Day): Deadline[] {
  const year = toDateTime(today).year;
  const deadlines: Deadline[] = [year, year + 1].map((y) => ({ kind: 'committee', day: committeeDay(y) }));
  const { signedOn, durationYears } = convention;
  if (signedOn) {
    deadlines.push({ kind: 'renewal-notice', day: renewalNoticeDay(signedOn, durationYears) });
    deadlines.push({ kind: 'end', day: conventionEnd(signedOn, durationYears) });
  }
  const end = signedOn ? conventionEnd(signedOn, durationYears) : '9999-12-31';
  return deadlines.filter((d) => d.day >= today && d.day <= end).sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The convention's next deadline on or after a day; nothing once it has ended. */
export const nextDeadline = (convention: Convention, today: Day): Deadline | undefined =>
  upcomingDeadlines(convention, today)[0];
