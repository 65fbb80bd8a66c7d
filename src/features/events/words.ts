import { eventState, type MinistryEvent } from '../../domain/calendar/ministry-events.js';
import type { Day } from '../../domain/days.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { type EventNow, findObstacle, isOver } from './read.js';

/** Its days, or that they are not announced. */
export const whenOf = ({ days, year }: MinistryEvent, t: Text): string =>
  days ? t.dates.range(days.firstDay, days.lastDay) : t('events.notAnnounced', { year: String(year) });

/** How certain its days are, where that must be said. */
export const certainty = (event: MinistryEvent, t: Text): string =>
  eventState(event) === 'provisional' ? t('agenda.provisional') : '';

/** How its campaign stands, in a few words. */
export function campaignWord(now: EventNow, today: Day, t: Text): string {
  if (now.sentAt && !now.event.aside) return t('events.sent', { day: t.dates.noYear(dayAt(now.sentAt)) });
  const obstacle = findObstacle(now, today);
  if (obstacle) return t(`events.word.${obstacle}`);
  return t('events.due', {
    day: t.dates.noYear(now.dueAt && dayAt(now.dueAt) > today ? dayAt(now.dueAt) : today),
  });
}

export function markOf(now: EventNow, today: Day): 'good' | 'wait' | 'warn' | 'off' {
  if (now.event.aside) return 'off';
  if (now.sentAt) return 'good';
  // Nothing is missing of an event that is over.
  if (isOver(now.event, today)) return 'off';
  return findObstacle(now, today) ? 'warn' : 'wait';
}
