import { DuplicateKey, type RecordKind, type Transaction } from '../../ports.js';
import { checked } from '../transaction.js';
import type { Changes } from './changes.js';
import { applyTouch, touchOf } from './merge.js';
import { type AnyRecord, indexNames, placeIn } from './names.js';
import { readerOf, type Stored } from './stored.js';

/** A transaction in a batch, and what its owner does with it. */
export interface OpenTurn {
  readonly tx: Transaction;
  /** Takes back what it changed; only right while nothing later has changed anything. */
  undo(): void;
  /** Nothing can be done through it any more. */
  end(): void;
}

/** What the batch makes of the records: those that are stored, with its changes. */
function withChanges(stored: Stored, changes: Changes): Stored {
  return {
    get(kind, id) {
      const change = changes.get(kind, id);
      return change ? Promise.resolve(change.now) : stored.get(kind, id);
    },
    async list(kind, by, partition, options) {
      const at = indexNames[kind].indexOf(by);
      const touch = touchOf(changes.of(kind), at, partition);
      if (!touch) return stored.list(kind, by, partition, options);
      const { limit } = options;
      const wanted = limit === undefined ? options : { ...options, limit: limit + touch.gone.size };
      const rows = await stored.list(kind, by, partition, wanted);
      return applyTouch(rows, wanted.limit, touch, placeIn(kind, by), options) ?? [];
    },
    async all(kind) {
      const rows = await stored.all(kind);
      const changed = changes.of(kind);
      const ids = new Set(changed.map(({ id }) => id));
      return [...rows.filter(({ id }) => !ids.has(id)), ...changed.flatMap(({ now }) => now ?? [])];
    },
  };
}

/**
 * Starts a transaction of a batch.
 * @param stored what the database has, which nobody else changes meanwhile
 * @param changes what the batch has changed, and where this transaction's changes go
 */
export function openTurn(stored: Stored, changes: Changes): OpenTurn {
  const undoing: (() => void)[] = [];
  const reader = readerOf(withChanges(stored, changes));
  let ended = false;

  /** What a call that comes after the end is told: it would change the records outside every transaction. */
  const tooLate = (): Error => new Error('This transaction has ended: an await is missing somewhere in it.');
  const refuseAfterEnd = (): void => {
    if (ended) throw tooLate();
  };
  const set = async (
    kind: RecordKind,
    id: string,
    now: AnyRecord | undefined,
    allow: (there: AnyRecord | undefined) => void = () => {},
  ): Promise<void> => {
    refuseAfterEnd();
    const before = changes.get(kind, id) ? undefined : await stored.get(kind, id);
    refuseAfterEnd();
    // Looked up after the wait, in which another call of this transaction may have come between.
    const change = changes.get(kind, id);
    const there = change ? change.now : before;
    allow(there);
    if (now || there) undoing.push(changes.set(kind, id, before, now));
  };

  const tx: Transaction = {
    get: (kind, id) => (ended ? Promise.reject(tooLate()) : reader.get(kind, id)),
    list: (kind, by, partition, options) =>
      ended ? Promise.reject(tooLate()) : reader.list(kind, by, partition, options),
    all: (kind) => (ended ? Promise.reject(tooLate()) : reader.all(kind)),
    async add(kind, record) {
      const kept = checked(kind, record);
      await set(kind, kept.id, kept, (there) => {
        if (there) throw new DuplicateKey(kind, kept.id);
      });
    },
    async put(kind, record) {
      const kept = checked(kind, record);
      await set(kind, kept.id, kept);
    },
    remove: (kind, id) => set(kind, id, undefined),
  };

  return {
    tx,
    undo: () => {
      while (undoing.length > 0) undoing.pop()?.();
    },
    end: () => {
      ended = true;
    },
  };
}
