import type { Action, Day } from '../../domain/action.js';
import { daysOf } from '../../domain/calendar.js';
import { type ClassDays, checkPeriod } from '../../domain/class-days.js';
import {
  certaintyOfMeeting,
  checkMeetingAnywhere,
  checkMeetingDay,
  type MeetingDay,
} from '../../domain/meeting-day.js';
import { type Checked, checkedUnder, versionOf } from '../../domain/recheck.js';
import type { Services } from '../feature.js';
import { type Place, placesOf } from './schools.js';

type Known = Pick<Services, 'schools' | 'calendar' | 'convention'>;
type Meeting = Pick<Action, 'firstDay' | 'lastDay' | 'halfDays' | 'schools' | 'school' | 'academies'>;

/**
 * What each day of a meeting is for each of its schools; without a place for a school that is not in the list. None of
 * an availability, which has no day yet.
 */
export function meetingDays(
  meeting: Meeting,
  services: Known,
): { readonly place?: Place; readonly date: Day; readonly day: MeetingDay }[] {
  const { firstDay, lastDay, halfDays } = meeting;
  const { calendar } = services;
  if (halfDays) return [];
  const places = placesOf(meeting, services);
  return daysOf(firstDay, lastDay).flatMap((date) =>
    places.length === 0
      ? [{ date, day: checkMeetingAnywhere(date, calendar) }]
      : places.map((place) => ({ place, date, day: checkMeetingDay(date, place, calendar) })),
  );
}

/** What the period of an availability leaves in each of its académies; none of a meeting that has its day. */
export function classDaysLeft(
  meeting: Meeting,
  services: Known,
): { readonly place: Place; readonly left: ClassDays }[] {
  if (!meeting.halfDays) return [];
  const { calendar } = services;
  return placesOf(meeting, services).map((place) => ({ place, left: checkPeriod(meeting, place, calendar) }));
}

/** What a meeting is checked under, and how sure its day or its period is. */
export const meetingChecked = (meeting: Meeting, services: Known): Checked =>
  checkedUnder(
    versionOf(services.calendar, services.convention),
    certaintyOfMeeting([
      ...meetingDays(meeting, services).map(({ day }) => day),
      ...classDaysLeft(meeting, services).map(({ left }) => left),
    ]),
  );
