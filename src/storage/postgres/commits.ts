import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { CommitUnknown, StoreUnavailable, type Transaction } from '../../ports.js';
import type { Cache, Change } from './cache.js';
import { connect, sendAll, until, withClient } from './connection.js';
import { isFaultOfRecords, isRolledBack, unavailable } from './errors.js';
import { changesOf, type Overlay, openTransaction } from './overlay.js';
import { knownVersion, newerSchema } from './schema.js';
import { createSource, type Source } from './source.js';
import * as statements from './statements.js';

export interface Commits {
  /** Runs a transaction; resolves or rejects as its work does, once that is durable. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Resolves when nobody waits. */
  idle(): Promise<void>;
}

/** A transaction that somebody asked for. */
interface Pending {
  readonly work: (tx: Transaction) => Promise<unknown>;
  /** Tells whoever asked; only the first time counts. */
  answer(outcome: Outcome): void;
  /** By then they are told something, on `performance.now()`. */
  readonly deadline: number;
  /** How often its group came to nothing. */
  failures: number;
  /** Its group failed on somebody's records: it shares its next commit with nobody. */
  alone: boolean;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

const answerLimitMs = 2_500;
/** How much longer it may take to learn whether a commit took place whose connection broke. */
const learnLimitMs = 300;
/** Each waits for all of its group. */
const mostInGroup = 100;
const mostFailures = 3;
const betweenAttemptsMs = 100;

/**
 * Transactions that arrive together share one of PostgreSQL: one lock, one write, one sync to the disk. They run one
 * after the other, each on what those before it have changed; the lock keeps other instances out meanwhile. So each
 * sees all that came before it, and nothing has to be retried because two met.
 */
export function createCommits(url: string, pool: pg.Pool, cache: Cache): Commits {
  let queue: Pending[] = [];
  let running: Promise<void> | undefined;
  /** Why those who wait are not served. */
  let trouble: Error | undefined;

  const takeGroup = (): Pending[] => {
    const alone = queue.findIndex((pending) => pending.alone);
    return queue.splice(0, alone < 0 ? mostInGroup : Math.min(mostInGroup, Math.max(1, alone)));
  };

  /** Nothing was changed: they are run again, or refused when that has been tried. */
  const runAgain = (group: readonly Pending[], error: Error): void => {
    const atFault = isFaultOfRecords(error);
    const back: Pending[] = [];
    for (const pending of group) {
      pending.failures += 1;
      pending.alone ||= atFault;
      if (atFault && group.length === 1) pending.answer({ error });
      else if (pending.failures >= mostFailures) pending.answer({ error: unavailable(error) });
      else back.push(pending);
    }
    queue.unshift(...back);
  };

  const runGroup = async (): Promise<void> => {
    const { client, opened } = await connect(pool, begin);
    trouble = undefined;
    cache.seen(opened.revision);
    const group = takeGroup();
    // All who waited have been told meanwhile that it takes too long.
    if (group.length === 0) return client.release(true);
    const deadline = Math.min(...group.map((pending) => pending.deadline));
    const overlay: Overlay = new Map();
    let outcomes: Outcome[];
    try {
      const source = createSource(client, cache, opened.revision);
      outcomes = await until(deadline, runAll(group, source, overlay));
      const failure = source.failure();
      if (failure) throw failure;
    } catch (error) {
      client.release(true);
      return runAgain(group, error as Error);
    }
    const changes = changesOf(overlay);
    try {
      await until(deadline, end(client, changes));
      client.release();
    } catch (error) {
      client.release(true);
      const isUndone = changes.length === 0 || isRolledBack(error as Error);
      const committed = isUndone ? false : await wasCommitted(url, opened, deadline + learnLimitMs);
      if (committed === false) return runAgain(group, error as Error);
      if (committed === undefined) {
        const unknown = unavailable(error as Error, CommitUnknown);
        for (const pending of group) pending.answer({ error: unknown });
        return;
      }
    }
    if (changes.length > 0) cache.committed(opened.revision, changes);
    for (const [i, pending] of group.entries()) {
      const outcome = outcomes[i];
      if (outcome) pending.answer(outcome);
    }
  };

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      try {
        await runGroup();
      } catch (error) {
        trouble = error as Error;
        await pause(betweenAttemptsMs);
      }
    }
    running = undefined;
  };

  const add = (pending: Pending): void => {
    queue.push(pending);
    running ??= work();
  };

  return {
    run: <T>(asked: (tx: Transaction) => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        const giveUp = (): void => {
          if (!queue.includes(pending)) return;
          queue = queue.filter((other) => other !== pending);
          reject(unavailable(trouble ?? new Error('it is too busy')));
        };
        const timer = setTimeout(giveUp, answerLimitMs);
        const pending: Pending = {
          work: asked,
          deadline: performance.now() + answerLimitMs,
          failures: 0,
          alone: false,
          answer(outcome) {
            clearTimeout(timer);
            if ('value' in outcome) resolve(outcome.value as T);
            else reject(outcome.error);
          },
        };
        add(pending);
      }),
    idle: async () => running,
  };
}

