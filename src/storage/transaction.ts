import { DuplicateKey, type RecordKind, type Records, type Transaction } from '../ports.js';
import { frozenCopy } from './plain-json.js';
import type { Tables } from './tables.js';

/** A transaction on the tables, and what its owner does with it. */
export interface OpenTransaction {
  readonly tx: Transaction;
  /** What it read: records as `kind/id`, lists as `kind/`. */
  readonly saw: ReadonlySet<string>;
  /** What it changed: for each record, both. */
  readonly changed: ReadonlySet<string>;
  /** Puts back what it changed; only right while nothing later has changed the tables. */
  undo(): void;
  /** Nothing can be done through it any more. */
  end(): void;
}

/** The copy of a record that is kept. Throws when it is not plain JSON or has no id. */
export function checked<K extends RecordKind>(kind: K, record: Records[K]): Records[K] {
  if (typeof record?.id !== 'string' || record.id === '') {
    throw new Error(`A record of kind "${kind}" needs an id that is a string and not empty.`);
  }
  return frozenCopy(record, `${kind} "${record.id}"`) as Records[K];
}

/** Starts a transaction. Changes go straight into the tables, and each leaves behind how to undo it. */
export function openTransaction(tables: Tables): OpenTransaction {
  const undoing: (() => void)[] = [];
  const saw = new Set<string>();
  const changed = new Set<string>();
  let ended = false;

  const table = <K extends RecordKind>(kind: K): Tables[K] => {
    // A call that comes after the end would change the tables outside every transaction.
    if (ended) throw new Error('This transaction has ended: an await is missing somewhere in it.');
    return tables[kind];
  };

  const changedTo = <K extends RecordKind>(kind: K, id: string, before: Records[K] | undefined): void => {
    changed.add(`${kind}/${id}`).add(`${kind}/`);
    undoing.push(() => (before ? tables[kind].set(before) : tables[kind].delete(id)));
  };

  const tx: Transaction = {
    async get(kind, id) {
      saw.add(`${kind}/${id}`);
      return table(kind).get(id);
    },
    async list(kind, by, partition, options = {}) {
      saw.add(`${kind}/`);
      return table(kind).list(by, partition, options);
    },
    async all(kind) {
      saw.add(`${kind}/`);
      return table(kind).all();
    },
    async add(kind, record) {
      const kept = checked(kind, record);
      saw.add(`${kind}/${kept.id}`);
      if (table(kind).get(kept.id)) throw new DuplicateKey(kind, kept.id);
      changedTo(kind, kept.id, table(kind).set(kept));
    },
    async put(kind, record) {
      const kept = checked(kind, record);
      changedTo(kind, kept.id, table(kind).set(kept));
    },
    async remove(kind, id) {
      saw.add(`${kind}/${id}`);
      const before = table(kind).delete(id);
      if (before) changedTo(kind, id, before);
    },
  };

  return {
    tx,
    saw,
    changed,
    undo: () => {
      while (undoing.length > 0) undoing.pop()?.();
      changed.clear();
    },
    end: () => {
      ended = true;
    },
  };
}
