import type { Day } from './action.js';
import type { MinistryEvent } from './calendar-events.js';
import { addDays, weekday } from './convention.js';

/** An académie, or the part of it that is meant (`inDepartement`), and whose calendar its schools follow. */
export interface Academie {
  readonly code: string;
  readonly name: string;
  /** A, B or C; nothing when it keeps a calendar of its own (Corse, overseas). */
  readonly zone?: string;
  /** The zone that stands for its own calendar, when it keeps one; its years may be there or not. */
  readonly ownZone?: string;
  /** Départements that keep another calendar than their académie: 977 is Saint-Barthélemy's. */
  readonly otherZones?: Readonly<Record<string, string>>;
  readonly departements: readonly string[];
}

/** A school holiday of one zone; the first and the last day are off. */
export interface SchoolHoliday {
  readonly schoolYear: string;
  /** A, B, C, or the zone of an own calendar. */
  readonly zone: string;
  readonly period: string;
  readonly firstDayOff: Day;
  readonly lastDayOff: Day;
  /** True when nobody is sure of these days, such as those of a summer whose end is not out: a coordinator asks. */
  readonly toCheck?: boolean | undefined;
}

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
  /** True for a public holiday that every département meant keeps (Alsace-Moselle has two more). */
  isPublicHoliday(day: Day, academie: Academie): boolean;
  /** Those of the départements meant that keep a public holiday on that day. */
  departementsOff(day: Day, academie: Academie): readonly string[];
}

/** The schools of one département of an académie: what it keeps is then known, not only what all have in common. */
export const inDepartement = (academie: Academie, departement: string): Academie => ({
  ...academie,
  departements: [departement],
});

/**
 * Whose rows of `data/school-holidays.json` the schools follow. An académie of which one département goes its own
 * way follows its main calendar, until the département is known.
 */
export function holidayZone({ zone, ownZone, otherZones, departements, name }: Academie): string {
  const other = departements.length === 1 ? otherZones?.[departements[0] ?? ''] : undefined;
  return other ?? zone ?? ownZone ?? name;
}

// Sorted out once per list of holidays: verdicts ask for days by the hundred.
const sortedOut = new WeakMap<readonly SchoolHoliday[], ReadonlyMap<string, readonly SchoolHoliday[]>>();

/** The holidays that the schools of an académie have, of all the years that are known. */
function holidaysOf(academie: Academie, { holidays }: Calendar): readonly SchoolHoliday[] {
  let zones = sortedOut.get(holidays);
  if (!zones) {
    const names = new Set(holidays.map((h) => h.zone));
    zones = new Map([...names].map((name) => [name, holidays.filter((h) => h.zone === name)]));
    sortedOut.set(holidays, zones);
  }
  return zones.get(holidayZone(academie)) ?? [];
}

/** A bridge day off school is no holiday of its own: it takes days away, and refuses nothing. */
const isBridge = (holiday: SchoolHoliday): boolean => holiday.period.startsWith('Pont');

export type DayKind =
  | { readonly kind: 'school-day' }
  | { readonly kind: 'weekend' }
  /** `holiday`: the school holiday it lies in, when it does. */
  | { readonly kind: 'public-holiday'; readonly holiday?: SchoolHoliday }
  | { readonly kind: 'bridge' }
  | { readonly kind: 'holiday'; readonly holiday: SchoolHoliday }
  /** The académie's calendar of that day is not known: never to be read as "school day". */
  | { readonly kind: 'unknown'; readonly because: 'local-calendar' | 'unpublished' };

/** The school year of a day, `2026-2027`: 1 September to 31 August. */
export const schoolYearOf = (day: Day): string => {
  const year = Number(day.slice(0, 4));
  const start = day.slice(5) >= '09-01' ? year : year - 1;
  return `${start}-${start + 1}`;
};

/** What was found out already, as long as the calendar and the académie exist: every form asks for the same weeks. */
const known = new WeakMap<Calendar, WeakMap<Academie, Map<Day, DayKind>>>();

/** What a day is for the schools of an académie. */
export function dayKind(day: Day, academie: Academie, calendar: Calendar): DayKind {
  const ofCalendar = known.get(calendar) ?? new WeakMap<Academie, Map<Day, DayKind>>();
  const ofAcademie = ofCalendar.get(academie) ?? new Map<Day, DayKind>();
  known.set(calendar, ofCalendar.set(academie, ofAcademie));
  const kind = ofAcademie.get(day) ?? findDayKind(day, academie, calendar);
  ofAcademie.set(day, kind);
  return kind;
}

function findDayKind(day: Day, academie: Academie, calendar: Calendar): DayKind {
  if (weekday(day) > 5) return { kind: 'weekend' };
  const ofZone = holidaysOf(academie, calendar);
  const within = ofZone.filter((h) => h.firstDayOff <= day && day <= h.lastDayOff);
  const holiday = within.find((h) => !h.toCheck);
  if (calendar.isPublicHoliday(day, academie))
    return holiday && !isBridge(holiday) ? { kind: 'public-holiday', holiday } : { kind: 'public-holiday' };
  if (holiday) return isBridge(holiday) ? { kind: 'bridge' } : { kind: 'holiday', holiday };
  const published = ofZone.some((h) => h.schoolYear === schoolYearOf(day));
  if (published && within.length === 0) return { kind: 'school-day' };
  return { kind: 'unknown', because: academie.zone ? 'unpublished' : 'local-calendar' };
}

/** A weekday that is a public holiday in some départements of an académie and a school day in the others. */
export interface PartlyOff {
  readonly day: Day;
  /** Where it is a public holiday. */
  readonly departements: readonly string[];
}

/**
 * The weekdays, from the first to the last, that only a part of the schools meant has off: Good Friday in
 * Nancy-Metz, where it is Moselle's alone. None once the département is known.
 */
export function partlyOff(firstDay: Day, lastDay: Day, academie: Academie, calendar: Calendar): PartlyOff[] {
  return daysOf(firstDay, lastDay)
    .filter((day) => ['school-day', 'unknown'].includes(dayKind(day, academie, calendar).kind))
    .map((day) => ({ day, departements: calendar.departementsOff(day, academie) }))
    .filter(({ departements }) => departements.length > 0);
}

/** Every day from the first to the last, both included. */
export function daysOf(firstDay: Day, lastDay: Day): Day[] {
  const days: Day[] = [];
  for (let d = firstDay; d <= lastDay; d = addDays(d, 1)) days.push(d);
  return days;
}
