import type { PlacementKind, TimeOfDay } from './action.js';

/** When pupils are there on each day of a placement. */
export interface Hours {
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
  /** Minutes of break in between. */
  readonly breakMinutes: number;
}

/** What a convention allows; where it is silent, the labour code's limits for pupils are the settings that ship. */
export interface HoursLimits {
  readonly earliest: TimeOfDay;
  readonly latest: TimeOfDay;
  /** Hours of presence, breaks not counted. */
  readonly perDay: number;
  readonly perWeek: number;
  /** Pupils of 3e can be under 15, and then are there this long at most: beyond it there is a warning. */
  readonly perWeekUnder15: number;
  /** From so many hours of presence on there is a break of so many minutes. */
  readonly breakFrom: number;
  readonly breakMinutes: number;
}

export type BrokenHours =
  | 'order'
  | 'too-early'
  | 'too-late'
  | 'break-missing'
  | 'day-too-long'
  | 'week-too-long';

export type HoursVerdict =
  | { readonly ok: false; readonly broken: BrokenHours }
  | {
      readonly ok: true;
      /** Of presence, breaks not counted. */
      readonly minutesPerDay: number;
      readonly minutesPerWeek: number;
      /** Too long for a pupil under 15, whose age nobody asks. */
      readonly longForUnder15: boolean;
    };

const minutesAt = (time: TimeOfDay): number => 60 * Number(time.slice(0, 2)) + Number(time.slice(3));

/**
 * Checks the hours of a placement (article 3, the labour code where it is silent).
 * @param daysAWeek the days on which pupils come in a full week, 1 to 5
 */
export function checkHours(
  { from, until, breakMinutes }: Hours,
  kind: PlacementKind,
  daysAWeek: number,
  limits: HoursLimits,
): HoursVerdict {
  const refused = (broken: BrokenHours): HoursVerdict => ({ ok: false, broken });
  if (until <= from) return refused('order');
  if (from < limits.earliest) return refused('too-early');
  if (until > limits.latest) return refused('too-late');
  const there = minutesAt(until) - minutesAt(from);
  if (there >= 60 * limits.breakFrom && breakMinutes < limits.breakMinutes) return refused('break-missing');
  const minutesPerDay = there - breakMinutes;
  if (minutesPerDay <= 0) return refused('order');
  if (minutesPerDay > 60 * limits.perDay) return refused('day-too-long');
  const minutesPerWeek = minutesPerDay * daysAWeek;
  if (minutesPerWeek > 60 * limits.perWeek) return refused('week-too-long');
  const longForUnder15 = kind === 'placement-3e' && minutesPerWeek > 60 * limits.perWeekUnder15;
  return { ok: true, minutesPerDay, minutesPerWeek, longForUnder15 };
}
