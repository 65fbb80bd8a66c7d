import { type Action, type Engagement, isPlacement } from '../../domain/action.js';
import type { Day } from '../../domain/days.js';
import { compareCertainty } from '../../domain/placements/recheck.js';
import type { Reader, Transaction } from '../../ports.js';
import type { Services } from '../feature.js';
import { checkNow } from '../host/dates.js';
import { notify } from '../shared/people.js';
import { readRequest, writeMove } from '../shared/records.js';
import { findPlaces } from '../shared/schools.js';

export type CertaintyChange = 'broken' | 'confirmed' | undefined;

/** Whether the employee still expects the placement to take place. */
export const isLive = ({ state }: Engagement): boolean =>
  state === 'pending' || state === 'sent-back' || state === 'approved' || state === 'waitlisted';

/** The ids of the placements that have not begun. */
export const readPlannedIds = async (reader: Reader, today: Day): Promise<string[]> =>
  (await reader.list('actions', 'byState', 'open', { from: today }))
    .filter(({ kind }) => isPlacement(kind))
    .map(({ id }) => id);

/** Rechecks some placements in one transaction; returns what changed for each. */
export function recheckBatch(
  ids: readonly string[],
  version: string,
  services: Services,
  dryRun: boolean,
): Promise<CertaintyChange[]> {
  return services.store.transact(async (tx) => {
    const news: CertaintyChange[] = [];
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
): Promise<CertaintyChange> {
  const before = await readRequest(tx, id);
  // An interrupted run has already told these.
  if (before?.action.state !== 'open' || before.action.checked?.under === version) return undefined;
  const live = before.engagements.filter(isLive);
  if (live.length === 0 || !isPlacement(before.action.kind)) return undefined;
  const { kind, checked: was } = before.action;
  const places = findPlaces(before.action, services);
  const checked = checkNow({ ...before.action, kind }, places, services, was);
  // If it was never checked, it had passed the form.
  const certainty = was?.certainty ?? 'fine';
  const news = compareCertainty(certainty, checked.certainty);
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
    await notify(tx, services, employeeId, { key: `${key}:${employeeId}`, message: 'recheck.told', data });
  }
  return news;
}
