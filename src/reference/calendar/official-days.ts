import { DateTime } from 'luxon';
import { type Academie, schoolYearOf } from '../../domain/calendar/school-calendar.js';
import { addDays, type Day, daysBetween, mondayOf } from '../../domain/days.js';
import { findPersonalSigns } from '../../domain/personal-data/index.js';
import { fold } from '../../domain/schools/words.js';
import { isInSchoolYear, isSchoolYear } from '../files/check-rows.js';
import type { CalendarEntry, CalendarRow, Span } from './official-entries.js';

/** The days of a row or, if they cannot be read, the reason; `span` covers all days that it may have meant. */
export type ReadDays =
  | (Span & { readonly kind: CalendarEntry['kind']; readonly reason?: never })
  | { readonly kind?: never; readonly reason: string; readonly span?: Span };

const bridge = "Pont de l'Ascension";

/**
 * Reads the days of a row. Its dates are midnight in Paris, and its end is the day classes resume.
 * @param period as named by `toPeriod`
 * @param academie the row's, if known
 */
export function readDays(
  row: CalendarRow,
  kind: CalendarEntry['kind'],
  period: string,
  academie: Academie | undefined,
): ReadDays {
  const national = academie?.zone !== undefined;
  const start = toParisDay(row.start);
  if (!start) return { reason: row.start === '' ? 'it has no start' : describeNoDate(row.start) };
  const summerStart = kind === 'period' && isSummerStart(row.description, period, start);
  // The start of a summer is published before its end, and events on a single day may have only that day.
  const needsEnd = kind === 'period' && !summerStart && !(national && period === bridge);
  const end = row.end === '' && !needsEnd ? start : toParisDay(row.end);
  const year = isSchoolYear(row.schoolYear) ? row.schoolYear : schoolYearOf(start);
  const fromThereOn = { firstDayOff: start, lastDayOff: latestSummerEnd(year, academie) };
  const open = isInSchoolYear(fromThereOn, year) ? { span: fromThereOn } : {};
  if (!end) return { reason: row.end === '' ? 'it has no end' : describeNoDate(row.end), ...open };
  if (end < start) return { reason: `it ends on ${end}, before it starts on ${start}` };
  const oneDay = start === end;
  const days = toDaysOff(period, start, oneDay ? start : addDays(end, -1));
  // For a day on which people are back, only the day matters.
  if (kind !== 'period' || (oneDay && summerStart)) {
    const day = { firstDayOff: start, lastDayOff: start };
    return (
      describeOtherYear(day, row.schoolYear) ?? { kind: kind === 'period' ? 'summer-start' : kind, ...day }
    );
  }
  const { least, most } = findLimits(row.description, period, national);
  const count = daysBetween(days.firstDayOff, days.lastDayOff) + 1;
  if (count > most) {
    const lastDayOff = days.lastDayOff < fromThereOn.lastDayOff ? days.lastDayOff : fromThereOn.lastDayOff;
    return {
      reason: `it has ${count} days off, from ${days.firstDayOff} to ${days.lastDayOff}, and ${most} are the most there can be`,
      ...(open.span ? { span: { ...days, lastDayOff } } : {}),
    };
  }
  const wrongYear = describeOtherYear(days, row.schoolYear);
  if (wrongYear) return wrongYear;
  if (count >= least) return { kind, ...days };
  const few = count === 1 ? 'one day' : `${count} days`;
  return { reason: `it has ${few} off, and ${least} are the least there can be`, ...open };
}

/** Reports days outside the school year of their row; an invalid school year is reported elsewhere. */
const describeOtherYear = (days: Span, schoolYear: string): ReadDays | undefined =>
  isSchoolYear(schoolYear) && !isInSchoolYear(days, schoolYear)
    ? {
        reason: `${days.firstDayOff} to ${days.lastDayOff} is not in the school year ${schoolYear}`,
        span: days,
      }
    : undefined;

const describeNoDate = (text: string): string =>
  `${quoteCell(text)} is no date such as 2026-10-16T22:00:00+00:00`;

/** A cell for quoting in a reason; never repeats what looks like personal data. */
export const quoteCell = (text: string): string =>
  findPersonalSigns(text) ? 'what stands there' : `"${text.slice(0, 60)}"`;

/**
 * The latest possible last day of summer in an own calendar. Since 2018 pupils have been back by 26 August where the
 * year begins in August, and by 7 September elsewhere, except during an epidemic.
 */
export const latestSummerEnd = (schoolYear: string, academie: Academie | undefined): Day =>
  `${schoolYear.slice(5)}-${academie?.yearStart ? '08-31' : '09-06'}`;

/**
 * The long holidays, including those of the southern hemisphere: La Réunion has two a year, in its summer and in its
 * winter.
 */
const isLong = (period: string): boolean => /\b(?:ete|grandes|hiver austral)\b/.test(fold(period));

/**
 * The fewest and the most days off that a row can have. The longest true ones in the file have 69 (a summer), 17
 * (other holidays of the zones) and 30 (those of own calendars).
 */
function findLimits(description: string, period: string, national: boolean): { least: number; most: number } {
  if (isLong(period)) return { least: 20, most: 75 };
  if (period === bridge) return { least: 1, most: 10 };
  if (national) return { least: 7, most: 25 };
  return { least: fold(description).startsWith('vacances') ? 2 : 1, most: 35 };
}

/** Years far ahead have a row `Début des Vacances d'Été` of one day. */
const isSummerStart = (description: string, period: string, start: Day): boolean =>
  period === 'Été' ||
  (fold(description).startsWith('debut') && ['06', '07', '08'].includes(start.slice(5, 7)));

/**
 * The ministry says that pupils leave after class on the first day, which is a Saturday in all but a few rows. A
 * weekday counts as off all the same: at worst a possible day is refused, never the reverse. For the bridge, some
 * years list only the Friday; Ascension Thursday and the weekend are off in any case.
 */
function toDaysOff(period: string, firstDayOff: Day, lastDayOff: Day): Span {
  if (period !== bridge) return { firstDayOff, lastDayOff };
  const monday = mondayOf(firstDayOff);
  const [thursday, sunday] = [addDays(monday, 3), addDays(monday, 6)];
  return {
    firstDayOff: thursday < firstDayOff ? thursday : firstDayOff,
    lastDayOff: lastDayOff > sunday ? lastDayOff : sunday,
  };
}

/** The day that begins in Paris at or near a given time: overseas rows may use local midnight. */
function toParisDay(text: string): Day | undefined {
  const moment = DateTime.fromISO(text, { zone: 'Europe/Paris' });
  return moment.isValid ? (moment.plus({ hours: 11 }).toISODate() ?? undefined) : undefined;
}
