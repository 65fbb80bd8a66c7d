import { type EventRecord, mergeEvents } from '../../domain/calendar/ministry-events.js';
import type { Calendar } from '../../domain/calendar/school-calendar.js';
import type { Reader } from '../../ports.js';
import type { Services } from '../feature.js';

export const readEventRecords = (reader: Reader): Promise<readonly EventRecord[]> =>
  reader.list('events', 'byId', 'all');

/** Reads the calendar of the data, with the events as coordinators have changed them (article 4). */
export function createCalendarReader(data: Calendar): Services['calendarIn'] {
  // Figures are remembered by their calendar, so it stays the same one until an event is changed.
  let latest = { print: '', calendar: data };
  return async (reader) => {
    const records = await readEventRecords(reader);
    const print = records.map(({ id, history }) => `${id}/${history.at(-1)?.id}`).join();
    if (print !== latest.print)
      latest = { print, calendar: { ...data, events: mergeEvents(data.events, records) } };
    return latest.calendar;
  };
}
