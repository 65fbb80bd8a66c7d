import type { Transaction } from '../../ports.js';
import type { RecordKind, Records } from '../../records.js';
import type { Job, Services } from '../feature.js';
import { indexPerson, indexSchools } from '../shared/search-words.js';

/** Its record says that everything from before the search is found too. */
const done = 'search-words:1';
/** A transaction of more would take seconds on a busy database. */
const atOnce = 100;

/** Reads records again, some at a time, and does something with each. */
async function forEach<K extends RecordKind>(
  kind: K,
  run: (tx: Transaction, record: Records[K]) => Promise<void>,
  { store }: Services,
): Promise<number> {
  const ids = (await store.read((reader) => reader.all(kind))).map(({ id }) => id);
  for (let first = 0; first < ids.length; first += atOnce)
    await store.transact(async (tx) => {
      for (const id of ids.slice(first, first + atOnce)) {
        const record = await tx.get(kind, id);
        if (record) await run(tx, record);
      }
    });
  return ids.length;
}

/** Makes people and requests that were stored before there was a search be found, once. */
export const indexWords: Job = {
  async run(services, { dryRun }) {
    const { store, clock } = services;
    if (await store.read((reader) => reader.get('jobs', done))) return 'all words are indexed';
    if (dryRun) return 'would index the words by which people and schools are found';
    const people = await forEach('people', (tx, person) => indexPerson(tx, undefined, person), services);
    const actions = await forEach('actions', (tx, action) => indexSchools(tx, undefined, action), services);
    await store.transact((tx) => tx.put('jobs', { id: done, at: clock.now() }));
    return `indexed the words of ${people} people and ${actions} requests`;
  },
};
