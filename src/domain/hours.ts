import type { PlacementKind, TimeOfDay } from './action.js';

/** When pupils are there on each day of a placement. */
export interface Hours {
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
  /** Minutes of break in between. */
  readonly breakMinutes: number;
}

/**
 * What a company allows. The convention is silent here: the settings that ship are the labour code's limits for young
 * people, by whose hours pupils on a placement are kept (code du travail L.3162-1 to L.3164-1).
 */
export interface HoursLimits {
  readonly earliest: TimeOfDay;
  readonly latest: TimeOfDay;
  /** Hours of presence, breaks not counted. */
  readonly perDay: number;
  readonly perWeek: number;
  /** Pupils of a 3e can be under 15, and then are there this long at most: beyond it there is a warning. */
  readonly perWeekUnder15: number;
  /** From so many hours of presence on there is a break of so many minutes in one piece (L.3162-3). */
  readonly breakFrom: number;
  readonly breakMinutes: number;
  /** Consecutive hours of rest between two days: under 16, and at 16 and 17 (L.3164-1). */
  readonly restUnder16: number;
  readonly rest: number;
}

export type BrokenHours =
  | 'order'
  | 'too-early'
  | 'too-late'
  | 'break-missing'
  | 'rest-too-short'
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

/** Pupils of a 3e are 14 or 15 years old, those of 2de 15 to 17. Nobody is asked their age. */
const isOf3e = (kind: PlacementKind): boolean => kind !== 'placement-2de';

/** The consecutive hours of rest that pupils of a placement have between two days. */
export const restOf = (kind: PlacementKind, limits: Pick<HoursLimits, 'rest' | 'restUnder16'>): number =>
  isOf3e(kind) ? limits.restUnder16 : limits.rest;

/**
 * Checks the hours of a placement: by the labour code, as the convention is silent. That no stretch without a break is
 * longer than `breakFrom` is said on the form: when the break begins is not asked.
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
  const span = minutesAt(until) - minutesAt(from);
  const minutesPerDay = span - breakMinutes;
  if (minutesPerDay <= 0) return refused('order');
  if (minutesPerDay >= 60 * limits.breakFrom && breakMinutes < limits.breakMinutes)
    return refused('break-missing');
  if (span > 60 * (24 - restOf(kind, limits))) return refused('rest-too-short');
  if (minutesPerDay > 60 * limits.perDay) return refused('day-too-long');
  const minutesPerWeek = minutesPerDay * daysAWeek;
  if (minutesPerWeek > 60 * limits.perWeek) return refused('week-too-long');
  const longForUnder15 = isOf3e(kind) && minutesPerWeek > 60 * limits.perWeekUnder15;
  return { ok: true, minutesPerDay, minutesPerWeek, longForUnder15 };
}
