import type { Engagement } from '../../domain/action.js';
import { passerelle } from '../../domain/engagements/moves.js';
import type { Transaction } from '../../ports.js';
import type { Person } from '../../records.js';
import type { Services } from '../feature.js';
import { engagementId, readRequest, writeMove } from '../shared/records.js';
import { indexPerson } from '../shared/search-words.js';

/** Engagements that change hands in one transaction. */
const atOnce = 25;

/**
 * Gives somebody who has become known the next engagements that files had under their name.
 * @returns whether there are more
 */
export const claimNext = (standInId: string, services: Services): Promise<boolean> =>
  services.store.transact(async (tx) => {
    const standIn = await tx.get('people', standInId);
    // What is being added under their name does not exist yet.
    const adding = await tx.list('imports', 'byState', 'adding', { limit: 1 });
    if (!standIn?.claimedBy || adding.length > 0) return false;
    const engagements = await tx.list('engagements', 'byEmployee', standInId, { limit: atOnce });
    for (const own of engagements) await giveTo(tx, own, standIn.claimedBy, services);
    if (engagements.length === atOnce) return true;
    await forget(tx, standIn);
    return false;
  });

async function giveTo(tx: Transaction, own: Engagement, to: string, services: Services): Promise<void> {
  const { actionId, employeeId: from, state } = own;
  const before = await readRequest(tx, actionId);
  if (!before) return;
  const { action, engagements } = before;
  const theirs = { ...own, id: engagementId(actionId, to), employeeId: to };
  const others = engagements.filter((e) => e.id !== own.id && e.employeeId !== to);
  const after = {
    action: action.createdBy === from ? { ...action, createdBy: to } : action,
    engagements: [...others, theirs],
  };
  const row = { engagementId: theirs.id, move: 'claim', from: state, to: state, by: passerelle.id };
  await writeMove(tx, services, before, after, [{ id: `claim:${theirs.id}`, ...row }]);
  await tx.remove('engagements', own.id);
}

async function forget(tx: Transaction, standIn: Person): Promise<void> {
  const { name: _, ...nameless } = standIn;
  await indexPerson(tx, standIn, nameless);
  await tx.remove('people', standIn.id);
}
