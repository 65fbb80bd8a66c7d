import type { Certainty, LastCheck } from '../action.js';
import type { Calendar } from '../calendar/school-calendar.js';
import type { AcademieVerdict } from './placement.js';

/**
 * Increased whenever `placement.ts` allows or refuses other dates than before, or the library of public holidays
 * gives other days: planned placements are then checked again.
 */
const rulesVersion = 3;

/**
 * The version of everything a placement is checked against: the rules, the calendars and the limits of the
 * convention.
 */
export const currentVersion = (
  calendar: Pick<Calendar, 'version'>,
  convention: { readonly version: string },
): string => `${rulesVersion}-${calendar.version}-${convention.version}`;

const bestToWorst: readonly Certainty[] = ['fine', 'provisional', 'unknown', 'refused'];

/** The worst of the verdicts; fewer days than the dates suggest are still fine. */
export const worstCertainty = (verdicts: readonly AcademieVerdict[]): Certainty =>
  verdicts
    .map(({ outcome }): Certainty => (outcome === 'fewer-days' ? 'fine' : outcome))
    .reduce<Certainty>((a, b) => (bestToWorst.indexOf(a) > bestToWorst.indexOf(b) ? a : b), 'fine');

/** Records a check, continuing an earlier one with the same result. */
export const toLastCheck = (under: string, certainty: Certainty, before?: LastCheck): LastCheck => ({
  under,
  certainty,
  since: before?.certainty === certainty ? before.since : under,
});

/** What people must be told when the certainty changes: that it no longer works, or that a doubt is gone. */
export function compareCertainty(before: Certainty, now: Certainty): 'broken' | 'confirmed' | undefined {
  if (now === before) return undefined;
  if (now === 'refused') return 'broken';
  return now === 'fine' ? 'confirmed' : undefined;
}
