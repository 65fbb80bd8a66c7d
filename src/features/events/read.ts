import {
  campaignObstacle,
  type EventRecord,
  eventKey,
  type MinistryEvent,
} from '../../domain/calendar/ministry-events.js';
import { daysBefore } from '../../domain/calendar/working-hours.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { addDays, type Day, type Instant } from '../../domain/days.js';
import type { Entry } from '../../domain/registers/entry.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import { Refusal, type Services } from '../feature.js';

/** How far ahead the events to come are. */
const daysAhead = 365;
/** The days of an event may be entered this late, for figures of years that are not closed. */
export const daysBack = 730;

/** An event with what is known of its campaign. */
export interface EventNow {
  readonly key: string;
  readonly event: MinistryEvent;
  /** What coordinators have changed; nothing as long as it is as in the data. */
  readonly record: EventRecord | undefined;
  /** The entry of the register whose words its campaign takes (article 6). */
  readonly entry: Entry | undefined;
  /** When its campaign went out. */
  readonly sentAt: Instant | undefined;
  /** When its campaign is due; nothing as long as its days are unknown. */
  readonly dueAt: Instant | undefined;
}

/** The run that records that the campaign of an event has gone out, and the key of its message. */
export const campaignRun = (key: string): string => `campaign:${key}`;

/** An event as it is now, with its campaign. */
export async function describeEvent(
  reader: Reader,
  event: MinistryEvent,
  { convention, calendar }: Services,
): Promise<EventNow> {
  const key = eventKey(event);
  const record = await reader.get('events', key);
  const entry = record?.communication ? await reader.get('entries', record.communication) : undefined;
  const { messageHours, campaignWeeks } = convention;
  return {
    key,
    event,
    record,
    entry,
    sentAt: (await reader.get('jobs', campaignRun(key)))?.at,
    dueAt: event.days && daysBefore(event.days.firstDay, 7 * campaignWeeks, zone, messageHours, calendar),
  };
}

/** The event with a key; nothing if there is none. */
export async function findEvent(
  reader: Reader,
  key: string,
  services: Services,
): Promise<EventNow | undefined> {
  const event = services.calendar.events.find((e) => eventKey(e) === key);
  return event && describeEvent(reader, event, services);
}

/** @throws Refusal if there is no such event */
export async function requireEvent(reader: Reader, key: string, services: Services): Promise<EventNow> {
  const found = await findEvent(reader, key, services);
  if (!found) throw new Refusal('refusal.outdated');
  return found;
}

/** Where an event is in the list of coordinators: in the next twelve months, after them, or over. */
export type EventPlace = 'toCome' | 'later' | 'past';
export interface ListedEvent {
  readonly place: EventPlace;
  readonly event: MinistryEvent;
}

/**
 * The events that are listed: those of the next twelve months by their first day, then those whose days are not
 * announced. Coordinators, who keep them, also have those after, then those that are over, the latest first: since the
 * beginning of the oldest programme year for which days can still be entered.
 */
export function listEvents(
  today: Day,
  { calendar, convention }: Pick<Services, 'calendar' | 'convention'>,
  { coordinator }: { readonly coordinator: boolean },
): ListedEvent[] {
  const from = programmeYear(addDays(today, -daysBack), convention).firstDay;
  const listed = calendar.events.flatMap((event): ListedEvent[] => {
    const place = placeOf(event, today, from);
    if (!place || (!coordinator && (place !== 'toCome' || event.aside))) return [];
    return [{ place, event }];
  });
  const of = (place: EventPlace) => listed.filter((one) => one.place === place);
  return [
    ...of('toCome').sort(by(({ days }) => days?.firstDay ?? '~')),
    ...of('later').sort(by(({ days }) => days?.firstDay ?? '~')),
    ...of('past')
      .sort(by(({ days }) => days?.lastDay ?? ''))
      .reverse(),
  ];
}

/** The events of the next twelve months that are not put aside. */
export const eventsToCome = (
  today: Day,
  services: Pick<Services, 'calendar' | 'convention'>,
): MinistryEvent[] => listEvents(today, services, { coordinator: false }).map(({ event }) => event);

const yearOf = (day: Day): number => Number(day.slice(0, 4));

/** Nothing for an event that was over before a day. */
function placeOf({ days, year }: MinistryEvent, today: Day, from: Day): EventPlace | undefined {
  const last = addDays(today, daysAhead);
  if (days && days.lastDay >= today) return days.firstDay <= last ? 'toCome' : 'later';
  if (days) return days.lastDay >= from ? 'past' : undefined;
  if (year >= yearOf(today)) return year <= yearOf(last) ? 'toCome' : 'later';
  return year >= yearOf(from) ? 'past' : undefined;
}

const by = (sort: (event: MinistryEvent) => string) => (a: ListedEvent, b: ListedEvent) =>
  `${sort(a.event)}|${a.event.name}` < `${sort(b.event)}|${b.event.name}` ? -1 : 1;

/** Whether the days of an event have passed. */
export const isOver = ({ days }: Pick<MinistryEvent, 'days'>, today: Day): boolean =>
  days !== undefined && days.lastDay < today;

/** The words of a campaign wait for the agreement of the other party (article 6). */
export const isAgreed = ({ record, entry }: EventNow): boolean =>
  record?.communication === undefined || entry?.state === 'agreed' || entry?.state === 'published';

export type Obstacle = NonNullable<ReturnType<typeof campaignObstacle>> | 'sent' | 'not-agreed' | 'held';

/** Why the campaign of an event does not go out now, whenever it is due; nothing if it may. */
export function findObstacle(now: EventNow, today: Day): Obstacle | undefined {
  if (now.event.aside) return 'aside';
  if (now.sentAt) return 'sent';
  return (
    campaignObstacle(now.event, today) ??
    (now.record?.held ? 'held' : isAgreed(now) ? undefined : 'not-agreed')
  );
}

export const todayOf = ({ clock }: Pick<Services, 'clock'>): Day => dayAt(clock.now());
