import type { Action } from '../../domain/action.js';
import type { Day } from '../../domain/days.js';
import type { Services } from '../feature.js';

/** The events of article 4 to choose from: of this year and the next ones, each once. */
export function eventChoices(
  today: Day,
  { calendar }: Pick<Services, 'calendar'>,
): { title: string; value: string }[] {
  const year = Number(today.slice(0, 4));
  const byId = new Map(calendar.events.filter((e) => e.year >= year).map((e) => [e.id, e.name]));
  return [...byId].map(([value, title]) => ({ title: title.replaceAll("'", '’'), value }));
}

/** The name of the event that a session belongs to, in its year if it is listed. */
export function eventName(
  { event, firstDay }: Pick<Action, 'event' | 'firstDay'>,
  { calendar }: Pick<Services, 'calendar'>,
): string | undefined {
  if (event === undefined) return undefined;
  const year = Number(firstDay.slice(0, 4));
  const named = calendar.events.filter(({ id }) => id === event);
  return (named.find((e) => e.year === year) ?? named.at(-1))?.name;
}
