import { addDays, type Day, weekday } from '../days.js';
import type { Calendar } from './school-calendar.js';

/** Holidays that only some départements have do not count: people work at many sites. */
const anyDepartement = '75';

/** Whether people work on a day: Monday to Friday, except on the public holidays of the whole country. */
export const isWorkingDay = (day: Day, calendar: Pick<Calendar, 'publicHoliday'>): boolean =>
  weekday(day) <= 5 && calendar.publicHoliday(day, anyDepartement) === undefined;

/** The first working day on or after a day. */
export const nextWorkingDay = (day: Day, calendar: Pick<Calendar, 'publicHoliday'>): Day =>
  isWorkingDay(day, calendar) ? day : nextWorkingDay(addDays(day, 1), calendar);

/** The last working day on or before a day. */
export const previousWorkingDay = (day: Day, calendar: Pick<Calendar, 'publicHoliday'>): Day =>
  isWorkingDay(day, calendar) ? day : previousWorkingDay(addDays(day, -1), calendar);

/** The `count`-th working day after a day. */
export function addWorkingDays(day: Day, count: number, calendar: Pick<Calendar, 'publicHoliday'>): Day {
  let reached = day;
  for (let i = 0; i < count; i++) reached = nextWorkingDay(addDays(reached, 1), calendar);
  return reached;
}
