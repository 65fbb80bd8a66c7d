import type { PlacementKind } from '../action.js';
import type { TimeOfDay } from '../days.js';

/** When pupils are present on each day of a placement. */
export interface Hours {
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
  /** Minutes. */
  readonly breakMinutes: number;
}

/**
 * The company's limits. The convention is silent here, so the defaults are the labour code's limits for young people,
 * which apply to pupils on a placement (code du travail L.3162-1 to L.3164-1).
 */
export interface HoursLimits {
  readonly earliest: TimeOfDay;
  readonly latest: TimeOfDay;
  /** Hours of presence, without breaks. */
  readonly perDay: number;
  readonly perWeek: number;
  /** The limit for pupils under 15. A pupil of 3e may be, so more hours than this cause a warning. */
  readonly perWeekUnder15: number;
  /** From this many hours of presence, an uninterrupted break of this many minutes is required (L.3162-3). */
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
      /** Presence, without breaks. */
      readonly minutesPerDay: number;
      readonly minutesPerWeek: number;
      /** Too long for a pupil under 15; nobody is asked for an age. */
      readonly longForUnder15: boolean;
    };

const toMinutes = (time: TimeOfDay): number => 60 * Number(time.slice(0, 2)) + Number(time.slice(3));

/** Pupils of 3e are 14 or 15 years old, those of 2de 15 to 17. Nobody is asked for an age. */
const isFor3e = (kind: PlacementKind): boolean => kind !== 'placement-2de';

/** The consecutive hours of rest required between two days of a placement. */
export const requiredRestHours = (
  kind: PlacementKind,
  limits: Pick<HoursLimits, 'rest' | 'restUnder16'>,
): number => (isFor3e(kind) ? limits.restUnder16 : limits.rest);

/**
 * Checks the hours of a placement against the labour code, as the convention is silent. It does not check that no
 * stretch without a break exceeds `breakFrom`, because the form does not ask when the break begins; it says so
 * instead.
 * @param daysAWeek the days on which pupils come in a full week, 1 to 5
 */
export function checkHours(
  { from, until, breakMinutes }: Hours,
  kind: PlacementKind,
  daysAWeek: number,
  limits: HoursLimits,
): HoursVerdict {
  const refuse = (broken: BrokenHours): HoursVerdict => ({ ok: false, broken });
  if (until <= from) return refuse('order');
  if (from < limits.earliest) return refuse('too-early');
  if (until > limits.latest) return refuse('too-late');
  const span = toMinutes(until) - toMinutes(from);
  const minutesPerDay = span - breakMinutes;
  if (minutesPerDay <= 0) return refuse('order');
  if (minutesPerDay >= 60 * limits.breakFrom && breakMinutes < limits.breakMinutes)
    return refuse('break-missing');
  if (span > 60 * (24 - requiredRestHours(kind, limits))) return refuse('rest-too-short');
  if (minutesPerDay > 60 * limits.perDay) return refuse('day-too-long');
  const minutesPerWeek = minutesPerDay * daysAWeek;
  if (minutesPerWeek > 60 * limits.perWeek) return refuse('week-too-long');
  const longForUnder15 = isFor3e(kind) && minutesPerWeek > 60 * limits.perWeekUnder15;
  return { ok: true, minutesPerDay, minutesPerWeek, longForUnder15 };
}
