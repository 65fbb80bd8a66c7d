import { type Day, eachDay, weekday } from '../days.js';
import type { MinistryEvent } from './ministry-events.js';

/** An académie, or one département of it (`narrowToDepartement`), with the calendar its schools follow. */
export interface Academie {
  readonly code: string;
  readonly name: string;
  /** A, B or C; absent when it keeps a calendar of its own (Corse, overseas). */
  readonly zone?: string;
  /** The zone under which its own calendar is listed; its years may or may not be published. */
  readonly ownZone?: string;
  /** Départements with another calendar than their académie's: 977 is Saint-Barthélemy's. */
  readonly otherZones?: Readonly<Record<string, string>>;
  /**
   * `08-11` where the school year begins in August (La Réunion, Mayotte, Polynésie); absent where it begins on 1
   * September.
   */
  readonly yearStart?: string;
  readonly departements: readonly string[];
  /** Its région académique; absent where the list does not say. */
  readonly region?: string;
}

/** A school holiday of one zone, first and last day included. */
export interface SchoolHoliday {
  readonly schoolYear: string;
  /** A, B, C, or the zone of an own calendar. */
  readonly zone: string;
  readonly period: string;
  readonly firstDayOff: Day;
  readonly lastDayOff: Day;
  /** True if these days are uncertain, such as those of a summer whose end is not published: a coordinator asks. */
  readonly toCheck?: boolean | undefined;
  /** True for days that are in no official calendar and were added by hand: they do not make a year published. */
  readonly local?: boolean | undefined;
}

/** Why a day is a public holiday. `to-check`: no official list says so, so it is uncertain. */
export type PublicHoliday = 'law' | 'custom' | 'to-check';

/** The fortnight of the 2de GT observation placement in one school year. */
export interface SecondeFortnight {
  readonly schoolYear: string;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** False: computed, shown as provisional until the ministry announces it. */
  readonly official: boolean;
}

export interface Calendar {
  /** Changes whenever the académies, the holidays or the fortnights do. */
  readonly version: string;
  readonly academies: readonly Academie[];
  readonly holidays: readonly SchoolHoliday[];
  readonly secondeFortnights: readonly SecondeFortnight[];
  readonly events: readonly MinistryEvent[];
  /** What kind of public holiday a day is in a département (Alsace-Moselle has two more); nothing if it is none. */
  publicHoliday(day: Day, departement: string): PublicHoliday | undefined;
}

/**
 * The part of an académie that is one département, whose public holidays and school holidays are then known exactly.
 */
export const narrowToDepartement = (academie: Academie, departement: string): Academie => ({
  ...academie,
  departements: [departement],
});

/**
 * The zone whose rows of `data/school-holidays.json` the schools follow. An académie with a département on another
 * calendar follows its main one until the département is known.
 */
export function holidayZone({ zone, ownZone, otherZones, departements, name }: Academie): string {
  const other = departements.length === 1 ? otherZones?.[departements[0] ?? ''] : undefined;
  return other ?? zone ?? ownZone ?? name;
}

// Grouped once per list of holidays: a verdict asks for hundreds of days.
const zonesByHolidays = new WeakMap<
  readonly SchoolHoliday[],
  ReadonlyMap<string, readonly SchoolHoliday[]>
>();

/** The holidays of the schools of an académie, in all known years. */
function findHolidays(academie: Academie, { holidays }: Calendar): readonly SchoolHoliday[] {
  let zones = zonesByHolidays.get(holidays);
  if (!zones) {
    const names = new Set(holidays.map((h) => h.zone));
    zones = new Map([...names].map((name) => [name, holidays.filter((h) => h.zone === name)]));
    zonesByHolidays.set(holidays, zones);
  }
  return zones.get(holidayZone(academie)) ?? [];
}

/** Days off that are not holidays: they shorten a placement, and refuse nothing. */
const isClosure = ({ period, firstDayOff, lastDayOff }: SchoolHoliday): boolean =>
  period.startsWith('Pont') || firstDayOff === lastDayOff;

/** Why a day is unknown; never treat it as a school day. */
export type Unknown =
  /** The year of an own calendar is unknown, as opposed to an unpublished year of a zone. */
  | 'local-calendar'
  | 'unpublished'
  /** It is in uncertain holidays, or may be a public holiday. */
  | 'holiday-to-check'
  | 'day-to-check';

export type DayKind =
  | { readonly kind: 'school-day' }
  | { readonly kind: 'weekend' }
  /** `holiday`: the school holiday it falls in, if any. `custom`: by custom, not by law. */
  | { readonly kind: 'public-holiday'; readonly custom?: true; readonly holiday?: SchoolHoliday }
  | { readonly kind: 'bridge' }
  /** The schools there are closed on that day: Mi-carême, the abolition of slavery. */
  | { readonly kind: 'closure'; readonly name: string }
  | { readonly kind: 'holiday'; readonly holiday: SchoolHoliday }
  | { readonly kind: 'unknown'; readonly because: Unknown };

/** The school year of a day, `2026-2027`: 1 September to 31 August, or from another day on. */
export const schoolYearOf = (day: Day, yearStart = '09-01'): string => {
  const year = Number(day.slice(0, 4));
  const start = day.slice(5) >= yearStart ? year : year - 1;
  return `${start}-${start + 1}`;
};

