import { programmeYear } from '../../domain/convention/programme-year.js';
import type { Actor, Card, Services } from '../feature.js';
import { areaInput } from '../shared/area.js';
import { readWhole } from '../shared/client-values.js';
import { lineCard } from './line-card.js';
import { linesCard } from './lines-card.js';
import { toLinesView } from './view.js';

/** Opens the line of the request with a number, if it is in the year; without a number, the lines of a month. */
export async function findLine(
  actor: Actor,
  data: Readonly<Record<string, unknown>>,
  services: Services,
): Promise<Card> {
  const view = toLinesView({ from: data.from, of: data.month, area: data[areaInput] }, services);
  const number = readWhole(data.number);
  if (number === undefined) return linesCard(actor, view, services);
  const [found] = await services.store.read((reader) => reader.list('actions', 'byNumber', String(number)));
  const isIn = found && programmeYear(found.firstDay, services.convention).id === view.year.id;
  return isIn
    ? lineCard(actor, found.id, services)
    : linesCard(actor, { ...view, missing: number }, services);
}
