import type { Action, LastCheck } from '../../domain/action.js';
import { type ClassDays, checkPeriod } from '../../domain/calendar/class-days.js';
import { type Day, eachDay } from '../../domain/days.js';
import {
  checkMeetingDay,
  checkMeetingDayEverywhere,
  type MeetingDay,
  meetingCertainty,
} from '../../domain/engagements/meeting-day.js';
import { currentVersion, toLastCheck } from '../../domain/placements/recheck.js';
import type { Services } from '../feature.js';
import { findPlaces, type Place } from './schools.js';

type CheckContext = Pick<Services, 'schools' | 'calendar' | 'convention'>;
type Meeting = Pick<Action, 'firstDay' | 'lastDay' | 'halfDays' | 'schools' | 'school' | 'academies'>;

/**
 * Checks each day of a meeting for each of its schools; without a place for a school that is not in the list. Empty
 * for an availability, which has no day yet.
 */
export function checkMeetingDays(
  meeting: Meeting,
  services: CheckContext,
): { readonly place?: Place; readonly date: Day; readonly day: MeetingDay }[] {
  const { firstDay, lastDay, halfDays } = meeting;
  const { calendar } = services;
  if (halfDays) return [];
  const places = findPlaces(meeting, services);
  return eachDay(firstDay, lastDay).flatMap((date) =>
    places.length === 0
      ? [{ date, day: checkMeetingDayEverywhere(date, calendar) }]
      : places.map((place) => ({ place, date, day: checkMeetingDay(date, place, calendar) })),
  );
}

/** How many class days the period of an availability has in each of its académies; empty for a meeting with a day. */
export function checkClassDays(
  meeting: Meeting,
  services: CheckContext,
): { readonly place: Place; readonly left: ClassDays }[] {
  if (!meeting.halfDays) return [];
  const { calendar } = services;
  return findPlaces(meeting, services).map((place) => ({
    place,
    left: checkPeriod(meeting, place, calendar),
  }));
}

/** Checks a meeting: under which version, and how certain its day or period is. */
export const checkMeeting = (meeting: Meeting, services: CheckContext): LastCheck =>
  toLastCheck(
    currentVersion(services.calendar, services.convention),
    meetingCertainty([
      ...checkMeetingDays(meeting, services).map(({ day }) => day),
      ...checkClassDays(meeting, services).map(({ left }) => left),
    ]),
  );
