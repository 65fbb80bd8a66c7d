import { DateTime } from 'luxon';
import type { Day } from '../domain/action.js';
import { type Academie, schoolYearOf } from '../domain/calendar.js';
import { addDays, daysBetween, mondayOf } from '../domain/convention.js';
import { findPersonalSigns } from '../domain/personal-data/index.js';
import { folded } from '../domain/schools/words.js';
import { isInSchoolYear, isSchoolYear } from './check-rows.js';
import type { Span } from './gaps.js';
import type { CalendarEntry, CalendarRow } from './official-calendar.js';

/** The days that a row gives or, when they cannot be, why; `span` holds all that it may have meant. */
export type ReadDays =
  | (Span & { readonly kind: CalendarEntry['kind']; readonly reason?: never })
  | { readonly kind?: never; readonly reason: string; readonly span?: Span };

const bridge = "Pont de l'Ascension";

/**
 * Reads the days of a row. Its dates are midnight in Paris, and its end is the day classes resume.
 * @param period as `periodOf` calls it
 * @param academie whose row it is, when that is known
 */
export function readDays(
  row: CalendarRow,
  kind: CalendarEntry['kind'],
  period: string,
  academie: Academie | undefined,
): ReadDays {
  const national = academie?.zone !== undefined;
  const start = parisDay(row.start);
  if (!start) return { reason: row.start === '' ? 'it has no start' : noDate(row.start) };
  const summerStart = kind === 'period' && isSummerStart(row.description, period, start);
  // The start of a summer is out before its end, and what happens on a day may have that day only.
  const needsEnd = kind === 'period' && !summerStart && !(national && period === bridge);
  const end = row.end === '' && !needsEnd ? start : parisDay(row.end);
  const year = isSchoolYear(row.schoolYear) ? row.schoolYear : schoolYearOf(start);
  const fromThereOn = { firstDayOff: start, lastDayOff: latestSummer(year, academie) };
  const open = isInSchoolYear(fromThereOn, year) ? { span: fromThereOn } : {};
  if (!end) return { reason: row.end === '' ? 'it has no end' : noDate(row.end), ...open };
  if (end < start) return { reason: `it ends on ${end}, before it starts on ${start}` };
  const oneDay = start === end;
  const days = daysOff(period, start, oneDay ? start : addDays(end, -1));
  // Of a day on which people are back only the day matters.
  if (kind !== 'period' || (oneDay && summerStart)) {
    const day = { firstDayOff: start, lastDayOff: start };
    return otherYear(day, row.schoolYear) ?? { kind: kind === 'period' ? 'summer-start' : kind, ...day };
  }
  const { least, most } = limitsOf(row.description, period, national);
  const count = daysBetween(days.firstDayOff, days.lastDayOff) + 1;
  if (count > most) {
    const lastDayOff = days.lastDayOff < fromThereOn.lastDayOff ? days.lastDayOff : fromThereOn.lastDayOff;
    return {
      reason: `it has ${count} days off, from ${days.firstDayOff} to ${days.lastDayOff}, and ${most} are the most there can be`,
      ...(open.span ? { span: { ...days, lastDayOff } } : {}),
    };
  }
  const wrongYear = otherYear(days, row.schoolYear);
  if (wrongYear) return wrongYear;
  if (count >= least) return { kind, ...days };
  const few = count === 1 ? 'one day' : `${count} days`;
  return { reason: `it has ${few} off, and ${least} are the least there can be`, ...open };
}

/** What is said of days that are not in the school year of their row; one that is no school year is told elsewhere. */
const otherYear = (days: Span, schoolYear: string): ReadDays | undefined =>
  isSchoolYear(schoolYear) && !isInSchoolYear(days, schoolYear)
    ? {
        reason: `${days.firstDayOff} to ${days.lastDayOff} is not in the school year ${schoolYear}`,
        span: days,
      }
    : undefined;

const noDate = (text: string): string => `${quoted(text)} is no date such as 2026-10-16T22:00:00+00:00`;

/** A cell, as a reason quotes it: what looks like personal data is not repeated. */
export const quoted = (text: string): string =>
  findPersonalSigns(text) ? 'what stands there' : `"${text.slice(0, 60)}"`;

/**
 * The last day that the summer of a school year can have where a calendar is its own. From 2018 on pupils were back by
 * 26 August where the year starts in August, and by 7 September elsewhere, but for an epidemic.
 */
export const latestSummer = (schoolYear: string, academie: Academie | undefined): Day =>
  `${schoolYear.slice(5)}-${academie?.yearStart ? '08-31' : '09-06'}`;

/** The long holidays, those of the south among them: a year of La Réunion has two, in its summer and in its winter. */
const isLong = (period: string): boolean => /\b(?:ete|grandes|hiver austral)\b/.test(folded(period));

/**
 * The fewest and the most days off that a row can give. The longest of the file that are true have 69 (a summer), 17
 * (other holidays of the zones) and 30 (those of the own calendars).
 */
function limitsOf(description: string, period: string, national: boolean): { least: number; most: number } {
  if (isLong(period)) return { least: 20, most: 75 };
  if (period === bridge) return { least: 1, most: 10 };
  if (national) return { least: 7, most: 25 };
  return { least: folded(description).startsWith('vacances') ? 2 : 1, most: 35 };
}

/** A year far ahead has a row `Début des Vacances d'Été`, of one day. */
const isSummerStart = (description: string, period: string, start: Day): boolean =>
  period === 'Été' ||
  (folded(description).startsWith('debut') && ['06', '07', '08'].includes(start.slice(5, 7)));

/**
 * The ministry says that pupils leave after class on the day of the start. It is a Saturday but for a few; a weekday
 * counts as off all the same: at worst a day that was possible is refused, never the other way round.
 * Of the bridge some years give the Friday only. Ascension Thursday and the weekend are off in any case.
 */
function daysOff(period: string, firstDayOff: Day, lastDayOff: Day): Span {
  if (period !== bridge) return { firstDayOff, lastDayOff };
  const monday = mondayOf(firstDayOff);
  const [thursday, sunday] = [addDays(monday, 3), addDays(monday, 6)];
  return {
    firstDayOff: thursday < firstDayOff ? thursday : firstDayOff,
    lastDayOff: lastDayOff > sunday ? lastDayOff : sunday,
  };
}

/** The day on which a moment is midnight in Paris, or about midnight: overseas may be given by its own clock. */
function parisDay(text: string): Day | undefined {
  const moment = DateTime.fromISO(text, { zone: 'Europe/Paris' });
  return moment.isValid ? (moment.plus({ hours: 11 }).toISODate() ?? undefined) : undefined;
}
