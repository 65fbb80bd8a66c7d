import type { Action } from '../../domain/action.js';
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
type Meeting = Pick<Action, 'firstDay' | 'halfDays' | 'schools' | 'school' | 'academies'>;

/**
 * What the day of a meeting is for each of its schools; without a place for a school that is not in the list. None of
 * an availability, which is no day yet.
 */
export function meetingDays(
  meeting: Meeting,
  services: Known,
): { readonly place?: Place; readonly day: MeetingDay }[] {
  const { firstDay, halfDays } = meeting;
  const { calendar } = services;
  if (halfDays) return [];
  const places = placesOf(meeting, services);
  if (places.length === 0) return [{ day: checkMeetingAnywhere(firstDay, calendar) }];
  return places.map((place) => ({ place, day: checkMeetingDay(firstDay, place, calendar) }));
}

/** What a meeting is checked under, and how sure its day is. */
export const meetingChecked = (meeting: Meeting, services: Known): Checked =>
  checkedUnder(
    versionOf(services.calendar, services.convention),
    certaintyOfMeeting(meetingDays(meeting, services).map(({ day }) => day)),
  );
