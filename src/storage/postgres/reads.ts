import { setTimeout as pause, setImmediate } from 'node:timers/promises';
import type { Reader } from '../../ports.js';
import { settledOf } from '../settled.js';
import type { Cache } from './cache.js';
import { cachedOn, knownOn } from './cached.js';
import { unavailable } from './faults.js';
import { createLine, type Waiter } from './line.js';
import { catchUp } from './log.js';
import { betweenAttemptsMs, type Pool } from './pool.js';
import * as sql from './sql.js';
import { readerOf, type Stored, storedOn } from './stored.js';

export interface Reads {
  /** Runs a read on one state of the records, no older than this call, or than so long ago; see `Store.read`. */
  run<T>(work: (reader: Reader) => Promise<T>, mayBeOldMs?: number): Promise<T>;
  /** Resolves when no read is under way. */
  idle(): Promise<void>;
}

interface Read extends Waiter {
  /** Runs the work and tells its caller; never rejects. */
  run(stored: Stored, broken: () => Error | undefined): Promise<void>;
}

/** Reads that arrive together share one snapshot, and ask it only for what the cache does not know. */
export function createReads(pool: Pool, cache: Cache): Reads {
  const line = createLine<Read>();
  const underWay = new Set<Promise<void>>();
  let running: Promise<void> | undefined;

  const group = async (): Promise<void> => {
    const connection = await pool.take();
    // Who comes while the snapshot is being taken may come after a commit that it does not have.
    const mark = line.mark();
    const { moment } = await catchUp(connection, [sql.beginSnapshot], cache);
    const stored = cachedOn(cache, moment, storedOn(connection));
    const reads = line.takeUpTo(mark).map((read) => read.run(stored, connection.broken));
    const done = Promise.all(reads).then(() => {
      connection.later(sql.commit);
      pool.give(connection);
      underWay.delete(done);
    });
    underWay.add(done);
    // Most reads are over at once, and leave the connection to the next group.
    await Promise.race([done, setImmediate()]);
  };

  const work = async (): Promise<void> => {
    for (let failures = 0; !line.isEmpty(); ) {
      try {
        await group();
        failures = 0;
      } catch (error) {
        line.blame(error as Error);
        // The first failure is often that of a connection the server has closed since: a new one may do at once.
        if (failures++ > 0) await pause(betweenAttemptsMs);
      }
    }
    running = undefined;
  };

  const readOf = <T>(
    work_: (reader: Reader) => Promise<T>,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): Read => ({
    refuse: reject,
    async run(stored, broken) {
      const result = await settledOf(() => work_(readerOf(stored)));
      const lost = broken();
      // Whatever the work made of an answer that did not come, it has not seen everything.
      if (lost) reject(unavailable(lost));
      else if (result.status === 'fulfilled') resolve(result.value);
      else reject(result.reason);
    },
  });

  const runStored = <T>(work_: (reader: Reader) => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      line.add(readOf(work_, resolve, reject));
      running ??= work();
    });

  return {
    async run(work_, mayBeOldMs = 0) {
      const known =
        cache.completeAt() > performance.now() - mayBeOldMs ? await runKnown(work_, cache) : undefined;
      return known ? known.value : runStored(work_);
    },
    async idle() {
      while (running || underWay.size > 0) await Promise.all([running, ...underWay]);
    },
  };
}

/**
 * Runs a read on nothing but what the cache knows.
 * @returns nothing when it asked for more than that
 */
async function runKnown<T>(
  work: (reader: Reader) => Promise<T>,
  cache: Cache,
): Promise<{ readonly value: T } | undefined> {
  let isMissing = false;
  const miss = async (): Promise<never> => {
    isMissing = true;
    throw new Error('the cache does not have it');
  };
  const stored = knownOn(cache, cache.position(), { get: miss, list: miss, all: miss });
  const result = await settledOf(() => work(readerOf(stored)));
  if (isMissing) return undefined;
  if (result.status === 'rejected') throw result.reason;
  return { value: result.value };
}
