import type { Action, Engagement } from '../action.js';
import type { Calendar } from '../calendar/school-calendar.js';
import { addWorkingDays, previousWorkingDay } from '../calendar/working-days.js';
import { instantAt, type MessageHours } from '../calendar/working-hours.js';
import { addDays, type Day, type Instant } from '../days.js';

/**
 * The last day on which somebody can confirm that they come after a change: so many working days ahead, but at the
 * latest on the last working day before the session, and never before today.
 */
export function confirmationDay(
  today: Day,
  firstDay: Day,
  days: number,
  calendar: Pick<Calendar, 'publicHoliday'>,
): Day {
  const usual = addWorkingDays(today, days, calendar);
  const latest = previousWorkingDay(addDays(firstDay, -1), calendar);
  const day = usual < latest ? usual : latest;
  return day < today ? today : day;
}

/**
 * Whether somebody was asked before the last day. Whoever is asked on that very day keeps the seat without an answer: a
 * class is better off with somebody who has not answered.
 */
export const wasAskedInTime = ({
  confirmBy,
  askedOn = '',
}: Pick<Engagement, 'confirmBy' | 'askedOn'>): boolean => confirmBy !== undefined && askedOn < confirmBy;

/** The time on that day at which seats that are not confirmed go to others: while it can still be told. */
export function confirmationTime({ from, until }: MessageHours): string {
  const [hour = '', minute = ''] = until.split(':');
  const time = `${String(Math.max(0, Number(hour) - 1)).padStart(2, '0')}:${minute}`;
  return time < from ? from : time;
}

export const confirmationDeadline = (confirmBy: Day, hours: MessageHours, zone: string): Instant =>
  instantAt(confirmBy, confirmationTime(hours), zone);

/**
 * When somebody who has not answered is asked once more: in their zone, at the usual time of the last working day on which
 * that is before the deadline. In America it may be later than the deadline in Paris.
 */
export function secondQuestionTime(
  confirmBy: Day,
  deadline: Instant,
  zoneOfPerson: string,
  { usual }: MessageHours,
  calendar: Pick<Calendar, 'publicHoliday'>,
): Instant {
  const lastMorning = instantAt(confirmBy, usual, zoneOfPerson);
  if (lastMorning < deadline) return lastMorning;
  return instantAt(previousWorkingDay(addDays(confirmBy, -1), calendar), usual, zoneOfPerson);
}

/** When an action begins; at midnight if its hours are not known. */
export const beginningOf = ({ firstDay, hours }: Pick<Action, 'firstDay' | 'hours'>, zone: string): Instant =>
  instantAt(firstDay, hours?.from ?? '00:00', zone);

/** Whether a session starts within so many hours: what changes then is urgent. */
export const startsWithin = (
  action: Pick<Action, 'firstDay' | 'hours'>,
  count: number,
  now: Instant,
  zone: string,
): boolean => Date.parse(beginningOf(action, zone)) - Date.parse(now) <= count * 3_600_000;
