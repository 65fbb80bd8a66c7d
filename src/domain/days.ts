import { DateTime } from 'luxon';

/** A calendar day in Europe/Paris, `YYYY-MM-DD`. */
export type Day = string;
/** A moment, ISO 8601 in UTC with milliseconds. */
export type Instant = string;
/** A time of day in Europe/Paris, `HH:MM`. */
export type TimeOfDay = string;

/**
 * The latest occurrence of something weekly at or before `now`.
 * @param weekday 1 Monday to 7 Sunday
 * @param time `HH:MM` in `zone`; on a day when the clocks skip it, an hour later
 */
export function findLatestWeekly(
  now: Instant,
  weekday: number,
  time: string,
  zone: string,
): { at: Instant; day: Day } {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const local = DateTime.fromISO(now, { zone });
  const on = (weeksBack: number) =>
    local
      .startOf('week')
      .minus({ weeks: weeksBack })
      .plus({ days: weekday - 1 })
      .set({ hour, minute });
  const due = on(0) <= local ? on(0) : on(1);
  return { at: due.toUTC().toISO() as Instant, day: due.toISODate() as Day };
}

/** Midnight at the start of a day in `zone`. */
export const startOfDay = (day: Day, zone: string): Instant =>
  DateTime.fromISO(day, { zone }).toUTC().toISO() as Instant;

/** The day in `zone` at an instant. */
export const dayIn = (zone: string, now: Instant): Day => DateTime.fromISO(now, { zone }).toISODate() as Day;

export const toDateTime = (iso: Day) => DateTime.fromISO(iso, { zone: 'utc' });
export const toDay = (d: DateTime): Day => d.toISODate() as Day;

// Days have equal length in UTC, so no calendar library is needed: a verdict on a placement adds hundreds of days.
const dayMs = 86_400_000;
/** `n` days after a day, or before it if `n` is negative. */
export function addDays(from: Day, n: number): Day {
  const inMonth = Number(from.slice(8)) + n;
  if (inMonth >= 1 && inMonth <= 28) return `${from.slice(0, 8)}${inMonth < 10 ? '0' : ''}${inMonth}`;
  return new Date(Date.parse(from) + n * dayMs).toISOString().slice(0, 10);
}
/** Days from `a` to `b`, negative if `b` comes first. */
export const daysBetween = (a: Day, b: Day): number => (Date.parse(b) - Date.parse(a)) / dayMs;
/** 1 Monday to 7 Sunday. */
export const weekday = (d: Day): number => new Date(d).getUTCDay() || 7;
/** The Monday of a day's week. */
export const mondayOf = (d: Day): Day => addDays(d, 1 - weekday(d));

/** Every day of a period, both ends included. */
export function eachDay(firstDay: Day, lastDay: Day): Day[] {
  const days: Day[] = [];
  for (let d = firstDay; d <= lastDay; d = addDays(d, 1)) days.push(d);
  return days;
}
