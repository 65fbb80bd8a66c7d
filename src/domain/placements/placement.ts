import type { PlacementKind } from '../action.js';
import {
  type Academie,
  type Calendar,
  classifyDay,
  type DayKind,
  findPartialDaysOff,
  type PartialDayOff,
  type SchoolHoliday,
  type SecondeFortnight,
  schoolYearOf,
  type Unknown,
} from '../calendar/school-calendar.js';
import { addDays, type Day, eachDay, mondayOf, weekday } from '../days.js';

/** The dates of a placement, of the given kind. */
export interface PlacementDates {
  readonly kind: PlacementKind;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** The days of the week on which pupils come, 1 Monday to 5 Friday; by default all five. 3e only. */
  readonly weekdays?: readonly number[];
  /** A 2de placement shared with another host: each has the pupil for one of the two weeks. */
  readonly shared?: boolean;
}

/** The part of a placement on which verdicts depend. */
export const toPlacementDates = (
  { firstDay, lastDay, weekdays, shared }: Omit<PlacementDates, 'kind'>,
  kind: PlacementKind,
): PlacementDates => ({
  kind,
  firstDay,
  lastDay,
  ...(weekdays ? { weekdays } : {}),
  ...(shared ? { shared } : {}),
});

/** Whether pupils come on a weekday of the placement. */
const isPresenceDay = ({ weekdays }: PlacementDates, day: Day): boolean =>
  !weekdays || weekdays.includes(weekday(day));

/** The rule of article 3 that the dates break. */
export type BrokenRule =
  | { readonly rule: 'too-short'; readonly days: number }
  | { readonly rule: 'too-long'; readonly days: number }
  | { readonly rule: 'holiday'; readonly holiday: SchoolHoliday }
  /** `official` false: expected on these days, not announced yet. */
  | {
      readonly rule: 'seconde-fortnight';
      readonly firstDay: Day;
      readonly lastDay: Day;
      readonly official: boolean;
    };

/** A weekday on which pupils would come but have off, outside the school holidays. */
export interface DayOff {
  readonly day: Day;
  readonly because: 'public-holiday' | 'custom' | 'bridge' | 'closure';
  /** The reason for a closure. */
  readonly name?: string;
}

export type AcademieVerdict = { readonly academie: Academie; readonly presenceDays: number } & (
  | { readonly outcome: 'fine' }
  /** Possible, with fewer days than the dates suggest. */
  | { readonly outcome: 'fewer-days'; readonly off: readonly DayOff[] }
  /** The fortnight is not official yet; checked again when it is. */
  | { readonly outcome: 'provisional' }
  | { readonly outcome: 'unknown'; readonly because: Unknown }
  | { readonly outcome: 'refused'; readonly broken: BrokenRule }
);

/** Days of presence in a 3e placement, consecutive or not (article 3). */
export const troisiemeDays = { min: 3, max: 5 } as const;
/** A 3e prépa-métiers placement lasts 1 to 4 weeks (article 3), of at most five school days. */
const prepaMetiersDays = { min: 5, max: 20 } as const;

/**
 * Checks whether pupils of an académie's schools can do a placement on these days (article 3). Weekends, public
 * holidays, bridges and local closures shorten it; a day in the school holidays refuses a 3e placement, and is not
 * counted in a 3e prépa-métiers one.
 */
export function checkPlacement(
  dates: PlacementDates,
  academie: Academie,
  calendar: Calendar,
): AcademieVerdict {
  if (dates.kind === 'placement-2de') return checkSeconde(dates, academie, calendar);
  const days = eachDay(dates.firstDay, dates.lastDay).filter((d) => isPresenceDay(dates, d));
  const kinds = days.map((d) => classifyDay(d, academie, calendar));
  const countKind = (kind: DayKind['kind']) => kinds.filter((k) => k.kind === kind).length;
  const unknown = kinds.find((k) => k.kind === 'unknown');
  const presenceDays = countKind('school-day') + countKind('unknown');
  const refuse = (broken: BrokenRule): AcademieVerdict => ({
    academie,
    presenceDays,
    outcome: 'refused',
    broken,
  });
  const holiday = kinds.find((k) => k.kind === 'holiday');
  const prepa = dates.kind === 'placement-prepa-metiers';
  const off = kinds.flatMap((k, i): DayOff[] => {
    const day = days[i] ?? '';
    if (k.kind === 'closure') return [{ day, because: 'closure', name: k.name }];
    if (k.kind === 'bridge') return [{ day, because: 'bridge' }];
    // Christmas Day in the middle of a prépa-métiers placement is a holiday like the days around it.
    if (k.kind !== 'public-holiday' || (prepa && k.holiday)) return [];
    return [{ day, because: k.custom ? 'custom' : 'public-holiday' }];
  });
  if (holiday && !prepa) return refuse({ rule: 'holiday', holiday: holiday.holiday });
  const { min, max } = prepa ? prepaMetiersDays : troisiemeDays;
  // A week of prépa-métiers with a public holiday still counts as a week.
  const counted = prepa ? presenceDays + off.length : presenceDays;
  if (counted === 0 && holiday) return refuse({ rule: 'holiday', holiday: holiday.holiday });
  if (counted < min) return refuse({ rule: 'too-short', days: presenceDays });
  if (counted > max) return refuse({ rule: 'too-long', days: counted });
  if (unknown) return { academie, presenceDays, outcome: 'unknown', because: unknown.because };
  if (off.length > 0) return { academie, presenceDays, outcome: 'fewer-days', off };
  return { academie, presenceDays, outcome: 'fine' };
}

