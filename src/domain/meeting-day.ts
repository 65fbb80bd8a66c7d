import type { Day } from './action.js';
import {
  type Academie,
  type Calendar,
  dayKind,
  type PartlyOff,
  partlyOffOn,
  type SchoolHoliday,
  type Unknown,
} from './calendar.js';
import type { ClassDays } from './class-days.js';
import { weekday } from './convention.js';
import type { Certainty } from './recheck.js';

/** Why pupils have no classes on a day. */
export type NoClasses =
  | { readonly kind: 'saturday' | 'sunday' | 'public-holiday' | 'custom' | 'bridge' }
  | { readonly kind: 'closure'; readonly name: string }
  | { readonly kind: 'holiday'; readonly holiday: SchoolHoliday };

/** What the day of a meeting with pupils is for a school. No outcome refuses it: article 2 leaves the day open. */
export type MeetingDay =
  /** A school day: there is nothing to say. */
  | { readonly outcome: 'fine' }
  /** Possible, with a warning. */
  | { readonly outcome: 'no-classes'; readonly because: NoClasses }
  /** Possible, with a warning: some départements have it off, and the school's is not known. */
  | { readonly outcome: 'partly-off'; readonly off: readonly PartlyOff[] }
  /** `school`: nobody knows where it is, and the zones do not have the same day. A coordinator checks. */
  | { readonly outcome: 'unknown'; readonly because: Unknown | 'school' };

/** Says what a day is for the pupils of an académie who are to be met on it (article 2). */
export function checkMeetingDay(day: Day, academie: Academie, calendar: Calendar): MeetingDay {
  const kind = dayKind(day, academie, calendar);
  switch (kind.kind) {
    case 'unknown':
      return { outcome: 'unknown', because: kind.because };
    case 'weekend':
      return { outcome: 'no-classes', because: { kind: weekday(day) === 6 ? 'saturday' : 'sunday' } };
    case 'school-day': {
      const off = partlyOffOn(day, academie, calendar);
      return off.length > 0 ? { outcome: 'partly-off', off } : { outcome: 'fine' };
    }
    case 'public-holiday':
      return { outcome: 'no-classes', because: { kind: kind.custom ? 'custom' : 'public-holiday' } };
    default:
      return { outcome: 'no-classes', because: kind };
  }
}

/** What was found out already, as long as the calendar exists: cards ask for the same days again and again. */
const known = new WeakMap<Calendar, Map<Day, MeetingDay>>();

/**
 * The same for a school of which nobody knows where it is: what the three zones have in common, so that a Sunday or
 * Christmas is told of every school. A holiday in it is that of any of the zones.
 */
export function checkMeetingAnywhere(day: Day, calendar: Calendar): MeetingDay {
  const ofCalendar = known.get(calendar) ?? new Map<Day, MeetingDay>();
  known.set(calendar, ofCalendar);
  const found = ofCalendar.get(day) ?? compareZones(day, calendar);
  ofCalendar.set(day, found);
  return found;
}

function compareZones(day: Day, calendar: Calendar): MeetingDay {
  const [first, ...others] = zonesOf(calendar).map((zone) => checkMeetingDay(day, zone, calendar));
  if (first && others.every((other) => sayOf(other) === sayOf(first))) return first;
  return { outcome: 'unknown', because: 'school' };
}

const sayOf = (day: MeetingDay): string =>
  JSON.stringify(day, (name, value: unknown) => (name === 'zone' ? undefined : value));

/** The zones A, B and C, each as one académie that holds all its départements. */
const zonesOf = ({ academies }: Calendar): Academie[] =>
  [...new Set(academies.flatMap(({ zone }) => zone ?? []))].map((zone) => ({
    code: zone,
    name: zone,
    zone,
    departements: academies.filter((a) => a.zone === zone).flatMap((a) => a.departements),
  }));

/** How sure a meeting's day or period is: without classes it is possible, one that nobody can tell is to be checked. */
export const certaintyOfMeeting = (
  verdicts: readonly { readonly outcome: MeetingDay['outcome'] | ClassDays['outcome'] }[],
): Certainty => (verdicts.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'fine');