/** Results by calendar and académie: all forms ask for the same weeks. */
const dayKinds = new WeakMap<Calendar, WeakMap<Academie, Map<Day, DayKind>>>();

/** What kind of day it is for the schools of an académie. */
export function classifyDay(day: Day, academie: Academie, calendar: Calendar): DayKind {
  const ofCalendar = dayKinds.get(calendar) ?? new WeakMap<Academie, Map<Day, DayKind>>();
  const ofAcademie = ofCalendar.get(academie) ?? new Map<Day, DayKind>();
  dayKinds.set(calendar, ofCalendar.set(academie, ofAcademie));
  const kind = ofAcademie.get(day) ?? classifyAnew(day, academie, calendar);
  ofAcademie.set(day, kind);
  return kind;
}

function classifyAnew(day: Day, academie: Academie, calendar: Calendar): DayKind {
  if (weekday(day) > 5) return { kind: 'weekend' };
  const ofZone = findHolidays(academie, calendar);
  const within = ofZone.filter((h) => h.firstDayOff <= day && day <= h.lastDayOff);
  const sure = within.filter((h) => !h.toCheck);
  const holiday = sure.find((h) => !isClosure(h));
  const publicHoliday = findPublicHoliday(day, academie, calendar);
  if (publicHoliday === 'law' || publicHoliday === 'custom')
    return {
      kind: 'public-holiday',
      ...(publicHoliday === 'custom' ? { custom: true } : {}),
      ...(holiday ? { holiday } : {}),
    };
  if (holiday) return { kind: 'holiday', holiday };
  const [closure] = sure;
  if (closure?.period.startsWith('Pont')) return { kind: 'bridge' };
  // The second of two closures with the same name is `Abolition de l’esclavage (2)`.
  if (closure) return { kind: 'closure', name: closure.period.replace(/ \(\d+\)$/, '') };
  if (within.length > 0) return { kind: 'unknown', because: 'holiday-to-check' };
  if (!isPublished(day, academie, ofZone))
    return { kind: 'unknown', because: academie.zone ? 'unpublished' : 'local-calendar' };
  return publicHoliday ? { kind: 'unknown', because: 'day-to-check' } : { kind: 'school-day' };
}

/** The public holiday that all départements of `academie` have, with the weakest of their reasons. */
export function findPublicHoliday(
  day: Day,
  { departements }: Academie,
  calendar: Calendar,
): PublicHoliday | undefined {
  let weakest: PublicHoliday | undefined = 'law';
  for (const departement of departements) {
    const one = calendar.publicHoliday(day, departement);
    if (!one) return undefined;
    if (one !== 'law' && weakest !== 'to-check') weakest = one;
  }
  return weakest;
}

/** Whether all holidays are known that decide whether a day is a school day. */
function isPublished(day: Day, { yearStart }: Academie, ofZone: readonly SchoolHoliday[]): boolean {
  const isKnownYear = (year: string) => ofZone.some((h) => h.schoolYear === year && !h.local);
  const year = schoolYearOf(day, yearStart);
  // On a day in August when a year begins, the end of the previous summer tells whether pupils are back.
  return isKnownYear(year) && (year === schoolYearOf(day) || isKnownYear(schoolYearOf(day)));
}

/** A weekday that some départements of an académie have off and that is a school day in the others. */
export interface PartialDayOff {
  readonly day: Day;
  /** Where it is off. */
  readonly departements: readonly string[];
  /** `closure`: their schools have a calendar of their own. */
  readonly because: 'public-holiday' | 'custom' | 'closure';
}

/**
 * The weekdays of a period that only some schools of the académie have off: Good Friday in Nancy-Metz, a public
 * holiday in Moselle alone. Empty once the département is known.
 */
export const findPartialDaysOff = (
  firstDay: Day,
  lastDay: Day,
  academie: Academie,
  calendar: Calendar,
): PartialDayOff[] =>
  eachDay(firstDay, lastDay).flatMap((day) => findPartialDaysOffOn(day, academie, calendar));

/** The same for one day: each reason with its départements. */
export function findPartialDaysOffOn(day: Day, academie: Academie, calendar: Calendar): PartialDayOff[] {
  const { departements, otherZones = {} } = academie;
  if (departements.length === 1) return [];
  if (!['school-day', 'unknown'].includes(classifyDay(day, academie, calendar).kind)) return [];
  const reasons = departements.map((departement): PartialDayOff['because'] | undefined => {
    const publicHoliday = calendar.publicHoliday(day, departement);
    if (publicHoliday === 'law') return 'public-holiday';
    if (publicHoliday === 'custom') return 'custom';
    if (!otherZones[departement]) return undefined;
    const { kind } = classifyAnew(day, narrowToDepartement(academie, departement), calendar);
    return kind === 'school-day' || kind === 'unknown' ? undefined : 'closure';
  });
  return (['public-holiday', 'custom', 'closure'] as const)
    .map((because) => ({ day, departements: departements.filter((_, i) => reasons[i] === because), because }))
    .filter((off) => off.departements.length > 0);
}
