import { addDays, type Day, daysBetween, eachDay, weekday } from '../days.js';
import {
  type Academie,
  type Calendar,
  classifyDay,
  type SchoolHoliday,
  schoolYearOf,
  type Unknown,
} from './school-calendar.js';

/** From the first to the last day, both included. */
export interface Period {
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** How many class days the period of an availability leaves for an académie (article 2). No outcome refuses it. */
export type ClassDays =
  /** Enough to find a day for a meeting. */
  | { readonly outcome: 'enough' }
  /** Possible, with a warning. `holiday`: the school holiday that takes up the rest, if it is a single one. */
  | { readonly outcome: 'few'; readonly count: number; readonly holiday?: SchoolHoliday }
  /** A coordinator checks. `from`: the first unknown day, if earlier ones are known. */
  | {
      readonly outcome: 'unknown';
      readonly because: Unknown;
      readonly from?: Day;
    };

/** Two weeks of class days are enough, however long the period is. */
const alwaysEnough = 10;

/** Class days are few if there are none, or fewer than half the weekdays of the period and than two weeks. */
const requiredDays = (period: Period): number =>
  Math.max(1, Math.min(alwaysEnough, Math.ceil(countWeekdays(period) / 2)));

const isWeekday = (day: Day): boolean => weekday(day) <= 5;

function countWeekdays({ firstDay, lastDay }: Period): number {
  const weeks = Math.floor((daysBetween(firstDay, lastDay) + 1) / 7);
  return 5 * weeks + eachDay(addDays(firstDay, 7 * weeks), lastDay).filter(isWeekday).length;
}

/**
 * Counts the days of a period on which the schools of an académie have classes, including those that only some
 * schools have off.
 * @param upTo the count at which to stop
 */
export function countClassDays(
  { firstDay, lastDay }: Period,
  academie: Academie,
  calendar: Calendar,
  upTo = Number.POSITIVE_INFINITY,
): number {
  let count = 0;
  for (let day = firstDay; day <= lastDay && count < upTo; day = addDays(day, 1))
    if (classifyDay(day, academie, calendar).kind === 'school-day') count++;
  return count;
}

/** Whether the class days of a period are enough, few or unknown for an académie. */
export function checkPeriod(period: Period, academie: Academie, calendar: Calendar): ClassDays {
  const unpublished = findUnpublished(period, academie, calendar);
  if (unpublished) return findUnknownFrom(unpublished, period);
  const enough = requiredDays(period);
  const count = countClassDays(period, academie, calendar, enough);
  if (count >= enough) return { outcome: 'enough' };
  const kinds = eachDay(period.firstDay, period.lastDay).map((day) => ({
    day,
    kind: classifyDay(day, academie, calendar),
  }));
  for (const { day, kind } of kinds)
    if (kind.kind === 'unknown') return findUnknownFrom({ day, because: kind.because }, period);
  const holidays = new Set(
    kinds.flatMap(({ kind }) => ('holiday' in kind && kind.holiday ? kind.holiday : [])),
  );
  const [holiday, ...others] = holidays;
  return { outcome: 'few', count, ...(holiday && others.length === 0 ? { holiday } : {}) };
}

interface UnknownDay {
  readonly day: Day;
  readonly because: Unknown;
}

function findUnknownFrom({ day, because }: UnknownDay, { firstDay }: Period): ClassDays {
  const later = eachDay(firstDay, addDays(day, -1)).some(isWeekday);
  return { outcome: 'unknown', because, ...(later ? { from: day } : {}) };
}

/** The first day in an unpublished school year. One day per year is enough to check. */
function findUnpublished(
  { firstDay, lastDay }: Period,
  academie: Academie,
  calendar: Calendar,
): UnknownDay | undefined {
  for (let start = firstDay; start <= lastDay; start = `${schoolYearOf(start).slice(5)}-09-01`) {
    const year = schoolYearOf(start);
    for (let day = start; day <= lastDay && schoolYearOf(day) === year; day = addDays(day, 1)) {
      const kind = classifyDay(day, academie, calendar);
      if (kind.kind === 'school-day') break;
      if (kind.kind === 'unknown' && isUnpublished(kind.because)) return { day, because: kind.because };
    }
  }
  return undefined;
}

const isUnpublished = (because: Unknown): boolean =>
  because === 'unpublished' || because === 'local-calendar';

/** How many weeks from the requested period another one is still worth proposing. */
const maxWeeksAway = 16;

/**
 * Finds the nearest period as long as the requested one, whole weeks before or after it, that begins and ends on a
 * class day of every académie and has enough class days; of two equally near ones, the later. Weekends at either end
 * are left out. Nothing if there is none within sixteen weeks.
 * @param today the period begins after this day
 * @param last the last day that may be requested
 */
export function findNearestPeriod(
  wish: Period,
  academies: readonly Academie[],
  calendar: Calendar,
  today: Day,
  last: Day = '9999-12-31',
): Period | undefined {
  const { firstDay, lastDay } = trimWeekends(wish);
  const shifts = Array.from({ length: maxWeeksAway }, (_, i) => i + 1).flatMap((weeks) => [weeks, -weeks]);
  const hasClasses = (day: Day) =>
    academies.every((a) => classifyDay(day, a, calendar).kind === 'school-day');
  return [0, ...shifts]
    .map((weeks) => ({ firstDay: addDays(firstDay, 7 * weeks), lastDay: addDays(lastDay, 7 * weeks) }))
    .find((period) => {
      const allowed = period.firstDay > today && period.lastDay <= last;
      if (!allowed || !hasClasses(period.firstDay) || !hasClasses(period.lastDay)) return false;
      const enough = requiredDays(period);
      return academies.every((a) => countClassDays(period, a, calendar, enough) >= enough);
    });
}

/** A period from its first weekday to its last; if it has none, the following Monday. */
function trimWeekends({ firstDay, lastDay }: Period): Period {
  const first = isWeekday(firstDay) ? firstDay : addDays(firstDay, 8 - weekday(firstDay));
  const end = isWeekday(lastDay) ? lastDay : addDays(lastDay, 5 - weekday(lastDay));
  return { firstDay: first, lastDay: end < first ? first : end };
}
