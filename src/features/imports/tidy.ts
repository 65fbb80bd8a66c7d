import { toStored } from '../../domain/imports/stored.js';
import type { Transaction } from '../../ports.js';
import type { Import, ImportPart } from '../../records.js';
import type { Services } from '../feature.js';
import { indexPerson, indexSchools } from '../shared/search-words.js';
import { partId } from './keep.js';

/** How long a file waits for a decision, and its findings can be read. */
const keptHours = 24;
const partsAtOnce = 20;

/**
 * Takes back what an import has written, a part at a time, the last one first; then nothing is left of it. What it wrote
 * has never existed for others.
 * @returns whether there is more to do
 */
export async function takeBackNext({ id, written }: Import, services: Services): Promise<boolean> {
  return services.store.transact(async (tx) => {
    const found = await tx.get('imports', id);
    if (found?.state !== 'dropped' || found.written !== written) return found?.state === 'dropped';
    if (written === 0) return removeParts(tx, found);
    const part = await tx.get('importparts', partId(id, 'a', written - 1));
    if (part) await removeWritten(tx, found, part);
    await tx.put('imports', { ...found, written: written - 1 });
    return true;
  });
}

async function removeWritten(
  tx: Transaction,
  { id: importId }: Import,
  { actions = [] }: ImportPart,
): Promise<void> {
  await Promise.all(
    actions.map(async (imported) => {
      const { action, engagements } = toStored(imported, { number: 0, by: '', at: '', importId });
      const { schools: _, school: __, ...nowhere } = action;
      await Promise.all([
        tx.remove('actions', action.id),
        ...engagements.map((engagement) => tx.remove('engagements', engagement.id)),
        tx.remove('history', `import:${action.id}`),
        indexSchools(tx, action, nowhere),
      ]);
    }),
  );
  const people = new Set(actions.flatMap((action) => action.people.map(({ id }) => id)));
  for (const id of people) await forgetUnmet(tx, id);
}

/** Removes the record of somebody of whom only this import has spoken. */
async function forgetUnmet(tx: Transaction, id: string): Promise<void> {
  const person = await tx.get('people', id);
  if (!person || person.teamsId !== id) return;
  if ((await tx.list('engagements', 'byEmployee', id, { limit: 1 })).length > 0) return;
  const { name: _, ...nameless } = person;
  await indexPerson(tx, person, nameless);
  await tx.remove('people', id);
}

/** Removes some parts of an import; with the last one, the import itself unless it was added. */
async function removeParts(tx: Transaction, found: Import): Promise<boolean> {
  const parts = await tx.list('importparts', 'byImport', found.id, { limit: partsAtOnce });
  for (const { id } of parts) await tx.remove('importparts', id);
  if (parts.length === partsAtOnce) return true;
  if (found.state === 'added') await tx.put('imports', { ...found, tidied: true });
  else await tx.remove('imports', found.id);
  return false;
}

/** Whether the parts of an import are no longer needed. */
export const isOutdated = ({ state, at, endedAt }: Import, now: string): boolean =>
  state !== 'adding' && Date.parse(now) - Date.parse(endedAt ?? at) >= keptHours * 3_600_000;

/**
 * Removes the parts of a file that nobody has decided on, or that was added a day ago.
 * @returns whether there is more to do
 */
export const forgetNext = ({ id }: Import, { store, clock }: Services): Promise<boolean> =>
  store.transact(async (tx) => {
    const found = await tx.get('imports', id);
    return found && isOutdated(found, clock.now()) ? removeParts(tx, found) : false;
  });