/**
 * The 2de placement is the whole official fortnight of the year, or one of its weeks if two hosts share the pupil
 * (article 3). If the fortnight is not known, any whole weeks of June are possible.
 */
function checkSeconde(dates: PlacementDates, academie: Academie, calendar: Calendar): AcademieVerdict {
  const kinds = eachDay(dates.firstDay, dates.lastDay).map((d) => classifyDay(d, academie, calendar));
  const presenceDays = kinds.filter((k) => k.kind === 'school-day' || k.kind === 'unknown').length;
  const refuse = (broken: BrokenRule): AcademieVerdict => ({
    academie,
    presenceDays,
    outcome: 'refused',
    broken,
  });
  const known = findFortnight(schoolYearOf(dates.firstDay), calendar);
  const fortnight = known ?? expectFortnight(schoolYearOf(dates.firstDay));
  const { firstDay, lastDay, official } = fortnight;
  const candidate = known ?? fortnightStartingOn(mondayOf(dates.firstDay));
  const allowedSpans = [
    candidate,
    ...(dates.shared ? splitIntoWeeks(candidate.firstDay, candidate.lastDay) : []),
  ];
  const inJune = dates.firstDay.slice(5, 7) === '06' && dates.lastDay.slice(5, 7) === '06';
  const isAllowedSpan = allowedSpans.some(
    (w) => w.firstDay === dates.firstDay && w.lastDay === dates.lastDay,
  );
  if (!isAllowedSpan || !(known || inJune))
    return refuse({ rule: 'seconde-fortnight', firstDay, lastDay, official });
  // Zones A, B and C are at school in June; an own calendar may not be.
  const off = kinds.find((k) => k.kind === 'holiday');
  if (off) return refuse({ rule: 'holiday', holiday: off.holiday });
  const unknown = kinds.find((k) => k.kind === 'unknown');
  if (!known || unknown)
    return {
      academie,
      presenceDays,
      outcome: 'unknown',
      because: known && unknown ? unknown.because : 'unpublished',
    };
  if (!official) return { academie, presenceDays, outcome: 'provisional' };
  return { academie, presenceDays, outcome: 'fine' };
}

export const findFortnight = (
  schoolYear: string,
  { secondeFortnights }: Calendar,
): SecondeFortnight | undefined => secondeFortnights.find((f) => f.schoolYear === schoolYear);

const fortnightStartingOn = (monday: Day) => ({ firstDay: monday, lastDay: addDays(monday, 11) });

/** The last two weeks of June (article 3), until the ministry announces the dates. */
export function expectFortnight(schoolYear: string): SecondeFortnight {
  const end = `${schoolYear.slice(5)}-06-30`;
  const lastDay = addDays(end, -((weekday(end) + 2) % 7));
  return { schoolYear, firstDay: addDays(lastDay, -11), lastDay, official: false };
}

/** The two weeks of a fortnight, Monday to Friday. */
export const splitIntoWeeks = (firstDay: Day, lastDay: Day): { firstDay: Day; lastDay: Day }[] => [
  { firstDay, lastDay: addDays(mondayOf(firstDay), 4) },
  { firstDay: mondayOf(lastDay), lastDay },
];

/** The largest number of days on which pupils come in one week, 5 at most; holidays are not taken into account. */
export function maxDaysPerWeek(dates: PlacementDates): number {
  const weeks = new Map<Day, number>();
  for (const day of eachDay(dates.firstDay, dates.lastDay)) {
    if (weekday(day) > 5 || !isPresenceDay(dates, day)) continue;
    weeks.set(mondayOf(day), (weeks.get(mondayOf(day)) ?? 0) + 1);
  }
  return Math.max(0, ...weeks.values());
}

/**
 * The days on which pupils would come but some of the académie's schools have off; empty once the département is
 * known.
 */
export const findPartialPresenceDaysOff = (
  dates: PlacementDates,
  academie: Academie,
  calendar: Calendar,
): PartialDayOff[] =>
  findPartialDaysOff(dates.firstDay, dates.lastDay, academie, calendar).filter(({ day }) =>
    isPresenceDay(dates, day),
  );

/** One verdict per académie, in the given order. */
export const checkPlacements = (
  dates: PlacementDates,
  academies: readonly Academie[],
  calendar: Calendar,
): AcademieVerdict[] => academies.map((a) => checkPlacement(dates, a, calendar));
