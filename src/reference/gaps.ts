import type { Day } from '../domain/action.js';
import { schoolYearOf } from '../domain/calendar.js';
import { isInSchoolYear, isSchoolYear } from './check-rows.js';
import type { OfficialHoliday } from './official-holidays.js';

/** Days from the first to the last, both included. */
export interface Span {
  readonly firstDayOff: Day;
  readonly lastDayOff: Day;
}

/** What nobody can tell of a zone's year because a row is left out: whether some days are off or, without them, any. */
export interface Gap {
  readonly line: number;
  readonly zone: string;
  readonly schoolYear: string;
  readonly period: string;
  /** True of a period that a year has once: another row of that name says when it is. */
  readonly once: boolean;
  readonly span?: Span;
}

/** A row that cannot be true, or of which nobody can tell what it says. */
export interface ImpossibleRow {
  readonly line: number;
  /** What it is about, as far as it says, when the reason does not. */
  readonly about?: string;
  readonly reason: string;
  readonly gaps: readonly Gap[];
}

/**
 * The gaps that a row leaves in own calendars. One whose days are not in its school year leaves one in each of the
 * two: nobody can tell which is wrong.
 */
export function gapsOf(
  zones: readonly string[],
  { span, ...lost }: Omit<Gap, 'zone' | 'span'> & { readonly span?: Span | undefined },
): Gap[] {
  const said = isSchoolYear(lost.schoolYear);
  const inYear = said && span !== undefined && isInSchoolYear(span, lost.schoolYear);
  const years = [
    ...(said ? [{ ...lost, ...(inYear ? { span } : {}) }] : []),
    ...(span && !inYear ? [{ ...lost, schoolYear: schoolYearOf(span.firstDayOff), span }] : []),
  ];
  return zones.flatMap((zone) => years.map((year) => ({ ...year, zone })));
}

export const overlaps = (a: Span, b: Span): boolean =>
  a.firstDayOff <= b.lastDayOff && b.firstDayOff <= a.lastDayOff;
export const isWithin = (a: Span, b: Span): boolean =>
  b.firstDayOff <= a.firstDayOff && a.lastDayOff <= b.lastDayOff;

/** `Pâques (2)` is the second holiday called `Pâques`. */
const nameOf = ({ period }: OfficialHoliday): string => period.replace(/ \(\d+\)$/, '');
const isOf = (h: OfficialHoliday, { once, period }: Gap): boolean =>
  !h.toCheck && once && nameOf(h) === period;

/** What a period is called whose row does not say. */
const nameless = 'Période sans nom';

/**
 * Fills the gaps of the year of an own calendar: with what is known from before, else with days "to be checked".
 * @param known what is kept of the same year
 * @returns the holidays with those that fill the gaps; `open` is the gap that nothing can fill, if any
 */
export function fillGaps(
  year: readonly OfficialHoliday[],
  gaps: readonly Gap[],
  known: readonly OfficialHoliday[],
): { readonly holidays: readonly OfficialHoliday[]; readonly open?: Gap } {
  const holidays = [...year];
  for (const gap of gaps) {
    const { span, zone, schoolYear } = gap;
    if (holidays.some((h) => isOf(h, gap) || (span && isWithin(span, h)))) continue;
    const before = known.filter(
      (h) =>
        !h.toCheck &&
        (isOf(h, gap) || (span && overlaps(h, span))) &&
        !holidays.some((other) => !other.toCheck && overlaps(h, other)),
    );
    if (before.length > 0) holidays.push(...before);
    else if (!span) return { holidays: year, open: gap };
    else {
      const period = gap.period || nameless;
      const sameName = holidays.filter((h) => nameOf(h) === period).length;
      const named = { schoolYear, zone, period: numbered(period, sameName) };
      holidays.push({ ...named, ...span, verified: false, toCheck: true });
    }
  }
  return { holidays };
}

/** Two holidays of one name in a year each need a name. */
export const numbered = (period: string, before: number): string =>
  before === 0 ? period : `${period} (${before + 1})`;
