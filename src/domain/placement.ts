import type { Day, PlacementKind } from './action.js';
import {
  type Academie,
  type Calendar,
  type DayKind,
  dayKind,
  daysOf,
  type PartlyOff,
  partlyOff,
  type SchoolHoliday,
  type SecondeFortnight,
  schoolYearOf,
  type Unknown,
} from './calendar.js';
import { addDays, daysBetween, mondayOf, weekday } from './convention.js';

/** The days asked for a placement and whose pupils it is for. */
export interface PlacementDates {
  readonly kind: PlacementKind;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** The days of the week on which pupils come, 1 Monday to 5 Friday; all of them when nothing is said. Of 3e only. */
  readonly weekdays?: readonly number[];
  /** A 2de placement that another host shares: each has the pupil for one of the two weeks. */
  readonly shared?: boolean;
}

/** What a placement's verdicts depend on. */
export const datesOf = (
  { firstDay, lastDay, weekdays, shared }: Omit<PlacementDates, 'kind'>,
  kind: PlacementKind,
): PlacementDates => ({
  kind,
  firstDay,
  lastDay,
  ...(weekdays ? { weekdays } : {}),
  ...(shared ? { shared } : {}),
});

/** The days that pupils come, when not every weekday from the first to the last. */
const comesOn = ({ weekdays }: PlacementDates, day: Day): boolean =>
  !weekdays || weekdays.includes(weekday(day));

/** The rule of article 3 that the dates break. */
export type BrokenRule =
  | { readonly rule: 'too-short'; readonly days: number }
  | { readonly rule: 'too-long'; readonly days: number }
  | { readonly rule: 'holiday'; readonly holiday: SchoolHoliday }
  /** `official` false: expected on these days, and not announced yet. */
  | {
      readonly rule: 'seconde-fortnight';
      readonly firstDay: Day;
      readonly lastDay: Day;
      readonly official: boolean;
    };

/** A weekday on which pupils would come and have off, outside the school holidays. */
export interface DayOff {
  readonly day: Day;
  readonly because: 'public-holiday' | 'custom' | 'bridge' | 'closure';
  /** What schools are closed for: of a closure only. */
  readonly name?: string;
}

export type AcademieVerdict = { readonly academie: Academie; readonly presenceDays: number } & (
  | { readonly outcome: 'fine' }
  /** Possible, with fewer days than the dates suggest. */
  | { readonly outcome: 'fewer-days'; readonly off: readonly DayOff[] }
  /** The fortnight is not official yet: checked again when it is. */
  | { readonly outcome: 'provisional' }
  | { readonly outcome: 'unknown'; readonly because: Unknown }
  | { readonly outcome: 'refused'; readonly broken: BrokenRule }
);

/** Presence days of a 3e placement, consecutive or not (article 3). */
const troisiemeDays = { min: 3, max: 5 } as const;
/** A 3e prépa-métiers placement lasts 1 to 4 weeks (article 3), of five school days at most. */
const prepaMetiersDays = { min: 5, max: 20 } as const;

/**
 * Says, for one académie, whether pupils of its schools can do a placement on these days (article 3).
 * Weekends, public holidays, bridges and local closures take days away; a day in the school holidays refuses a 3e placement
 * and is not counted in a 3e prépa-métiers one.
 */
export function checkPlacement(
  dates: PlacementDates,
  academie: Academie,
  calendar: Calendar,
): AcademieVerdict {
  if (dates.kind === 'placement-2de') return checkSeconde(dates, academie, calendar);
  const days = daysOf(dates.firstDay, dates.lastDay).filter((d) => comesOn(dates, d));
  const kinds = days.map((d) => dayKind(d, academie, calendar));
  const has = (kind: DayKind['kind']) => kinds.filter((k) => k.kind === kind).length;
  const unknown = kinds.find((k) => k.kind === 'unknown');
  const presenceDays = has('school-day') + has('unknown');
  const refused = (broken: BrokenRule): AcademieVerdict => ({
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
    // Christmas Day in the middle of a prépa-métiers placement is a holiday like those around it.
    if (k.kind !== 'public-holiday' || (prepa && k.holiday)) return [];
    return [{ day, because: k.custom ? 'custom' : 'public-holiday' }];
  });
  if (holiday && !prepa) return refused({ rule: 'holiday', holiday: holiday.holiday });
  const { min, max } = prepa ? prepaMetiersDays : troisiemeDays;
  // A public holiday shortens a week of prépa-métiers, it does not make it less than a week.
  const counted = prepa ? presenceDays + off.length : presenceDays;
  if (counted === 0 && holiday) return refused({ rule: 'holiday', holiday: holiday.holiday });
  if (counted < min) return refused({ rule: 'too-short', days: presenceDays });
  if (counted > max) return refused({ rule: 'too-long', days: counted });
  if (unknown) return { academie, presenceDays, outcome: 'unknown', because: unknown.because };
  if (off.length > 0) return { academie, presenceDays, outcome: 'fewer-days', off };
  return { academie, presenceDays, outcome: 'fine' };
}

/**
 * The 2de placement is the whole official fortnight of the year, or one of its weeks when two hosts share the pupil
 * (article 3). Of a year whose fortnight is not known, this much is: whole weeks of June.
 */
