import { type EventRecord, mergeEvents } from '../../domain/calendar/ministry-events.js';
import type { Calendar } from '../../domain/calendar/school-calendar.js';
import type { Reader } from '../../ports.js';
import type { DrawMessage, Feature, FeatureAction, MakeFile, Services } from '../feature.js';

export const readEventRecords = (reader: Reader): Promise<readonly EventRecord[]> =>
  reader.list('events', 'byId', 'all');

interface Merged {
  readonly print: string;
  readonly calendar: Calendar;
}
/** Figures are remembered by their calendar, so it stays the same one until an event is changed. */
const merged = new WeakMap<Calendar, Merged>();

/** The calendar of the data, with the events as coordinators have changed them (article 4). */
export async function readCalendarNow(
  reader: Reader,
  { calendar }: Pick<Services, 'calendar'>,
): Promise<Calendar> {
  const records = await readEventRecords(reader);
  if (records.length === 0) return calendar;
  const print = records.map(({ id, history }) => `${id}/${history.at(-1)?.id}`).join();
  const known = merged.get(calendar);
  if (known?.print === print) return known.calendar;
  const now = { ...calendar, events: mergeEvents(calendar.events, records) };
  merged.set(calendar, { print, calendar: now });
  return now;
}

/** The same services with the events as they are now. */
export const readEventsNow = async (services: Services): Promise<Services> => ({
  ...services,
  calendar: await services.store.read((reader) => readCalendarNow(reader, services)),
});

/** A feature that sees the events as they are now in whatever it does. */
export function withEventsNow(feature: Feature): Feature {
  const now = readEventsNow;
  const { open, actions, messages, files } = feature;
  const act = (action: FeatureAction): FeatureAction => ({
    ...action,
    run: async (actor, data, services) => action.run(actor, data, await now(services)),
  });
  const draw =
    (message: DrawMessage): DrawMessage =>
    async (row, reader, services) =>
      message(row, reader, { ...services, calendar: await readCalendarNow(reader, services) });
  const make =
    (file: MakeFile): MakeFile =>
    async (link, services) =>
      file(link, await now(services));
  return {
    ...feature,
    ...(open && { open: async (actor, services, start) => open(actor, await now(services), start) }),
    actions: mapValues(actions, act),
    ...(messages && { messages: mapValues(messages, draw) }),
    ...(files && { files: mapValues(files, make) }),
  };
}

const mapValues = <T>(of: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));
