import {
  DuplicateKey,
  type ListOptions,
  type Reader,
  type Store,
  type Transaction,
} from '../../src/ports.js';
import { type IndexName, indexes, type RecordKind, type Records } from '../../src/records.js';

type Kinds = { [K in RecordKind]: Map<string, Records[K]> };

/** The smallest thing that keeps the promises of the store, for unit tests. */
export function createMemoryStore(): Store {
  let kinds = Object.fromEntries(Object.keys(indexes).map((kind) => [kind, new Map()])) as unknown as Kinds;
  let last: Promise<unknown> = Promise.resolve();

  const readerOf = (now: Kinds): Reader => ({
    get: async (kind, id) => now[kind].get(id) as never,
    all: async (kind) => [...now[kind].values()] as never,
    async list<K extends RecordKind>(
      kind: K,
      by: IndexName<K>,
      partition: string,
      options: ListOptions = {},
    ) {
      const { from, until, limit, reverse } = options;
      const place = indexes[kind][by as never] as (record: Records[K]) => { partition: string; sort: string };
      const found = [...(now[kind].values() as Iterable<Records[K]>)]
        .map((record) => ({ record, ...place(record) }))
        .filter((e) => e.partition === partition && !(from && e.sort < from) && !(until && e.sort >= until))
        .sort((a, b) => (a.sort < b.sort ? -1 : a.sort > b.sort ? 1 : a.record.id < b.record.id ? -1 : 1));
      if (reverse) found.reverse();
      return found.slice(0, limit).map(({ record }) => record);
    },
  });

  return {
    transact(work) {
      const run = last.then(async () => {
        const copy = Object.fromEntries(
          Object.entries(kinds).map(([kind, records]) => [kind, new Map(records as Map<string, never>)]),
        ) as unknown as Kinds;
        const set = (kind: RecordKind, record: { id: string }) =>
          void (copy[kind] as Map<string, unknown>).set(record.id, structuredClone(record));
        const tx: Transaction = {
          ...readerOf(copy),
          async add(kind, record) {
            if (copy[kind].has(record.id)) throw new DuplicateKey(kind);
            set(kind, record);
          },
          put: async (kind, record) => set(kind, record),
          remove: async (kind, id) => void copy[kind].delete(id),
        };
        const result = await work(tx);
        kinds = copy;
        return result;
      });
      last = run.catch(() => undefined);
      return run;
    },
    read: (work) => work(readerOf(kinds)),
    check: async () => undefined,
    forgetPast: async () => undefined,
    close: async () => undefined,
  };
}
