import type { Action } from '../../domain/action.js';
import { eventOf } from '../../domain/calendar/ministry-events.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { asTyped } from './client-values.js';

type Known = Pick<Services, 'calendar'>;

const nameOf = (id: string, { calendar }: Known): string | undefined =>
  calendar.events.findLast((event) => event.id === id)?.name;

/** The event that a form was opened for, which its buttons carry (article 4); nothing if there is no such event. */
export function readChosenEvent(data: Record<string, unknown>, known: Known): Pick<Action, 'event'> {
  const event = asTyped(data.event);
  return event !== '' && nameOf(event, known) !== undefined ? { event } : {};
}

/** What a form says of the event that it was opened for; nothing without one. */
export function chosenEventLine(id: string, t: Text, known: Known): string {
  const name = id === '' ? undefined : nameOf(id, known);
  return name === undefined ? '' : t('form.event', { name: escapeMarkdown(name) });
}

/** The name of the event that an action belongs to, in its year if it is listed. Not escaped. */
export function eventName(
  action: Pick<Action, 'event' | 'firstDay' | 'lastDay' | 'halfDays'>,
  { calendar }: Known,
): string | undefined {
  const event = eventOf(action, calendar.events);
  if (event === undefined) return undefined;
  const year = Number(action.firstDay.slice(0, 4));
  const named = calendar.events.filter(({ id }) => id === event);
  return (named.find((e) => e.year === year) ?? named.at(-1))?.name;
}
