import { addDays, type Day, mondayOf, weekday } from '../../domain/days.js';

/** The days that a phrase states: one day has no last day, "until 20 March" no first day. */
export interface Period {
  readonly firstDay?: Day | undefined;
  readonly lastDay?: Day | undefined;
}

const pad = (n: number): string => String(n).padStart(2, '0');

/** A day of the calendar; nothing if there is no such day. */
export function toDay(year: number, month: number, day: number): Day | undefined {
  const text = `${year}-${pad(month)}-${pad(day)}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(+date) && date.toISOString().startsWith(text) ? text : undefined;
}

/** A month, as `2027-01`. */
type Month = string;
export const toMonth = (year: number, month: number): Month => `${year}-${pad(month)}`;
export const monthOf = (day: Day): Month => day.slice(0, 7);
export const monthsAfter = (month: Month, n: number): Month => {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + n;
  return toMonth(Math.floor(count / 12), (count % 12) + 1);
};
const lastOf = (month: Month): Day => addDays(`${monthsAfter(month, 1)}-01`, -1);

/** The next day of this month and number, today included; nothing for 30 February. */
export function nextDate(today: Day, month: number, day: number): Day | undefined {
  const year = Number(today.slice(0, 4));
  // 29 February is at most eight years away.
  for (let y = year; y <= year + 8; y++) {
    const found = toDay(y, month, day);
    if (found && found >= today) return found;
  }
  return undefined;
}

/** The next day with this number in its month, today included. */
export function nextDayNumber(today: Day, day: number): Day | undefined {
  for (let n = 0; n < 4; n++) {
    const month = monthsAfter(monthOf(today), n);
    const found = toDay(Number(month.slice(0, 4)), Number(month.slice(5)), day);
    if (found && found >= today) return found;
  }
  return undefined;
}

/** The month of this number that has not ended. */
export const nextMonth = (today: Day, month: number): Month => {
  const here = toMonth(Number(today.slice(0, 4)), month);
  return here >= monthOf(today) ? here : monthsAfter(here, 12);
};

/** The next of a weekday after today. */
export const nextWeekday = (today: Day, wanted: number): Day =>
  addDays(today, ((wanted - weekday(today) + 6) % 7) + 1);
export const lastWeekday = (today: Day, wanted: number): Day =>
  addDays(today, -((weekday(today) - wanted + 6) % 7) - 1);
/** A weekday of next week. */
export const weekdayOfNextWeek = (today: Day, wanted: number): Day => addDays(mondayOf(today), 6 + wanted);

/** Monday of an ISO week that has not ended. */
export function nextIsoWeek(today: Day, week: number): Day | undefined {
  if (week < 1 || week > 53) return undefined;
  const year = Number(today.slice(0, 4));
  return [year - 1, year, year + 1]
    .map((y) => addDays(mondayOf(`${y}-01-04`), 7 * (week - 1)))
    .find((monday) => addDays(monday, 6) >= today);
}

/** Monday to Friday of a day's week. */
export const schoolWeek = (day: Day): Period => {
  const monday = mondayOf(day);
  return { firstDay: monday, lastDay: addDays(monday, 4) };
};
/** The first week whose Monday is in a month, and the last whose Friday is. */
export const firstSchoolWeek = (month: Month): Period =>
  schoolWeek(addDays(`${month}-01`, (8 - weekday(`${month}-01`)) % 7));
export const lastSchoolWeek = (month: Month): Period => {
  const last = lastOf(month);
  return schoolWeek(addDays(last, -((weekday(last) + 2) % 7)));
};
export const wholeMonth = (month: Month): Period => ({ firstDay: `${month}-01`, lastDay: lastOf(month) });
export const monthsFromTo = (first: Month, last: Month): Period => ({
  firstDay: `${first}-01`,
  lastDay: lastOf(last),
});
/** The days of a month from one number to another, or to its end. */
export const partOfMonth = (month: Month, first: number, last?: number): Period => ({
  firstDay: `${month}-${pad(first)}`,
  lastDay: last === undefined ? lastOf(month) : `${month}-${pad(last)}`,
});
/** The last ten days of a month. */
export const endOfMonth = (month: Month): Period => ({
  firstDay: addDays(lastOf(month), -9),
  lastDay: lastOf(month),
});
export const oneDay = (day: Day | undefined): Period | undefined =>
  day === undefined ? undefined : { firstDay: day };
/** A period; nothing if its days are not in order. */
export const fromTo = (firstDay: Day | undefined, lastDay: Day | undefined): Period | undefined =>
  firstDay && lastDay && firstDay <= lastDay ? { firstDay, lastDay } : undefined;
