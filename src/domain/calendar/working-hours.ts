import { DateTime } from 'luxon';
import { addDays, type Day, type Instant, type TimeOfDay } from '../days.js';
import type { Calendar } from './school-calendar.js';
import { isWorkingDay, nextWorkingDay, previousWorkingDay } from './working-days.js';

/** When Passerelle writes by itself; the convention says nothing about it. */
export interface MessageHours {
  /** Messages of the bot's own arrive on working days from this time on… */
  readonly from: TimeOfDay;
  /** …and before this one. */
  readonly until: TimeOfDay;
  /** The usual time of reminders and questions. */
  readonly usual: TimeOfDay;
}

/** A time of day in a zone; an hour later on a day when the clocks skip it. */
export function instantAt(day: Day, time: TimeOfDay, zone: string): Instant {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return DateTime.fromISO(day, { zone }).set({ hour, minute }).toUTC().toISO() as Instant;
}

/** The usual time on the last working day that is at least `count` days before a day. */
export const daysBefore = (
  day: Day,
  count: number,
  zone: string,
  hours: MessageHours,
  calendar: Pick<Calendar, 'publicHoliday'>,
): Instant => instantAt(previousWorkingDay(addDays(day, -count), calendar), hours.usual, zone);

/** The usual time on the next working day after a day. */
export const nextMorning = (
  day: Day,
  zone: string,
  hours: MessageHours,
  calendar: Pick<Calendar, 'publicHoliday'>,
): Instant => instantAt(nextWorkingDay(addDays(day, 1), calendar), hours.usual, zone);

/** The first moment from `now` on at which a message may arrive in a zone: `now` itself during working hours. */
export function firstAllowed(
  now: Instant,
  zone: string,
  hours: MessageHours,
  calendar: Pick<Calendar, 'publicHoliday'>,
): Instant {
  const local = DateTime.fromISO(now, { zone });
  const today = local.toISODate() as Day;
  const time = local.toFormat('HH:mm');
  if (isWorkingDay(today, calendar) && time < hours.until)
    return time >= hours.from ? now : instantAt(today, hours.from, zone);
  return instantAt(nextWorkingDay(addDays(today, 1), calendar), hours.from, zone);
}
