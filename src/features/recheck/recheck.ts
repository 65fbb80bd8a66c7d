import { type Action, type Day, type Engagement, isPlacement } from '../../domain/action.js';
import { newsOf } from '../../domain/recheck.js';
import type { Reader, Transaction } from '../../ports.js';
import type { Services } from '../feature.js';
import { checkedNow } from '../host/dates.js';
import { tell } from '../shared/people.js';
import { readRequest, writeMove } from '../shared/records.js';
import { placesOf } from '../shared/schools.js';

export type News = 'broken' | 'confirmed' | undefined;

/** Who still expects the placement to take place. */
export const isLive = ({ state }: Engagement): boolean =>
  state === 'pending' || state === 'sent-back' || state === 'approved' || state === 'waitlisted';

/** The ids of the placements that have not begun. */
export const plannedPlacements = async (reader: Reader, today: Day): Promise<string[]> =>
  (await reader.list('actions', 'byState', 'open', { from: today }))
    .filter(({ kind }) => isPlacement(kind))
    .map(({ id }) => id);

/** Checks some placements again in one transaction; gives what is new of each. */
export function recheckSome(
  ids: readonly string[],
  version: string,
  services: Services,
  dryRun: boolean,
): Promise<News[]> {
  return services.store.transact(async (tx) => {
    const news: News[] = [];
    for (const id of ids) news.push(await recheckOne(tx, id, version, services, dryRun));
    return news;
  });
}

async function recheckOne(
  tx: Transaction,
  id: string,
  version: string,
  services: Services,
  dryRun: boolean,
): Promise<News> {
  const before = await readRequest(tx, id);
  // A run that was cut has told these already.
  if (before?.action.state !== 'open' || before.action.checked?.under === version) return undefined;
  const live = before.engagements.filter(isLive);
  if (live.length === 0 || !isPlacement(before.action.kind)) return undefined;
  const { kind, checked: was } = before.action;
  const places = placesOf(before.action, services);
  const checked = checkedNow({ ...before.action, kind }, places, services, was);
  // What was never checked had passed the form.
  const certainty = was?.certainty ?? 'fine';
  const news = newsOf(certainty, checked.certainty);
  if (dryRun) return news;
  const action: Action = { ...before.action, checked };
  const key = `recheck:${id}:${version}`;
  if (!news) {
    await tx.put('actions', action);
    return undefined;
  }
  const row = { id: key, move: 'recheck', from: certainty, to: checked.certainty, by: 'passerelle' };
  await writeMove(tx, services, before, { action, engagements: before.engagements }, [row]);
  for (const { employeeId } of live) {
    const data = { actionId: id, news, employeeId };
    await tell(tx, services, employeeId, { key: `${key}:${employeeId}`, message: 'recheck.told', data });
  }
  return news;
}
