import ical, {
  ICalCalendarMethod,
  ICalEventRepeatingFreq,
  ICalEventStatus,
  ICalWeekday,
} from 'ical-generator';
import { DateTime } from 'luxon';
import type { Action, Engagement, HistoryRow } from '../../domain/action.js';
import { addDays, type Day, eachDay, weekday } from '../../domain/days.js';
import { zone } from '../../text/dates.js';
import type { MakeFile } from '../feature.js';
import { langOf } from '../shared/people.js';
import { engagementId } from '../shared/records.js';
import { type CalendarEntry, describeEntry } from './calendar-entry.js';

/** The entry of an engagement, or its cancellation when there is nothing to attend any more. */
export const makeCalendarFile: MakeFile = async ({ personId, about }, services) => {
  const [action, engagement, person, history] = await services.store.read((reader) =>
    Promise.all([
      reader.get('actions', about),
      reader.get('engagements', engagementId(about, personId)),
      reader.get('people', personId),
      reader.list('history', 'byAction', about),
    ]),
  );
  if (!action || !engagement || !person || action.halfDays) return undefined;
  const t = services.textIn(langOf(person));
  const isOn = isAttended(action, engagement);
  const content = writeCalendar(describeEntry(action, t, services), {
    uid: `${engagement.id.replace(/[^\w-]/g, '-')}@passerelle`,
    sequence: countChanges(action, engagement, history),
    isOn,
    now: services.clock.now(),
  });
  const name = t(isOn ? 'reminders.files.name' : 'reminders.files.cancelledName', {
    number: String(action.number),
  });
  return { name: `${name}.ics`, type: `text/calendar; charset=utf-8; method=${methodOf(isOn)}`, content };
};

const isAttended = ({ state }: Action, engagement: Engagement): boolean =>
  (state === 'open' || state === 'held') && ['approved', 'attended', 'absent'].includes(engagement.state);

/**
 * How many times the entry has changed: the day, the hours or the place, whether the person comes, whether it takes
 * place. Calendars keep the entry with the higher number (RFC 5545, 3.8.7.4).
 */
function countChanges(
  { revision = 0, state }: Action,
  { id }: Engagement,
  history: readonly HistoryRow[],
): number {
  const departures = history.filter(
    ({ engagementId, from, to }) =>
      engagementId === id && from === 'approved' && !['approved', 'attended', 'absent'].includes(to),
  );
  return revision + departures.length + (state === 'cancelled' || state === 'not-held' ? 1 : 0);
}

const methodOf = (isOn: boolean) => (isOn ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.CANCEL);

interface Version {
  readonly uid: string;
  readonly sequence: number;
  readonly isOn: boolean;
  readonly now: string;
}

/**
 * One entry, whatever the number of its days, so that the next version replaces it. Its hours are those of Paris, with
 * the rules of that zone: they stay right over a change of clocks, and in every other zone.
 */
function writeCalendar(entry: CalendarEntry, { uid, sequence, isOn, now }: Version): string {
  const { title, place, text, days, hours } = entry;
  const [first = '', last = first] = [days[0], days.at(-1)];
  const at = (day: Day, time = '00:00') => DateTime.fromISO(`${day}T${time}`, { zone });
  const calendar = ical({
    prodId: { company: 'Passerelle', product: 'Passerelle' },
    method: methodOf(isOn),
    timezone: { name: null, generator: () => parisTime },
  });
  const weekdays = [...new Set(days.map(weekday))].sort();
  const offered = eachDay(first, last).filter((day) => weekdays.includes(weekday(day)));
  const exclude = offered.filter((day) => !days.includes(day)).map((day) => at(day, hours?.from));
  calendar.createEvent({
    id: uid,
    sequence,
    stamp: DateTime.fromISO(now, { zone: 'utc' }),
    start: at(first, hours?.from),
    end: hours ? at(first, hours.until) : at(addDays(first, 1)),
    ...(hours ? { timezone: zone } : { allDay: true }),
    ...(days.length > 1
      ? {
          repeating: {
            freq: ICalEventRepeatingFreq.WEEKLY,
            count: offered.length,
            byDay: weekdays.map((d) => daysOfWeek[d - 1] ?? ICalWeekday.MO),
            ...(exclude.length > 0 ? { exclude } : {}),
          },
        }
      : {}),
    summary: title,
    ...(place ? { location: place } : {}),
    description: text,
    // RFC 5546, 3.2.1 and 3.2.5, ask for one; nobody is meant to write to it.
    organizer: { name: 'Passerelle', email: 'passerelle@passerelle.invalid' },
    status: isOn ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
  });
  return `${calendar.toString()}\r\n`;
}

const daysOfWeek = [
  ICalWeekday.MO,
  ICalWeekday.TU,
  ICalWeekday.WE,
  ICalWeekday.TH,
  ICalWeekday.FR,
  ICalWeekday.SA,
  ICalWeekday.SU,
];

/** The rules of Europe/Paris: the last Sundays of March and October, since 1996 (directive 2000/84/CE). */
const parisTime = `BEGIN:VTIMEZONE
TZID:${zone}
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE`;
