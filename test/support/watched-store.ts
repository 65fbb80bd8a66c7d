import type { Store, Transaction } from '../../src/ports.js';
import type { RecordKind } from '../../src/records.js';

/** A record as it was, and as it became; one of both is missing when it was added or removed. */
export interface Change {
  readonly kind: RecordKind;
  readonly id: string;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

export interface WatchedStore {
  readonly store: Store;
  /** All that was changed since it was last asked. */
  take(): Change[];
  /** From here on everything can be taken back. */
  mark(): void;
  /** Puts everything back as it was marked. */
  rollBack(): Promise<void>;
}

/** The changes that are left of several: a record that became what it was has none. */
export function netChanges(changes: readonly Change[]): Change[] {
  const net = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.kind} ${change.id}`;
    const first = net.get(key);
    net.set(key, first ? { ...change, before: first.before } : change);
  }
  return [...net.values()].filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}

/** Tells what each transaction has changed. */
export function watchStore(inner: Store): WatchedStore {
  let since: Change[] = [];
  let fresh: Change[] = [];

  const watched = (tx: Transaction, changes: Change[]): Transaction => {
    const note = async (kind: RecordKind, id: string, after: object | undefined) => {
      const before = (await tx.get(kind, id)) as unknown as Change['before'];
      changes.push({ kind, id, before, after: after as Change['after'] });
    };
    return {
      ...tx,
      async add(kind, record) {
        await note(kind, record.id, record);
        await tx.add(kind, record);
      },
      async put(kind, record) {
        await note(kind, record.id, record);
        await tx.put(kind, record);
      },
      async remove(kind, id) {
        await note(kind, id, undefined);
        await tx.remove(kind, id);
      },
    };
  };

  return {
    store: {
      ...inner,
      async transact(work) {
        let changes: Change[] = [];
        const result = await inner.transact((tx) => {
          changes = [];
          return work(watched(tx, changes));
        });
        since.push(...changes);
        fresh.push(...changes);
        return result;
      },
    },
    take() {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    mark() {
      since = [];
      fresh = [];
    },
    async rollBack() {
      await inner.transact(async (tx) => {
        // Who may send is no record of anybody's.
        for (const { kind, id, before } of since.filter((one) => one.kind !== 'leases').toReversed())
          if (before) await tx.put(kind, before as never);
          else await tx.remove(kind, id);
      });
      since = [];
      fresh = [];
    },
  };
}
