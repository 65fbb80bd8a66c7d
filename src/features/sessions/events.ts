import type { Day } from '../../domain/days.js';
import type { Services } from '../feature.js';

/**
 * The events of article 4 to choose from: of this year and the next ones, each once.
 * @param kept one that is chosen already, whatever its year
 */
export function eventChoices(
  today: Day,
  { calendar }: Pick<Services, 'calendar'>,
  kept?: string,
): { title: string; value: string }[] {
  const year = Number(today.slice(0, 4));
  const offered = calendar.events.filter((e) => (e.year >= year && !e.aside) || e.id === kept);
  const byId = new Map(offered.map((e) => [e.id, e.name]));
  return [...byId].map(([value, title]) => ({ title, value }));
}