/** The transaction of a group: what it sees, and what its end can be learned by. */
interface Begun {
  readonly revision: string;
  readonly xid: string;
  readonly pid: number;
}

async function begin(client: pg.ClientBase): Promise<Begun> {
  const [, , at, own] = await sendAll(client, [
    { text: 'begin isolation level read committed' },
    statements.writeLock,
    statements.position,
    statements.transactionId,
  ]);
  const { revision, schema, read_only } = at?.rows[0] ?? {};
  if (read_only) throw new StoreUnavailable('The database can only be read now.');
  if (schema > knownVersion) throw unavailable(newerSchema(schema));
  return { revision, ...own?.rows[0] };
}

/** Runs a group's transactions; gives how each ended. What they change is in the overlay. */
async function runAll(group: readonly Pending[], source: Source, overlay: Overlay): Promise<Outcome[]> {
  if (group.length > 1) await readAhead(group, source);
  const outcomes: Outcome[] = [];
  for (const { work } of group) {
    if (source.failure()) break;
    const { tx, merge, end } = openTransaction(source, overlay);
    try {
      const value = await work(tx);
      merge();
      outcomes.push({ value });
    } catch (error) {
      outcomes.push({ error });
    } finally {
      end();
    }
  }
  return outcomes;
}

/**
 * Runs transactions next to each other for nothing but what they read: the database is asked in a few queries for
 * what they would otherwise ask for one after the other, and the cache keeps it. They are run in earnest afterwards.
 */
async function readAhead(group: readonly Pending[], source: Source): Promise<void> {
  await Promise.all(
    group.map(async ({ work }) => {
      const { tx, end } = openTransaction(source, new Map());
      await work(tx).catch(() => undefined);
      end();
    }),
  );
}

/** Ends a transaction: writes and commits, in one exchange, when there is something to write. */
async function end(client: pg.ClientBase, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return void (await client.query('rollback'));
  const writes = statements.kinds.flatMap((kind) => {
    const ofKind = changes.filter((change) => change.kind === kind);
    const put = ofKind.flatMap(({ record }) => record ?? []);
    const gone = ofKind.filter(({ record }) => record === null).map(({ id }) => id);
    return [
      ...(put.length > 0 ? [statements.upsert(kind, put)] : []),
      ...(gone.length > 0 ? [statements.remove(kind, gone)] : []),
    ];
  });
  await sendAll(client, [...writes, statements.nextRevision, { text: 'commit' }]);
}

/**
 * Whether a transaction was committed whose connection broke. One that was not cannot be any more: its server process
 * is ended, so that nothing that is still on its way arrives.
 * @returns nothing when that cannot be learned in time
 */
async function wasCommitted(url: string, { xid, pid }: Begun, end: number): Promise<boolean | undefined> {
  for (; performance.now() < end; await pause(Math.min(50, learnLimitMs))) {
    const left = Math.max(1, end - performance.now());
    const status = await withClient(
      url,
      async (client) => {
        await client.query(statements.terminate, [pid, xid]);
        return (await client.query(statements.statusOf, [xid])).rows[0]?.status;
      },
      { connectMs: left, queryMs: left },
    ).catch(() => undefined);
    if (status === 'committed') return true;
    if (status === 'aborted') return false;
  }
  return undefined;
}
