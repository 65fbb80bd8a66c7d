import { addDays, type Day, daysBetween } from '../days.js';
import type { ProgrammeYear } from './programme-year.js';

/** Where a commitment stands on a day. */
export interface Standing {
  readonly target: number;
  readonly achieved: number;
  readonly planned: number;
  /** Neither achieved nor planned; never below 0. */
  readonly missing: number;
  /** The forecast, at the rate so far. */
  readonly pace:
    | { readonly kind: 'reached' }
    | { readonly kind: 'none-yet' }
    /** Reached within the year, on about this day. */
    | { readonly kind: 'on-track'; readonly day: Day }
    /** This many at the end of the year, below the target. */
    | { readonly kind: 'short'; readonly atEnd: number };
}

/**
 * Computes what is achieved, planned and missing, and extrapolates the daily rate since the year began, today
 * included.
 */
export function computeStanding(
  figures: { achieved: number; planned: number },
  target: number,
  year: ProgrammeYear,
  today: Day,
): Standing {
  const { achieved, planned } = figures;
  const missing = Math.max(0, target - achieved - planned);
  const base = { target, achieved, planned, missing };
  if (achieved >= target) return { ...base, pace: { kind: 'reached' } };
  if (achieved === 0) return { ...base, pace: { kind: 'none-yet' } };
  const last = today > year.lastDay ? year.lastDay : today;
  const elapsed = daysBetween(year.firstDay, last) + 1;
  const needed = Math.ceil((elapsed * target) / achieved);
  const day = addDays(year.firstDay, needed - 1);
  if (day <= year.lastDay && last === today) return { ...base, pace: { kind: 'on-track', day } };
  const length = daysBetween(year.firstDay, year.lastDay) + 1;
  return { ...base, pace: { kind: 'short', atEnd: Math.floor((achieved * length) / elapsed) } };
}
