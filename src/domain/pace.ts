import type { Day } from './action.js';
import { addDays, daysBetween, type ProgrammeYear } from './convention.js';

/** Where a commitment stands on a day. */
export interface Standing {
  readonly target: number;
  readonly achieved: number;
  readonly planned: number;
  /** What neither is done nor planned yet: never below 0. */
  readonly missing: number;
  /** What today's pace leads to. */
  readonly pace:
    | { readonly kind: 'reached' }
    | { readonly kind: 'none-yet' }
    /** Reached within the year, about this day. */
    | { readonly kind: 'on-track'; readonly day: Day }
    /** This many at the end of the year, below the target. */
    | { readonly kind: 'short'; readonly atEnd: number };
}

/**
 * Achieved, planned and missing, and where the pace since the year began leads (achieved per day gone by,
 * carried on unchanged; today counts as gone by).
 */
export function standing(
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
  const gone = daysBetween(year.firstDay, last) + 1;
  const needed = Math.ceil((gone * target) / achieved);
  const day = addDays(year.firstDay, needed - 1);
  if (day <= year.lastDay && last === today) return { ...base, pace: { kind: 'on-track', day } };
  const length = daysBetween(year.firstDay, year.lastDay) + 1;
  return { ...base, pace: { kind: 'short', atEnd: Math.floor((achieved * length) / gone) } };
}
