import { DuplicateKey, type RecordKind, type Records, type Transaction } from '../ports.js';
import { frozenCopy } from './plain-json.js';
import type { Tables } from './tables.js';

/** A transaction on the tables, and what its owner does with it. */
export interface OpenTransaction {
  readonly tx: Transaction;
  /** True when it changed something. */
  wrote(): boolean;
  /** Puts back what it changed; only right while nothing later has changed the tables. */
  undo(): void;
  /** Nothing can be done through it any more. */
  end(): void;
}

/** The copy of a record that is kept. Throws when it is not plain JSON or has no id. */
function checked<K extends RecordKind>(kind: K, record: Records[K]): Records[K] {
  if (typeof record?.id !== 'string' || record.id === '') {
    throw new Error(`A record of kind "${kind}" needs an id that is a string and not empty.`);
  }
  return frozenCopy(record, `${kind} "${record.id}"`) as Records[K];
}

/** Starts a transaction. Changes go straight into the tables, and each leaves behind how to undo it. */
export function openTransaction(tables: Tables): OpenTransaction {
  const undoing: (() => void)[] = [];
  let ended = false;

  const table = <K extends RecordKind>(kind: K): Tables[K] => {
    // A call that comes after the end would change the tables outside every transaction.
    if (ended) throw new Error('This transaction has ended: an await is missing somewhere in it.');
    return tables[kind];
  };

  const change = <K extends RecordKind>(kind: K, id: string, apply: () => void): void => {
    const before = table(kind).get(id);
    apply();
    undoing.push(() => (before ? tables[kind].set(before) : tables[kind].delete(id)));
  };

  const tx: Transaction = {
    get: async (kind, id) => table(kind).get(id),
    list: async (kind, by, partition, options = {}) => table(kind).list(by, partition, options),
    all: async (kind) => table(kind).all(),
    async add(kind, record) {
      const kept = checked(kind, record);
      if (table(kind).get(kept.id)) throw new DuplicateKey(kind, kept.id);
      change(kind, kept.id, () => table(kind).set(kept));
    },
    async put(kind, record) {
      const kept = checked(kind, record);
      change(kind, kept.id, () => table(kind).set(kept));
    },
    async remove(kind, id) {
      if (table(kind).get(id)) change(kind, id, () => table(kind).delete(id));
    },
  };

  return {
    tx,
    wrote: () => undoing.length > 0,
    undo: () => {
      while (undoing.length > 0) undoing.pop()?.();
    },
    end: () => {
      ended = true;
    },
  };
}