function checkSeconde(dates: PlacementDates, academie: Academie, calendar: Calendar): AcademieVerdict {
  const kinds = daysOf(dates.firstDay, dates.lastDay).map((d) => dayKind(d, academie, calendar));
  const presenceDays = kinds.filter((k) => k.kind === 'school-day' || k.kind === 'unknown').length;
  const refused = (broken: BrokenRule): AcademieVerdict => ({
    academie,
    presenceDays,
    outcome: 'refused',
    broken,
  });
  const known = fortnightOf(schoolYearOf(dates.firstDay), calendar);
  const fortnight = known ?? expectedFortnight(schoolYearOf(dates.firstDay));
  const { firstDay, lastDay, official } = fortnight;
  const could = known ?? fortnightFrom(mondayOf(dates.firstDay));
  const wholes = [could, ...(dates.shared ? weeksOf(could.firstDay, could.lastDay) : [])];
  const inJune = dates.firstDay.slice(5, 7) === '06' && dates.lastDay.slice(5, 7) === '06';
  const whole = wholes.some((w) => w.firstDay === dates.firstDay && w.lastDay === dates.lastDay);
  if (!whole || !(known || inJune))
    return refused({ rule: 'seconde-fortnight', firstDay, lastDay, official });
  // Zones A, B and C are at school in June; an own calendar need not be.
  const off = kinds.find((k) => k.kind === 'holiday');
  if (off) return refused({ rule: 'holiday', holiday: off.holiday });
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

const fortnightOf = (schoolYear: string, { secondeFortnights }: Calendar): SecondeFortnight | undefined =>
  secondeFortnights.find((f) => f.schoolYear === schoolYear);

const fortnightFrom = (monday: Day) => ({ firstDay: monday, lastDay: addDays(monday, 11) });

/** The last two weeks of June (article 3), until the ministry says which it takes them for. */
function expectedFortnight(schoolYear: string): SecondeFortnight {
  const end = `${schoolYear.slice(5)}-06-30`;
  const lastDay = addDays(end, -((weekday(end) + 2) % 7));
  return { schoolYear, firstDay: addDays(lastDay, -11), lastDay, official: false };
}

/** The two weeks of a fortnight, Monday to Friday. */
export const weeksOf = (firstDay: Day, lastDay: Day): { firstDay: Day; lastDay: Day }[] => [
  { firstDay, lastDay: addDays(mondayOf(firstDay), 4) },
  { firstDay: mondayOf(lastDay), lastDay },
];

/** The most days on which pupils come in one week: 5 at most, whatever the calendars take away. */
export function daysAWeek(dates: PlacementDates): number {
  const weeks = new Map<Day, number>();
  for (const day of daysOf(dates.firstDay, dates.lastDay)) {
    if (weekday(day) > 5 || !comesOn(dates, day)) continue;
    weeks.set(mondayOf(day), (weeks.get(mondayOf(day)) ?? 0) + 1);
  }
  return Math.max(0, ...weeks.values());
}

/** The days on which pupils would come and a part of the académie's schools has off: none once the school is known. */
export const partlyOffIn = (dates: PlacementDates, academie: Academie, calendar: Calendar): PartlyOff[] =>
  partlyOff(dates.firstDay, dates.lastDay, academie, calendar).filter(({ day }) => comesOn(dates, day));

/** One verdict per académie, in the order asked. */
export const checkPlacements = (
  dates: PlacementDates,
  academies: readonly Academie[],
  calendar: Calendar,
): AcademieVerdict[] => academies.map((a) => checkPlacement(dates, a, calendar));

/** How far from the wish other dates are still worth proposing. */
const weeksAround = 16;

/**
 * The nearest dates that all the académies allow: whole weeks before and after the wish, at most one of each,
 * never before tomorrow. For 2de: the fortnight, or its two weeks when it is shared.
 * @param last the last day that may be asked for
 */
export function nearestDates(
  dates: PlacementDates,
  academies: readonly Academie[],
  calendar: Calendar,
  today: Day,
  last: Day = '9999-12-31',
): PlacementDates[] {
  const possible = (d: PlacementDates) =>
    d.firstDay > today &&
    d.lastDay <= last &&
    checkPlacements(d, academies, calendar).every((v) => v.outcome !== 'refused');
  if (dates.kind === 'placement-2de') {
    const nearest = nearestFortnights(dates.firstDay, calendar).flatMap(({ firstDay, lastDay }) =>
      dates.shared ? weeksOf(firstDay, lastDay) : [{ firstDay, lastDay }],
    );
    const all = nearest.map((days) => ({ ...dates, ...days })).filter(possible);
    return all.slice(0, dates.shared ? 2 : 1);
  }
  const weeks = dates.kind === 'placement-3e' ? weeksFor3e(dates) : wholeWeeks(dates);
  const monday = mondayOf(dates.firstDay);
  const at = (shift: number): PlacementDates => {
    const firstDay = addDays(monday, 7 * shift);
    return { ...dates, firstDay, lastDay: addDays(firstDay, 7 * weeks - 3) };
  };
  const shifts = Array.from({ length: weeksAround }, (_, i) => i + 1);
  const nearest = [[0], shifts.map((i) => -i), shifts].map((side) => side.map(at).find(possible));
  return nearest.filter((d) => d !== undefined).slice(0, 2);
}

/** The fortnights of 2de that are known, and that of the wish's own year, the nearest to the wish first. */
function nearestFortnights(wish: Day, calendar: Calendar): SecondeFortnight[] {
  const year = schoolYearOf(wish);
  const expected = fortnightOf(year, calendar) ? [] : [expectedFortnight(year)];
  const away = ({ firstDay }: SecondeFortnight) => Math.abs(daysBetween(wish, firstDay));
  return [...calendar.secondeFortnights, ...expected].sort((a, b) => away(a) - away(b));
}

/** Pupils who come on one or two days a week come for several weeks. */
const weeksFor3e = ({ weekdays }: PlacementDates): number =>
  Math.ceil(troisiemeDays.min / Math.min(troisiemeDays.min, weekdays?.length || troisiemeDays.min));

const wholeWeeks = ({ firstDay, lastDay }: PlacementDates): number =>
  Math.min(4, Math.max(1, Math.round(daysBetween(firstDay, lastDay) / 7)));
