import type { Day } from './action.js';
import {
  type Academie,
  type Calendar,
  dayKind,
  daysOf,
  type SchoolHoliday,
  schoolYearOf,
  type Unknown,
} from './calendar.js';
import { addDays, daysBetween, weekday } from './convention.js';

/** Days from the first to the last, both included. */
export interface Period {
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** What the period of an availability leaves for the pupils of an académie (article 2). No outcome refuses it. */
export type ClassDays =
  /** A meeting will find its day: there is nothing to say. */
  | { readonly outcome: 'enough' }
  /** Possible, with a warning. `holiday`: the school holiday that takes the others, when it is a single one. */
  | { readonly outcome: 'few'; readonly count: number; readonly holiday?: SchoolHoliday }
  /** A coordinator checks. `from`: the first day of which nobody knows, when days before it are known. */
  | {
      readonly outcome: 'unknown';
      readonly because: Unknown;
      readonly from?: Day;
    };

/** So many class days, two weeks of them, are enough whatever the length of the period. */
const alwaysEnough = 10;

/** Class days are few when there are none, or fewer than half the weekdays of a period and than two weeks of them. */
const enoughFor = (period: Period): number =>
  Math.max(1, Math.min(alwaysEnough, Math.ceil(weekdaysIn(period) / 2)));

const isWeekday = (day: Day): boolean => weekday(day) <= 5;

function weekdaysIn({ firstDay, lastDay }: Period): number {
  const weeks = Math.floor((daysBetween(firstDay, lastDay) + 1) / 7);
  return 5 * weeks + daysOf(addDays(firstDay, 7 * weeks), lastDay).filter(isWeekday).length;
}

/**
 * Counts the days of a period on which the schools of an académie have classes. A day that only a part of them has
 * off is one.
 * @param upTo where to stop counting: the days after that are not looked at
 */
export function countClassDays(
  { firstDay, lastDay }: Period,
  academie: Academie,
  calendar: Calendar,
  upTo = Number.POSITIVE_INFINITY,
): number {
  let count = 0;
  for (let day = firstDay; day <= lastDay && count < upTo; day = addDays(day, 1))
    if (dayKind(day, academie, calendar).kind === 'school-day') count++;
  return count;
}

/** Says whether the class days of a period are few for an académie, or whether nobody can tell. */
export function checkPeriod(period: Period, academie: Academie, calendar: Calendar): ClassDays {
  const unpublished = findUnpublished(period, academie, calendar);
  if (unpublished) return unknownFrom(unpublished, period);
  const enough = enoughFor(period);
  const count = countClassDays(period, academie, calendar, enough);
  if (count >= enough) return { outcome: 'enough' };
  const kinds = daysOf(period.firstDay, period.lastDay).map((day) => ({
    day,
    kind: dayKind(day, academie, calendar),
  }));
  for (const { day, kind } of kinds)
    if (kind.kind === 'unknown') return unknownFrom({ day, because: kind.because }, period);
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

function unknownFrom({ day, because }: UnknownDay, { firstDay }: Period): ClassDays {
  const later = daysOf(firstDay, addDays(day, -1)).some(isWeekday);
  return { outcome: 'unknown', because, ...(later ? { from: day } : {}) };
}

/** The first day of a school year that is not published: one day of each tells, they need not all be looked at. */
function findUnpublished(
  { firstDay, lastDay }: Period,
  academie: Academie,
  calendar: Calendar,
): UnknownDay | undefined {
  for (let start = firstDay; start <= lastDay; start = `${schoolYearOf(start).slice(5)}-09-01`) {
    const year = schoolYearOf(start);
    for (let day = start; day <= lastDay && schoolYearOf(day) === year; day = addDays(day, 1)) {
      const kind = dayKind(day, academie, calendar);
      if (kind.kind === 'school-day') break;
      if (kind.kind === 'unknown' && isUnpublished(kind.because)) return { day, because: kind.because };
    }
  }
  return undefined;
}

const isUnpublished = (because: Unknown): boolean =>
  because === 'unpublished' || because === 'local-calendar';

/** How far from the wish another period is still worth proposing. */
const weeksAround = 16;

/**
 * The nearest period as long as the wish, whole weeks before or after it, that begins and ends on a class day of
 * every académie and has enough of them; the later one of two that are as near. Weekends around the wish are left
 * out. Nothing when there is none within sixteen weeks.
 * @param today the period begins later
 * @param last the last day that may be asked for
 */
export function nearestPeriod(
  wish: Period,
  academies: readonly Academie[],
  calendar: Calendar,
  today: Day,
  last: Day = '9999-12-31',
): Period | undefined {
  const { firstDay, lastDay } = withoutWeekends(wish);
  const shifts = Array.from({ length: weeksAround }, (_, i) => i + 1).flatMap((weeks) => [weeks, -weeks]);
  const hasClasses = (day: Day) => academies.every((a) => dayKind(day, a, calendar).kind === 'school-day');
  return [0, ...shifts]
    .map((weeks) => ({ firstDay: addDays(firstDay, 7 * weeks), lastDay: addDays(lastDay, 7 * weeks) }))
    .find((period) => {
      const allowed = period.firstDay > today && period.lastDay <= last;
      if (!allowed || !hasClasses(period.firstDay) || !hasClasses(period.lastDay)) return false;
      const enough = enoughFor(period);
      return academies.every((a) => countClassDays(period, a, calendar, enough) >= enough);
    });
}

/** A period from its first weekday to its last; the Monday after it when it has none. */
function withoutWeekends({ firstDay, lastDay }: Period): Period {
  const first = isWeekday(firstDay) ? firstDay : addDays(firstDay, 8 - weekday(firstDay));
  const end = isWeekday(lastDay) ? lastDay : addDays(lastDay, 5 - weekday(lastDay));
  return { firstDay: first, lastDay: end < first ? first : end };
}
