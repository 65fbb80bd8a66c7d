import { DuplicateKey, type RecordKind, type Records, type Transaction } from '../ports.js';
import { frozenCopy } from './plain-json.js';
import type { Tables } from './tables.js';

/** A transaction on the tables, and what its owner does with it. */
export interface OpenTransaction {
  readonly tx: Transaction;
  /** The last turn that changed what it read, this one included; 0 when none did since the start. */
  saw(): number;
  /** True when it has changed something. */
  hasChanged(): boolean;
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

/**
 * Starts a transaction. Changes go straight into the tables, and each leaves behind how to undo it.
 * @param turn its number, above those of all before it
 */
export function openTransaction(tables: Tables, turn: number): OpenTransaction {
  const undoing: (() => void)[] = [];
  let saw = 0;
  let ended = false;

  const table = <K extends RecordKind>(kind: K): Tables[K] => {
    // A call that comes after the end would change the tables outside every transaction.
    if (ended) throw new Error('This transaction has ended: an await is missing somewhere in it.');
    return tables[kind];
  };

  /** The record under an id, which this transaction has seen by then. */
  const found = <K extends RecordKind>(kind: K, id: string): Records[K] | undefined => {
    const { record, turn: change } = table(kind).find(id);
    if (change > saw) saw = change;
    return record as Records[K] | undefined;
  };

  /** The table, of which a list is read. */
  const seen = <K extends RecordKind>(kind: K): Tables[K] => {
    const from = table(kind);
    const change = from.lastChange();
    if (change > saw) saw = change;
    return from;
  };

  const tx: Transaction = {
    get: async (kind, id) => found(kind, id),
    list: async (kind, by, partition, options = {}) => seen(kind).list(by, partition, options),
    all: async (kind) => seen(kind).all(),
    async add(kind, record) {
      const kept = checked(kind, record);
      if (found(kind, kept.id)) throw new DuplicateKey(kind, kept.id);
      undoing.push(table(kind).set(kept, turn));
    },
    async put(kind, record) {
      const kept = checked(kind, record);
      undoing.push(table(kind).set(kept, turn));
    },
    async remove(kind, id) {
      found(kind, id);
      const undo = table(kind).delete(id, turn);
      if (undo) undoing.push(undo);
    },
  };

  return {
    tx,
    saw: () => saw,
    hasChanged: () => undoing.length > 0,
    undo: () => {
      while (undoing.length > 0) undoing.pop()?.();
    },
    end: () => {
      ended = true;
    },
  };
}
