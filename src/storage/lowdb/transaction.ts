import { DuplicateKey, type RecordKind, type Records, type Transaction } from '../../ports.js';
import { validateAndCopy } from '../plain-json.js';
import type { Tables } from './tables.js';

/** A transaction on the tables, with its controls. */
export interface OpenTransaction {
  readonly tx: Transaction;
  /** The last version that changed what it read, possibly its own; 0 if none did since the start. */
  versionRead(): number;
  hasChanged(): boolean;
  /** Undoes its changes; valid only while no later change has been made. */
  undo(): void;
  /** Makes every further call fail. */
  end(): void;
}

/**
 * Opens a transaction. Its changes go straight into the tables, and each can be undone.
 * @param version its number, higher than all earlier ones
 */
export function openTransaction(tables: Tables, version: number): OpenTransaction {
  const undoSteps: (() => void)[] = [];
  let versionRead = 0;
  let ended = false;

  const table = <K extends RecordKind>(kind: K): Tables[K] => {
    // A call after the end would change the tables outside any transaction.
    if (ended) throw new Error('This transaction has ended: an await is missing somewhere in it.');
    return tables[kind];
  };

  /** Finds a record and notes that it was read. */
  const findRecord = <K extends RecordKind>(kind: K, id: string): Records[K] | undefined => {
    const { record, version: change } = table(kind).find(id);
    if (change > versionRead) versionRead = change;
    return record as Records[K] | undefined;
  };

  /** The table, with a note that a list of it was read. */
  const readTable = <K extends RecordKind>(kind: K): Tables[K] => {
    const from = table(kind);
    const change = from.lastChange();
    if (change > versionRead) versionRead = change;
    return from;
  };

  const tx: Transaction = {
    get: async (kind, id) => findRecord(kind, id),
    list: async (kind, by, partition, options = {}) => readTable(kind).list(by, partition, options),
    all: async (kind) => readTable(kind).all(),
    async add(kind, record) {
      const kept = validateAndCopy(kind, record);
      if (findRecord(kind, kept.id)) throw new DuplicateKey(kind, kept.id);
      undoSteps.push(table(kind).set(kept, version));
    },
    async put(kind, record) {
      const kept = validateAndCopy(kind, record);
      undoSteps.push(table(kind).set(kept, version));
    },
    async remove(kind, id) {
      findRecord(kind, id);
      const undo = table(kind).delete(id, version);
      if (undo) undoSteps.push(undo);
    },
  };

  return {
    tx,
    versionRead: () => versionRead,
    hasChanged: () => undoSteps.length > 0,
    undo: () => {
      while (undoSteps.length > 0) undoSteps.pop()?.();
    },
    end: () => {
      ended = true;
    },
  };
}
