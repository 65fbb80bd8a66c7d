import type { Day } from './action.js';
import { addDays, weekday } from './convention.js';

/** An académie, and whose calendar its schools follow. */
export interface Academie {
  readonly code: string;
  readonly name: string;
  /** A, B or C; nothing when it keeps its own calendar (Corse, overseas), which Passerelle does not have. */
  readonly zone?: string;
  readonly departements: readonly string[];
}

/** A school holiday of one zone; both days are off. */
export interface SchoolHoliday {
  readonly schoolYear: string;
  readonly zone: string;
  readonly period: string;
  readonly firstDayOff: Day;
  readonly lastDayOff: Day;
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
  readonly academies: readonly Academie[];
  readonly holidays: readonly SchoolHoliday[];
  readonly secondeFortnights: readonly SecondeFortnight[];
  /** True for a public holiday in a département's region (Alsace-Moselle has two more). */
  isPublicHoliday(day: Day, academie: Academie): boolean;
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

/** What a day is for the schools of an académie. */
export function dayKind(day: Day, academie: Academie, calendar: Calendar): DayKind {
  if (weekday(day) > 5) return { kind: 'weekend' };
  const ofZone = academie.zone ? calendar.holidays.filter((h) => h.zone === academie.zone) : [];
  const holiday = ofZone.find((h) => h.firstDayOff <= day && day <= h.lastDayOff);
  if (calendar.isPublicHoliday(day, academie))
    return holiday && !isBridge(holiday) ? { kind: 'public-holiday', holiday } : { kind: 'public-holiday' };
  if (!academie.zone) return { kind: 'unknown', because: 'local-calendar' };
  if (holiday) return isBridge(holiday) ? { kind: 'bridge' } : { kind: 'holiday', holiday };
  const published = ofZone.some((h) => h.schoolYear === schoolYearOf(day));
  return published ? { kind: 'school-day' } : { kind: 'unknown', because: 'unpublished' };
}

/** Every day from the first to the last, both included. */
export function daysOf(firstDay: Day, lastDay: Day): Day[] {
  const days: Day[] = [];
  for (let d = firstDay; d <= lastDay; d = addDays(d, 1)) days.push(d);
  return days;
}
