import { type Reader, StoreUnavailable, type Transaction } from '../../ports.js';
import type { Change } from '../kinds.js';
import { changesOf, type Overlay, openTransaction, type Source } from '../overlay.js';
import type { Tables } from './tables.js';

export interface Commits {
  /**
   * Runs a transaction in isolation. Resolves or rejects as it does, once its changes are on the disk; if they cannot
   * be written, rejects and nothing has changed.
   */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Reads what is on the disk, without waiting for a write. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Resolves when what came before is on the disk. After a failed write, writes, to find out whether it works again. */
  check(): Promise<void>;
  /** Resolves when what came before is on the disk, after a write that is made in any case. */
  writeAnyway(): Promise<void>;
}

/** A transaction that waits for its turn. */
interface Pending {
  /** Runs it. Returns what answers its caller. */
  run(source: Source, group: Overlay): Promise<() => void>;
  reject(error: StoreUnavailable): void;
  /** Whether it writes even if nothing has changed: after a failed write, or always. */
  readonly writes: 'changes' | 'after-failure' | 'always';
}

/**
 * Group commit: transactions that arrive during a write run one after the other when it has ended, each on the changes
 * of those before it, and share the next one. The tables get their changes once these are on the disk.
 * @param write writes changes to the disk; the tables stay as they are meanwhile
 */
export function createCommits(
  file: string,
  tables: Tables,
  write: (changes: readonly Change[]) => Promise<void>,
): Commits {
  const source = readFrom(tables);
  let queue: Pending[] = [];
  let working = false;
  let lastFailed = false;
  const readers = new Set<Promise<void>>();

  const runGroup = async (group: readonly Pending[]): Promise<void> => {
    const overlay: Overlay = new Map();
    const answers: (() => void)[] = [];
    for (const pending of group) answers.push(await pending.run(source, overlay));
    const changes = changesOf(overlay);
    const isAsked = group.some(
      ({ writes }) => writes === 'always' || (lastFailed && writes === 'after-failure'),
    );
    if (changes.length > 0 || isAsked) {
      try {
        await write(changes);
        lastFailed = false;
      } catch (cause) {
        lastFailed = true;
        const reason = `${file} could not be written, so nothing was changed: ${(cause as Error).message}`;
        for (const { reject } of group) reject(new StoreUnavailable(reason, { cause }));
        return;
      }
      // All that one read sees is of one moment.
      while (readers.size > 0) await Promise.all(readers);
      for (const { kind, id, record } of changes) tables[kind].set(id, record);
    }
    for (const answer of answers) answer();
  };

  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    // Those that arrive in the same turn of the event loop are one group.
    await undefined;
    while (queue.length > 0) {
      const group = queue;
      queue = [];
      await runGroup(group);
    }
    working = false;
  };

  const enqueue = <T>(asked: (tx: Transaction) => Promise<T>, writes: Pending['writes']): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const run = async (from: Source, group: Overlay): Promise<() => void> => {
        const { tx, merge, end } = openTransaction(from, group);
        try {
          const value = await asked(tx);
          merge();
          return () => resolve(value);
        } catch (error) {
          return () => reject(error);
        } finally {
          end();
        }
      };
      queue.push({ run, reject, writes });
      void work();
    });

  return {
    run: (asked) => enqueue(asked, 'changes'),
    check: () => enqueue(async () => undefined, 'after-failure'),
    writeAnyway: () => enqueue(async () => undefined, 'always'),
    async read(asked) {
      const reading = asked(source as Reader);
      const ended = reading.then(
        () => void readers.delete(ended),
        () => void readers.delete(ended),
      );
      readers.add(ended);
      return reading;
    },
  };
}

const readFrom = (tables: Tables): Source => ({
  get: async (kind, id) => tables[kind].get(id),
  list: async (kind, by, partition, options = {}) => tables[kind].list(by, partition, options),
  all: async (kind) => tables[kind].all(),
});
