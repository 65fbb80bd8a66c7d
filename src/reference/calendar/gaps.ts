import { schoolYearOf } from '../../domain/calendar/school-calendar.js';
import { isInSchoolYear, isSchoolYear } from '../files/check-rows.js';
import type { Gap, OfficialHoliday, Span } from './official-entries.js';

/**
 * The gaps that a row leaves in own calendars. A row whose days are not in its school year leaves one in each of the
 * two years, because either may be wrong.
 */
export function findGaps(
  zones: readonly string[],
  { span, ...lost }: Omit<Gap, 'zone' | 'span'> & { readonly span?: Span | undefined },
): Gap[] {
  const isValidYear = isSchoolYear(lost.schoolYear);
  const inYear = isValidYear && span !== undefined && isInSchoolYear(span, lost.schoolYear);
  const years = [
    ...(isValidYear ? [{ ...lost, ...(inYear ? { span } : {}) }] : []),
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
const isAbout = (h: OfficialHoliday, { once, period }: Gap): boolean =>
  !h.toCheck && once && nameOf(h) === period;

/** The name of a period whose row gives none. */
const unnamedPeriod = 'Période sans nom';

/**
 * Fills the gaps in the year of an own calendar: with the current holidays, or else with days "to be checked".
 * @param known the current holidays of that year
 * @returns the holidays including those that fill the gaps; `open` is a gap that nothing can fill
 */
export function fillGaps(
  year: readonly OfficialHoliday[],
  gaps: readonly Gap[],
  known: readonly OfficialHoliday[],
): { readonly holidays: readonly OfficialHoliday[]; readonly open?: Gap } {
  const holidays = [...year];
  for (const gap of gaps) {
    const { span, zone, schoolYear } = gap;
    if (holidays.some((h) => isAbout(h, gap) || (span && isWithin(span, h)))) continue;
    const before = known.filter(
      (h) =>
        !h.toCheck &&
        (isAbout(h, gap) || (span && overlaps(h, span))) &&
        !holidays.some((other) => !other.toCheck && overlaps(h, other)),
    );
    if (before.length > 0) holidays.push(...before);
    else if (!span) return { holidays: year, open: gap };
    else {
      const period = gap.period || unnamedPeriod;
      const sameName = holidays.filter((h) => nameOf(h) === period).length;
      const named = { schoolYear, zone, period: numberPeriod(period, sameName) };
      holidays.push({ ...named, ...span, verified: false, toCheck: true });
    }
  }
  return { holidays };
}

/** Two holidays of one name in a year each need a name. */
export const numberPeriod = (period: string, before: number): string =>
  before === 0 ? period : `${period} (${before + 1})`;
