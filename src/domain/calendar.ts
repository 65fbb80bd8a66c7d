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
  /** `08-11` where the school year starts in August (La Réunion, Mayotte, Polynésie); nothing on 1 September. */
  readonly yearStart?: string;
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
  /** True for days that no official calendar has, added by hand: they do not make a year published. */
  readonly local?: boolean | undefined;
}

/** By what a day is a public holiday. `to-check`: by no official list, so that nobody can tell. */
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
  /** What a day is in a département (Alsace-Moselle has two public holidays more); nothing when it is none. */
  publicHoliday(day: Day, departement: string): PublicHoliday | undefined;
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

/** Days off that are no holidays: they take days away, and refuse nothing. */
const isClosure = ({ period, firstDayOff, lastDayOff }: SchoolHoliday): boolean =>
  period.startsWith('Pont') || firstDayOff === lastDayOff;

/** Why nobody can tell what a day is: never to be read as "school day". */
export type Unknown =
  /** The year of an own calendar is not known; that of a zone is not published. */
  | 'local-calendar'
  | 'unpublished'
  /** It is in holidays of which nobody is sure, or perhaps a public holiday. */
  | 'holiday-to-check'
  | 'day-to-check';

export type DayKind =
  | { readonly kind: 'school-day' }
  | { readonly kind: 'weekend' }
  /** `holiday`: the school holiday it lies in, when it does. `custom`: by custom, not by law. */
  | { readonly kind: 'public-holiday'; readonly custom?: true; readonly holiday?: SchoolHoliday }
  | { readonly kind: 'bridge' }
  /** Schools are closed there on that day: Mi-carême, the abolition of slavery. */
  | { readonly kind: 'closure'; readonly name: string }
  | { readonly kind: 'holiday'; readonly holiday: SchoolHoliday }
  | { readonly kind: 'unknown'; readonly because: Unknown };

/** The school year of a day, `2026-2027`: 1 September to 31 August, or from another day on. */
export const schoolYearOf = (day: Day, yearStart = '09-01'): string => {
  const year = Number(day.slice(0, 4));
  const start = day.slice(5) >= yearStart ? year : year - 1;
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
  const sure = within.filter((h) => !h.toCheck);
  const holiday = sure.find((h) => !isClosure(h));
  const publicHoliday = publicHolidayOf(day, academie, calendar);
  if (publicHoliday === 'law' || publicHoliday === 'custom')
    return {
      kind: 'public-holiday',
      ...(publicHoliday === 'custom' ? { custom: true } : {}),
      ...(holiday ? { holiday } : {}),
    };
  if (holiday) return { kind: 'holiday', holiday };
  const [closure] = sure;
  if (closure?.period.startsWith('Pont')) return { kind: 'bridge' };
  // The second of two that have one name is `Abolition de l’esclavage (2)`.
  if (closure) return { kind: 'closure', name: closure.period.replace(/ \(\d+\)$/, '') };
  if (within.length > 0) return { kind: 'unknown', because: 'holiday-to-check' };
  if (!isPublished(day, academie, ofZone))
    return { kind: 'unknown', because: academie.zone ? 'unpublished' : 'local-calendar' };
  return publicHoliday ? { kind: 'unknown', because: 'day-to-check' } : { kind: 'school-day' };
}

/** The public holiday that every département meant keeps, by the weakest of their reasons. */
export function publicHolidayOf(
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

/** True when all the holidays are known that decide whether a day is a school day. */
function isPublished(day: Day, { yearStart }: Academie, ofZone: readonly SchoolHoliday[]): boolean {
  const has = (year: string) => ofZone.some((h) => h.schoolYear === year && !h.local);
  const year = schoolYearOf(day, yearStart);
  // Of a day in August at which a year starts, the end of the summer before it tells whether pupils are back.
  return has(year) && (year === schoolYearOf(day) || has(schoolYearOf(day)));
}

/** A weekday that some départements of an académie have off and that is a school day in the others. */
export interface PartlyOff {
  readonly day: Day;
  /** Where it is off. */
  readonly departements: readonly string[];
  /** `closure`: their schools have a calendar of their own. */
  readonly because: 'public-holiday' | 'custom' | 'closure';
}

/**
 * The weekdays, from the first to the last, that only a part of the schools meant has off: Good Friday in
 * Nancy-Metz, where it is Moselle's alone. None once the département is known.
 */
export const partlyOff = (firstDay: Day, lastDay: Day, academie: Academie, calendar: Calendar): PartlyOff[] =>
  daysOf(firstDay, lastDay).flatMap((day) => partlyOffOn(day, academie, calendar));

/** The same of one day: each reason with the départements it is that of. */
export function partlyOffOn(day: Day, academie: Academie, calendar: Calendar): PartlyOff[] {
  const { departements, otherZones = {} } = academie;
  if (departements.length === 1) return [];
  if (!['school-day', 'unknown'].includes(dayKind(day, academie, calendar).kind)) return [];
  const reasons = departements.map((departement): PartlyOff['because'] | undefined => {
    const publicHoliday = calendar.publicHoliday(day, departement);
    if (publicHoliday === 'law') return 'public-holiday';
    if (publicHoliday === 'custom') return 'custom';
    if (!otherZones[departement]) return undefined;
    const { kind } = findDayKind(day, inDepartement(academie, departement), calendar);
    return kind === 'school-day' || kind === 'unknown' ? undefined : 'closure';
  });
  return (['public-holiday', 'custom', 'closure'] as const)
    .map((because) => ({ day, departements: departements.filter((_, i) => reasons[i] === because), because }))
    .filter((off) => off.departements.length > 0);
}

/** Every day from the first to the last, both included. */
export function daysOf(firstDay: Day, lastDay: Day): Day[] {
  const days: Day[] = [];
  for (let d = firstDay; d <= lastDay; d = addDays(d, 1)) days.push(d);
  return days;
}
