import type { Erasure } from '../../records.js';
import type { Job, Services } from '../feature.js';
import { claimNext } from '../imports/claim.js';
import { withdrawPlanned } from './planned.js';
import { removeOwn, sweep } from './sweep.js';

/** A turn of theirs that had begun before may write something until then. */
const settlingMs = 60_000;
/** What is found is gone afterwards, unless somebody writes it meanwhile. */
const maxSweeps = 3;

/** Goes on with the erasures that are under way. */
export const erasureJob: Job = {
  async run(services, { dryRun }) {
    const going = await services.store.read((reader) => reader.list('erasures', 'byTime', 'all'));
    if (!dryRun) for (const erasure of going) await goOn(erasure, services);
    const told =
      going.length > 0 ? `${going.length} under way${dryRun ? ' (dry run)' : ''}` : 'nothing to do';
    return `erasures: ${told}`;
  },
};

/**
 * Goes on with an erasure as far as it can. The ids of the person are forgotten once no record has them; the past of the
 * store comes last, with what the erasure itself was known by.
 */
async function goOn({ id: newId, at, person }: Erasure, services: Services): Promise<void> {
  const { store, clock } = services;
  if (person) {
    await claimNames(person.id, services);
    await removeOwn({ newId, person }, services);
    await withdrawPlanned(person.id, services);
    let isClean = false;
    for (let n = 0; n < maxSweeps && !isClean; n++) isClean = await sweep({ newId, person }, services);
    if (!isClean || Date.parse(clock.now()) - Date.parse(at) < settlingMs) return;
    await store.transact((tx) => tx.put('erasures', { id: newId, at }));
  }
  await store.forgetPast();
  await store.transact((tx) => tx.remove('erasures', newId));
}

/** What files had under their name becomes theirs first. */
async function claimNames(id: string, services: Services): Promise<void> {
  const claimed = await services.store.read((reader) => reader.list('people', 'byClaim', 'claimed'));
  for (const standIn of claimed) if (standIn.claimedBy === id) while (await claimNext(standIn.id, services));
}
