import type { Action } from '../action.js';
import { addDays, type Day, type Instant, weekday } from '../days.js';

/** An event of the ministry (article 4) in one year. */
export interface MinistryEvent {
  readonly id: string;
  readonly name: string;
  readonly year: number;
  /** Absent until the ministry announces them; both days included. */
  readonly days?: { readonly firstDay: Day; readonly lastDay: Day };
  /** False: from a single source, shown as provisional until a coordinator confirms it. */
  readonly confirmed: boolean;
  /** A coordinator has put it aside: it is not proposed, and labels nothing. */
  readonly aside?: boolean;
}

/** One change of an event, or of its campaign, by a coordinator. */
export interface EventRow {
  /** The key of the form or button that made it. */
  readonly id: string;
  readonly did: 'add' | 'edit' | 'aside' | 'resume' | 'hold' | 'release' | 'send';
  readonly by: string;
  readonly at: Instant;
}

/** An event as coordinators have changed it: it takes the place of the row of the data. */
export interface EventRecord {
  /** See `eventKey`. */
  readonly id: string;
  readonly event: MinistryEvent;
  /** The entry of the register whose words its campaign takes, once they are agreed (article 6). */
  readonly communication?: string;
  /** Its campaign is held back. */
  readonly held?: boolean;
  /** Oldest first. */
  readonly history: readonly EventRow[];
}

/** An event in one year. */
export const eventKey = ({ id, year }: Pick<MinistryEvent, 'id' | 'year'>): string => `${id}:${year}`;

/** The events of the data, with those that coordinators have changed in their place, and those they have added. */
export function mergeEvents(
  listed: readonly MinistryEvent[],
  records: readonly EventRecord[],
): MinistryEvent[] {
  const byKey = new Map(listed.map((event) => [eventKey(event), event]));
  for (const { id, event } of records) byKey.set(id, event);
  return [...byKey.values()];
}

/**
 * The event that an action belongs to (article 4): the one that was chosen with it, otherwise the first in whose days
 * it lies from beginning to end. An availability has no day yet.
 */
export function eventOf(
  { event, firstDay, lastDay, halfDays }: Pick<Action, 'event' | 'firstDay' | 'lastDay' | 'halfDays'>,
  events: readonly MinistryEvent[],
): string | undefined {
  if (event !== undefined || halfDays) return event;
  return events.find(
    ({ days, aside }) => !aside && days && days.firstDay <= firstDay && lastDay <= days.lastDay,
  )?.id;
}

/** The days of an event without the weekend at either end, if anything is left: what a form begins with. */
export function weekdaysOf(days: NonNullable<MinistryEvent['days']>): NonNullable<MinistryEvent['days']> {
  let { firstDay, lastDay } = days;
  while (weekday(firstDay) > 5) firstDay = addDays(firstDay, 1);
  while (weekday(lastDay) > 5) lastDay = addDays(lastDay, -1);
  return firstDay <= lastDay ? { firstDay, lastDay } : days;
}

/** Why no campaign goes out for an event: nothing is posted once it has begun. */
export function campaignObstacle(
  { days, aside }: Pick<MinistryEvent, 'days' | 'aside'>,
  today: Day,
): 'aside' | 'no-days' | 'begun' | undefined {
  if (aside) return 'aside';
  if (!days) return 'no-days';
  return days.firstDay <= today ? 'begun' : undefined;
}

/**
 * How certain the days of an event are. `not-announced` means that the days are unknown, not that there is no event.
 */
export const eventState = (event: MinistryEvent): 'not-announced' | 'provisional' | 'confirmed' => {
  if (!event.days) return 'not-announced';
  return event.confirmed ? 'confirmed' : 'provisional';
};
