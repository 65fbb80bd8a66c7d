import { DateTime } from 'luxon';
import type { Day, Instant } from './action.js';

/**
 * The latest moment at or before `now` at which something weekly is due.
 * @param weekday 1 Monday to 7 Sunday
 * @param time `HH:MM` in `zone`; on the day the clocks skip it, an hour later by the clock
 */
export function lastWeekly(
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

/** Midnight in `zone` at the start of a day. */
export const startOfDay = (day: Day, zone: string): Instant =>
  DateTime.fromISO(day, { zone }).toUTC().toISO() as Instant;
