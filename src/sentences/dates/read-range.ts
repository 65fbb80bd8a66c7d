import { addDays, type Day, daysBetween } from '../../domain/days.js';
import {
  fromTo,
  monthsAfter,
  monthsFromTo,
  nextMonth,
  nextWeekday,
  type Period,
  toDay,
  toMonth,
} from './calendar.js';
import { find, readDate, readDigits, type Value } from './slots.js';

/** "du 28 janvier au 3 février", "March 3 to 7": what one end lacks is as in the other. */
export function readRange(values: readonly Value[], today: Day): Period | undefined {
  const days = values.flatMap((v, i) => (v.is === 'day' ? [i] : []));
  const [, second = 0] = days;
  const monthFirst =
    values.findIndex((v) => v.is === 'month') < (days[0] ?? 0) && find(values, 'month') !== undefined;
  const goesBefore = (i: number) => values[i]?.is === 'weekday' || (monthFirst && values[i]?.is === 'month');
  let cut = second;
  while (cut > 1 && goesBefore(cut - 1)) cut--;
  const [a, b] = [values.slice(0, cut), values.slice(cut)];
  const complete = (end: readonly Value[]) => [
    ...end,
    ...values.filter((v) => (v.is === 'month' || v.is === 'year') && find(end, v.is) === undefined).slice(-2),
  ];
  const last = readDate(complete(b), today);
  const d = find(a, 'day');
  if (!last || d === undefined) return undefined;
  const first = readDate(complete(a), today);
  if (first && first <= last) return { firstDay: first, lastDay: last };
  // It has begun, or goes from one year to the next.
  const lastMonth = last.slice(0, 7);
  const m = find(complete(a), 'month');
  const sameYear = m === undefined ? lastMonth : toMonth(Number(last.slice(0, 4)), m);
  const month = sameYear > lastMonth ? monthsAfter(sameYear, -12) : sameYear;
  return fromTo(toDay(Number(month.slice(0, 4)), Number(month.slice(5)), d), last);
}

/** "le 25 et le 26 mars": a period if the days follow each other, otherwise no day is meant more than another. */
export function readTwoDays(values: readonly Value[], today: Day): Period {
  const { firstDay, lastDay } = readRange(values, today) ?? {};
  return firstDay && lastDay && daysBetween(firstDay, lastDay) === 1 ? { firstDay, lastDay } : {};
}

/** "du 1 au 5/02", "12/03 au 16/03" */
export function readDigitsRange(values: readonly Value[], today: Day): Period | undefined {
  const [a, b] = values;
  const last = b && readDigits(b.raw, today);
  if (!a || !last) return undefined;
  const [year, month] = [Number(last.slice(0, 4)), Number(last.slice(5, 7))];
  return fromTo(a.is === 'digits' ? readDigits(a.raw, today) : toDay(year, month, a.n), last);
}

/** "de janvier à mars", "en mars ou avril" */
export function readMonths(values: readonly Value[], today: Day): Period | undefined {
  const [first, last] = values.filter((v) => v.is === 'month').map((v) => v.n);
  const year = find(values, 'year');
  if (first === undefined || last === undefined) return undefined;
  const from = year === undefined ? nextMonth(today, first) : toMonth(first > last ? year - 1 : year, first);
  return monthsFromTo(from, nextMonth(`${from}-01`, last));
}

/** From the next of one weekday to the next of the other after it. */
export function readWeekdays(values: readonly Value[], today: Day): Period | undefined {
  const [first, last] = values.filter((v) => v.is === 'weekday').map((v) => v.n);
  if (first === undefined || last === undefined || last <= first) return undefined;
  const from = nextWeekday(today, first);
  return { firstDay: from, lastDay: addDays(from, last - first) };
}
