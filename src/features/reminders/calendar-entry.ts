import { type Action, isPlacement } from '../../domain/action.js';
import { classifyDay } from '../../domain/calendar/school-calendar.js';
import { isWorkingDay } from '../../domain/calendar/working-days.js';
import { instantAt } from '../../domain/calendar/working-hours.js';
import { addDays, type Day, eachDay, weekday } from '../../domain/days.js';
import { zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { describeWhen, rowTitle } from '../shared/request-view.js';
import { findPlaces, schoolNames } from '../shared/schools.js';

/** An action as a calendar shows it. */
export interface CalendarEntry {
  readonly title: string;
  /** The school or the company's site; empty if neither is known. */
  readonly place: string;
  readonly text: string;
  /** The days on which the person is there, at least one. */
  readonly days: readonly Day[];
  /** In Paris; without hours it takes the whole days. */
  readonly hours: Action['hours'];
}

export function describeEntry(action: Action, t: Text, services: Services): CalendarEntry {
  const site = services.convention.sites.find(({ id }) => id === action.site)?.name;
  const schools = schoolNames(action, services).join(', ');
  const when = capitaliseFirst(`${describeWhen(action, t)}.`);
  return {
    title: rowTitle(action, t),
    place: site ?? schools,
    text: [when, t('reminders.entry', { number: String(action.number) })].join('\n'),
    days: presenceDays(action, services),
    hours: action.hours,
  };
}

/**
 * The days of an action on which people meet: of a placement without weekends, the weekdays on which pupils do not
 * come, and the days that all its schools have off.
 */
function presenceDays(action: Action, services: Pick<Services, 'schools' | 'calendar'>): Day[] {
  const all = eachDay(action.firstDay, action.lastDay);
  if (!isPlacement(action.kind)) return all;
  const { calendar } = services;
  const places = findPlaces(action, services);
  const isSchoolDay = (day: Day) =>
    places.length === 0 ||
    places.some((place) => ['school-day', 'unknown'].includes(classifyDay(day, place, calendar).kind));
  const wanted = all.filter((day) => action.weekdays?.includes(weekday(day)) ?? weekday(day) <= 5);
  const days = wanted.filter((day) => isWorkingDay(day, calendar) && isSchoolDay(day));
  return days.length > 0 ? days : all;
}

/**
 * The address at which Outlook on the web shows a new entry, filled in. It knows no repetition: of several days it
 * fills in the whole period, and the text says the hours.
 */
export function outlookUrl({ title, place, text, days, hours }: CalendarEntry): string {
  const [first = '', last = first] = [days[0], days.at(-1)];
  const times =
    hours && days.length === 1
      ? { startdt: utc(first, hours.from), enddt: utc(first, hours.until) }
      : { startdt: first, enddt: addDays(last, 1), allday: 'true' };
  const fields = {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: title,
    ...times,
    location: place,
    body: text,
  };
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `https://outlook.office.com/calendar/deeplink/compose?${query.join('&')}`;
}

/** Without milliseconds, which Outlook does not read. */
const utc = (day: Day, time: string): string => instantAt(day, time, zone).replace('.000Z', 'Z');
