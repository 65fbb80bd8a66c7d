import type { Certainty } from '../action.js';
import type { ClassDays } from '../calendar/class-days.js';
import {
  type Academie,
  type Calendar,
  classifyDay,
  findPartialDaysOffOn,
  type PartialDayOff,
  type SchoolHoliday,
  type Unknown,
} from '../calendar/school-calendar.js';
import { type Day, weekday } from '../days.js';

export type NoClassesReason =
  | { readonly kind: 'saturday' | 'sunday' | 'public-holiday' | 'custom' | 'bridge' }
  | { readonly kind: 'closure'; readonly name: string }
  | { readonly kind: 'holiday'; readonly holiday: SchoolHoliday };

/** What a school makes of a meeting on a day. No outcome refuses the day: article 2 leaves it open. */
export type MeetingDay =
  /** A school day. */
  | { readonly outcome: 'fine' }
  /** Possible, with a warning. */
  | { readonly outcome: 'no-classes'; readonly because: NoClassesReason }
  /** Possible, with a warning: some départements have it off, and the school's is not known. */
  | { readonly outcome: 'partly-off'; readonly off: readonly PartialDayOff[] }
  /** A coordinator checks. `school`: the school's location is unknown, and the zones differ on that day. */
  | { readonly outcome: 'unknown'; readonly because: Unknown | 'school' };

/** What a day is for pupils of an académie who are to be met on it (article 2). */
export function checkMeetingDay(day: Day, academie: Academie, calendar: Calendar): MeetingDay {
  const kind = classifyDay(day, academie, calendar);
  switch (kind.kind) {
    case 'unknown':
      return { outcome: 'unknown', because: kind.because };
    case 'weekend':
      return { outcome: 'no-classes', because: { kind: weekday(day) === 6 ? 'saturday' : 'sunday' } };
    case 'school-day': {
      const off = findPartialDaysOffOn(day, academie, calendar);
      return off.length > 0 ? { outcome: 'partly-off', off } : { outcome: 'fine' };
    }
    case 'public-holiday':
      return { outcome: 'no-classes', because: { kind: kind.custom ? 'custom' : 'public-holiday' } };
    default:
      return { outcome: 'no-classes', because: kind };
  }
}

/** Results by calendar: cards ask for the same days again and again. */
const checkedDays = new WeakMap<Calendar, Map<Day, MeetingDay>>();

/**
 * The same for a school whose location is unknown: the answer that all three zones share, so that every school gets a
 * warning on a Sunday or at Christmas. Any zone's holiday may be the one returned.
 */
export function checkMeetingDayEverywhere(day: Day, calendar: Calendar): MeetingDay {
  const ofCalendar = checkedDays.get(calendar) ?? new Map<Day, MeetingDay>();
  checkedDays.set(calendar, ofCalendar);
  const found = ofCalendar.get(day) ?? compareZones(day, calendar);
  ofCalendar.set(day, found);
  return found;
}

function compareZones(day: Day, calendar: Calendar): MeetingDay {
  const [first, ...others] = zonesAsAcademies(calendar).map((zone) => checkMeetingDay(day, zone, calendar));
  if (first && others.every((other) => toComparable(other) === toComparable(first))) return first;
  return { outcome: 'unknown', because: 'school' };
}

const toComparable = (day: MeetingDay): string =>
  JSON.stringify(day, (name, value: unknown) => (name === 'zone' ? undefined : value));

/** Zones A, B and C, each as an académie with all its départements. */
const zonesAsAcademies = ({ academies }: Calendar): Academie[] =>
  [...new Set(academies.flatMap(({ zone }) => zone ?? []))].map((zone) => ({
    code: zone,
    name: zone,
    zone,
    departements: academies.filter((a) => a.zone === zone).flatMap((a) => a.departements),
  }));

/**
 * How certain the day or period of a meeting is: without classes it is possible, an unknown one has to be checked.
 */
export const meetingCertainty = (
  verdicts: readonly { readonly outcome: MeetingDay['outcome'] | ClassDays['outcome'] }[],
): Certainty => (verdicts.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'fine');
