import type { ListOptions, Reader, Store, Transaction } from '../ports.js';
import type { RecordKind, Records } from '../records.js';

/** The kinds of records that come with imports. */
const importedKinds: ReadonlySet<RecordKind> = new Set<RecordKind>(['actions', 'engagements', 'history']);

interface Imported {
  readonly importId?: string;
}

/**
 * A store in which the records of an import do not exist before it is complete: thousands of them are written in many
 * transactions, so that others go on meanwhile, and appear with the one that ends the import.
 */
export function hideUnfinishedImports(store: Store): Store {
  return {
    transact: (work) => store.transact((tx) => work(hideInTransaction(tx))),
    read: (work) => store.read((reader) => work(hideIn(reader))),
    check: () => store.check(),
    forgetPast: () => store.forgetPast(),
    close: () => store.close(),
  };
}

const hideInTransaction = (tx: Transaction): Transaction => ({
  ...hideIn(tx),
  add: (kind, record) => tx.add(kind, record),
  put: (kind, record) => tx.put(kind, record),
  remove: (kind, id) => tx.remove(kind, id),
});

function hideIn(reader: Reader): Reader {
  const isComplete = async (importId: string): Promise<boolean> =>
    (await reader.get('imports', importId))?.state === 'added';

  const keepComplete = async <T>(records: readonly T[]): Promise<readonly T[]> => {
    const ids = new Set(records.flatMap((record) => (record as Imported).importId ?? []));
    if (ids.size === 0) return records;
    const complete = new Set<string>();
    for (const id of ids) if (await isComplete(id)) complete.add(id);
    if (complete.size === ids.size) return records;
    return records.filter((record) => {
      const { importId } = record as Imported;
      return importId === undefined || complete.has(importId);
    });
  };

  /** Reads on while some of the records do not exist yet, until there are enough. */
  const list: Reader['list'] = async (kind, by, partition, options: ListOptions = {}) => {
    const { limit } = options;
    if (limit === undefined) return keepComplete(await reader.list(kind, by, partition, options));
    for (let most = limit; ; most *= 4) {
      const found = await reader.list(kind, by, partition, { ...options, limit: most });
      const kept = await keepComplete(found);
      if (kept.length >= limit || found.length < most) return kept.slice(0, limit);
    }
  };

  const get = async <K extends RecordKind>(kind: K, id: string): Promise<Records[K] | undefined> => {
    const record = await reader.get(kind, id);
    const { importId } = (record ?? {}) as Imported;
    return importId === undefined || (await isComplete(importId)) ? record : undefined;
  };

  // Most reads are of other kinds, and cost nothing more.
  return {
    get: (kind, id) => (importedKinds.has(kind) ? get(kind, id) : reader.get(kind, id)),
    list: (kind, by, partition, options) =>
      (importedKinds.has(kind) ? list : reader.list)(kind, by, partition, options),
    all: async (kind) => (importedKinds.has(kind) ? keepComplete(await reader.all(kind)) : reader.all(kind)),
  };
}
