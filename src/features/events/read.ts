import {
  campaignObstacle,
  type EventRecord,
  eventKey,
  type MinistryEvent,
} from '../../domain/calendar/ministry-events.js';
import { daysBefore } from '../../domain/calendar/working-hours.js';
import { addDays, type Day, type Instant } from '../../domain/days.js';
import type { Entry } from '../../domain/registers/entry.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import { Refusal, type Services } from '../feature.js';

/** How far ahead the list looks. */
const daysAhead = 365;

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

/** The events of the next twelve months by their first day; then those whose days are not announced yet. */
export function eventsToCome(
  today: Day,
  { calendar }: Pick<Services, 'calendar'>,
  { aside }: { aside: boolean },
): MinistryEvent[] {
  const last = addDays(today, daysAhead);
  const sort = ({ days, name }: MinistryEvent) => `${days?.firstDay ?? '~'}|${name}`;
  return calendar.events
    .filter((event) => aside || !event.aside)
    .filter(({ days, year }) =>
      days
        ? days.lastDay >= today && days.firstDay <= last
        : Number(today.slice(0, 4)) <= year && year <= Number(last.slice(0, 4)),
    )
    .sort((a, b) => (sort(a) < sort(b) ? -1 : 1));
}

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
