import { createSums, type YearSums } from '../../domain/imports/sums.js';
import type { Transaction } from '../../ports.js';
import type { Import, ImportCard } from '../../records.js';
import type { Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { addSums } from './add-sums.js';
import { countPeople, partId } from './keep.js';
import { writePart } from './write-part.js';

/** How many times the cards of an import are drawn anew while it goes on. */
const progressSteps = 10;

/** Whether another import is being added or taken back: one at a time, so that each sees what is there. */
export const isBusy = async (tx: Pick<Transaction, 'list'>): Promise<boolean> => {
  for (const state of ['adding', 'dropped'] as const)
    if ((await tx.list('imports', 'byState', state, { limit: 1 })).length > 0) return true;
  return false;
};

/**
 * Begins to add a file that waits, with the numbers of its actions.
 * @returns the import as it is then; `busy` while another one is under way, nothing if there is none that waits
 */
export const beginAdding = (
  id: string,
  services: Services,
  by: string,
  cards: readonly ImportCard[] = [],
): Promise<Import | 'busy' | undefined> =>
  services.store.transact(async (tx) => {
    const found = await tx.get('imports', id);
    if (found?.state !== 'ready') return found;
    if (await isBusy(tx)) return 'busy';
    const numbers = (await tx.get('counters', 'requests'))?.value ?? 0;
    await tx.put('counters', { id: 'requests', value: numbers + found.actions });
    const begun: Import = {
      ...found,
      state: 'adding',
      by,
      at: services.clock.now(),
      firstNumber: numbers + 1,
      cards,
    };
    await tx.put('imports', begun);
    return begun;
  });

/**
 * Does the next step of an import that is being added: writes one part, or lets all of them exist at once. Steps of
 * several processes do no harm: each is done by the first only, in the transaction that counts it.
 * @param tells whether to tell the person when it is done, who no longer looks at it
 * @returns the import as it is then
 */
export async function addNext(
  { id, written, parts }: Import,
  services: Services,
  { tells }: { readonly tells: boolean },
): Promise<Import | undefined> {
  const { store } = services;
  if (written < parts)
    return store.transact(async (tx) => {
      const found = await tx.get('imports', id);
      if (found?.state !== 'adding' || found.written !== written) return found;
      const part = await tx.get('importparts', partId(id, 'a', written));
      if (part) await writePart(tx, found, part, services);
      const next: Import = { ...found, written: written + 1 };
      await tx.put('imports', next);
      const step = (n: number) => Math.floor((n * progressSteps) / parts);
      if (step(next.written) > step(written)) await redrawCards(tx, next, services);
      return next;
    });
  const sums = await sumParts({ id, parts }, services);
  return store.transact(async (tx) => {
    const found = await tx.get('imports', id);
    if (found?.state !== 'adding' || found.written < parts) return found;
    // An amendment was signed meanwhile: the next step counts by it.
    if (JSON.stringify(await services.conventionIn(tx)) !== sums.countedBy) return found;
    await addSums(tx, sums.years);
    const { engagements, actions } = sums;
    const added: Import = { ...found, state: 'added', endedAt: services.clock.now(), engagements, actions };
    await tx.put('imports', added);
    await redrawCards(tx, added, services);
    if (tells)
      await notify(tx, services, added.by, {
        key: `import:${id}`,
        message: 'imports.done',
        data: { id, fileName: added.fileName },
      });
    return added;
  });
}

/** What the parts add to the figures of each year, as they were written. */
async function sumParts({ id, parts }: Pick<Import, 'id' | 'parts'>, { store, conventionIn }: Services) {
  const convention = await store.read(conventionIn);
  const sums = createSums(convention);
  let [engagements, count] = [0, 0];
  for (let n = 0; n < parts; n++) {
    const part = await store.read((reader) => reader.get('importparts', partId(id, 'a', n)));
    for (const action of part?.actions ?? []) sums.add(action);
    engagements += countPeople(part?.actions ?? []);
    count += part?.actions?.length ?? 0;
  }
  const years: readonly YearSums[] = sums.finish();
  return { years, engagements, actions: count, countedBy: JSON.stringify(convention) };
}

/** Draws the cards of an import as it is when they are sent, or that there is none any more. */
export async function redrawCards(
  tx: Transaction,
  { id, fileName, cards = [] }: Import,
  services: Services,
): Promise<void> {
  for (const { conversationId, activityId, lang } of cards)
    await services.enqueue(tx, {
      key: `update:import:${id}`,
      op: 'update',
      conversationId,
      activityId,
      lang,
      message: 'imports.state',
      data: { id, fileName },
    });
}
