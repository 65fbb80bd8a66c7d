import { setImmediate as nextTurn } from 'node:timers/promises';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { mayCount } from '../../domain/report/counted.js';
import type { Transaction } from '../../ports.js';
import { type ErasedPerson, indexes, type RecordKind, type Records } from '../../records.js';
import type { Services } from '../feature.js';
import { rewritePart } from '../report/closed.js';
import { engagementId, enqueueRedraws, raiseChanges, readRequest } from '../shared/records.js';
import { updateTally } from '../shared/tallies.js';
import { createEraser, type Eraser } from './rewrite.js';

/** Small enough not to delay other transactions: an engagement is counted again. */
const [engagementsAtOnce, recordsAtOnce] = [20, 100];
/** Records that are looked through before other turns go on. */
const lookedAtOnce = 500;

/** What led to somebody: nothing can be sent there any more once it is gone. */
const ownKinds = ['outbox', 'posts', 'conversations', 'links', 'words'] as const satisfies RecordKind[];
const allKinds = (Object.keys(indexes) as RecordKind[]).filter((kind) => kind !== 'erasures');

interface Erased {
  readonly newId: string;
  readonly person: ErasedPerson;
}

/** Removes what was for somebody alone, such as the messages to them. */
export async function removeOwn({ newId, person }: Erased, services: Services): Promise<void> {
  const eraser = createEraser(person, newId);
  for (const kind of ownKinds) await sweepKind(kind, eraser, services);
}

/**
 * Takes somebody out of every record, some at a time; what was interrupted goes on where it was.
 * @returns whether nothing of them was found, so that nothing is left
 */
export async function sweep({ newId, person }: Erased, services: Services): Promise<boolean> {
  const eraser = createEraser(person, newId);
  let isClean = !(await isImporting(services));
  for (const id of person.ids) while (await moveEngagements(id, newId, eraser, services)) isClean = false;
  for (const kind of allKinds) if (await sweepKind(kind, eraser, services)) isClean = false;
  return isClean;
}

/** Whether records are being written that nobody sees yet. */
const isImporting = ({ store }: Services): Promise<boolean> =>
  store.read(async (reader) =>
    (await reader.list('imports', 'byParts', 'kept')).some(
      ({ state }) => state === 'adding' || state === 'dropped',
    ),
  );

/**
 * Gives the next engagements of somebody to the random id, with what they count for, so that the figures hold at every
 * moment but for the distinct employees between two steps.
 * @returns whether there were any
 */
const moveEngagements = (
  from: string,
  to: string,
  { replace }: Eraser,
  services: Services,
): Promise<boolean> =>
  services.store.transact(async (tx) => {
    const some = await tx.list('engagements', 'byEmployee', from, { limit: engagementsAtOnce });
    const convention = await services.conventionIn(tx);
    const years = new Set<string>();
    for (const own of some) {
      const before = await readRequest(tx, own.actionId);
      const id = engagementId(own.actionId, to);
      const moved = { ...replace(own), id, employeeId: to };
      await tx.remove('engagements', own.id);
      await tx.put('engagements', moved);
      if (!before) continue;
      // Who wrote an offer has an engagement in it, at every moment.
      const action = replace(before.action);
      if (action !== before.action) await tx.put('actions', action);
      const others = before.engagements.filter((e) => e.id !== own.id && e.id !== id);
      const after = { action, engagements: [...others, moved] };
      await updateTally(tx, convention, before, after);
      if (mayCount(before.action, before.engagements))
        years.add(programmeYear(before.action.firstDay, convention).id);
      await enqueueRedraws(tx, services, own.actionId, {});
    }
    for (const year of years) await raiseChanges(tx, year);
    return some.length > 0;
  });

/** @returns whether something was found */
async function sweepKind(kind: RecordKind, eraser: Eraser, services: Services): Promise<boolean> {
  const records = await services.store.read((reader) => reader.all(kind));
  const found: string[] = [];
  for (const [i, record] of records.entries()) {
    if (i % lookedAtOnce === lookedAtOnce - 1) await nextTurn();
    if (eraser.rewrite(kind, record) !== record) found.push(record.id);
  }
  for (let first = 0; first < found.length; first += recordsAtOnce) {
    const ids = found.slice(first, first + recordsAtOnce);
    await services.store.transact(async (tx) => {
      // Together, so that a database is asked once.
      await Promise.all(ids.map((id) => rewriteStored(tx, kind, id, eraser, services)));
    });
  }
  const inLines = kind === 'closedlines' && (await sweepLines(eraser, services));
  return found.length > 0 || inLines;
}

async function rewriteStored<K extends RecordKind>(
  tx: Transaction,
  kind: K,
  id: string,
  { rewrite }: Eraser,
  services: Services,
): Promise<void> {
  const stored = await tx.get(kind, id);
  // A message that is being sent is recorded under its key.
  if (!stored || (kind === 'outbox' && isBeingSent(stored as Records['outbox']))) return;
  const rewritten = rewrite(kind, stored);
  if (rewritten === stored) return;
  if (rewritten?.id !== id) await tx.remove(kind, id);
  if (rewritten) await tx.put(kind, rewritten);
  await redraw(tx, kind, rewritten, services);
}

/** Their name is on the cards of what is still going on. */
async function redraw(
  tx: Transaction,
  kind: RecordKind,
  record: Records[RecordKind] | undefined,
  services: Services,
): Promise<void> {
  if (!record || (kind !== 'actions' && kind !== 'engagements')) return;
  const actionId = kind === 'actions' ? record.id : (record as Records['engagements']).actionId;
  if ((await tx.get('actions', actionId))?.state === 'open') await enqueueRedraws(tx, services, actionId, {});
}

const isBeingSent = ({ state }: Records['outbox']): boolean => state === 'sending';

/** The lines of closed years are compressed: reasons of corrections may name them. */
async function sweepLines({ replace }: Eraser, { store }: Services): Promise<boolean> {
  let isFound = false;
  for (const part of await store.read((reader) => reader.all('closedlines'))) {
    const rewritten = await rewritePart(part, replace);
    await nextTurn();
    if (rewritten === part) continue;
    isFound = true;
    await store.transact(async (tx) => {
      if ((await tx.get('closedlines', part.id))?.lines === part.lines)
        await tx.put('closedlines', rewritten);
    });
  }
  return isFound;
}
