import { addDays, type Day, mondayOf, weekday } from '../../src/domain/days.js';
import { readCalendar } from '../../src/reference/calendar/read-calendar.js';
import { dayAt } from '../../src/text/dates.js';

export const today: Day = dayAt(new Date().toISOString());
const calendar = readCalendar('data');

/** The first Monday at least a month away whose week lies (or not) in the holidays of the site's académie. */
export function monday(inHolidays: boolean): Day {
  const { zone } = calendar.academies.find((a) => a.name === 'Versailles') ?? {};
  const holidays = calendar.holidays.filter((h) => h.zone === zone);
  for (let day = mondayOf(addDays(today, 35)); ; day = addDays(day, 7)) {
    const off = holidays.some((h) => h.firstDayOff <= addDays(day, 4) && day <= h.lastDayOff);
    if (off === inHolidays) return day;
  }
}

/** A weekday about so many days away. */
export function weekdayIn(days: number): Day {
  const day = addDays(today, days);
  return weekday(day) > 5 ? addDays(day, 8 - weekday(day)) : day;
}
