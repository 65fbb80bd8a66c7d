import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { CommitUnknown, StoreUnavailable, type Transaction } from '../../ports.js';
import { type Change, recordKinds } from '../kinds.js';
import { changesOf, type Overlay, openTransaction } from '../overlay.js';
import type { Cache } from './cache.js';
import { connect, sendAll, withClient, withDeadline } from './connection.js';
import { isFaultOfRecords, isRolledBack, toStoreUnavailable } from './errors.js';
import { newerSchemaError, schemaVersion } from './schema.js';
import { createSource, type DatabaseSource } from './source.js';
import * as statements from './statements.js';

type Describe = statements.DescribeAction;

export interface Commits {
  /** Runs a transaction; resolves or rejects as its work does, once the result is durable. */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Resolves when no transaction is pending. */
  idle(): Promise<void>;
}

/** A pending transaction. */
interface Pending {
  readonly work: (tx: Transaction) => Promise<unknown>;
  /** Answers the caller; only the first call counts. */
  answer(outcome: Outcome): void;
  /** When the caller is answered at the latest, on `performance.now()`. */
  readonly deadline: number;
  /** How often its group was rolled back. */
  failures: number;
  /** A transaction of its group has failed because of its records, so it is not batched with others any more. */
  alone: boolean;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

const answerLimitMs = 2_500;
/** The additional time to find out whether a commit succeeded when its connection broke. */
const statusLimitMs = 300;
/** Every transaction of a group waits for all the others. */
const maxGroupSize = 100;
const maxFailures = 3;
const retryDelayMs = 100;

/**
 * Group commit: transactions that arrive together share one of PostgreSQL, with one lock, one write and one sync to
 * the disk. They run one after the other, each on the changes of those before it, while the lock keeps other
 * instances out. So each one sees everything before it, and no conflict ever has to be retried.
 */
export function createCommits(url: () => string, pool: pg.Pool, cache: Cache, describe?: Describe): Commits {
  let queue: Pending[] = [];
  let running: Promise<void> | undefined;
  /** Why pending transactions are not served. */
  let trouble: Error | undefined;

  const takeGroup = (): Pending[] => {
    const alone = queue.findIndex((pending) => pending.alone);
    return queue.splice(0, alone < 0 ? maxGroupSize : Math.min(maxGroupSize, Math.max(1, alone)));
  };

  /** Nothing was changed: the group runs again, or is refused after too many attempts. */
  const runAgain = (group: readonly Pending[], error: Error): void => {
    const atFault = isFaultOfRecords(error);
    const back: Pending[] = [];
    for (const pending of group) {
      pending.failures += 1;
      pending.alone ||= atFault;
      if (atFault && group.length === 1) pending.answer({ error });
      else if (pending.failures >= maxFailures) pending.answer({ error: toStoreUnavailable(error) });
      else back.push(pending);
    }
    queue.unshift(...back);
  };

  const runGroup = async (): Promise<void> => {
    const { client, opened } = await connect(pool, begin);
    trouble = undefined;
    cache.advanceTo(opened.revision);
    const group = takeGroup();
    // Everybody who waited has meanwhile been told that it takes too long.
    if (group.length === 0) return client.release(true);
    const deadline = Math.min(...group.map((pending) => pending.deadline));
    const overlay: Overlay = new Map();
    let outcomes: Outcome[];
    try {
      const source = createSource(client, cache, opened.revision);
      outcomes = await withDeadline(deadline, runAll(group, source, overlay));
      const failure = source.failure();
      if (failure) throw failure;
    } catch (error) {
      client.release(true);
      return runAgain(group, error as Error);
    }
    const changes = changesOf(overlay);
    try {
      await withDeadline(deadline, finish(client, changes, describe));
      client.release();
    } catch (error) {
      client.release(true);
      const isUndone = changes.length === 0 || isRolledBack(error as Error);
      const committed = isUndone ? false : await wasCommitted(url, opened, deadline + statusLimitMs);
      if (committed === false) return runAgain(group, error as Error);
      if (committed === undefined) {
        const unknown = toStoreUnavailable(error as Error, CommitUnknown);
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
        await pause(retryDelayMs);
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
          reject(toStoreUnavailable(trouble ?? new Error('it is too busy')));
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

/** The database transaction of a group: what it sees, and the ids by which its outcome can be found out. */
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
  if (schema > schemaVersion) throw toStoreUnavailable(newerSchemaError(schema));
  return { revision, ...own?.rows[0] };
}

/** Runs the transactions of a group and returns how each ended. Their changes are in the overlay. */
async function runAll(
  group: readonly Pending[],
  source: DatabaseSource,
  overlay: Overlay,
): Promise<Outcome[]> {
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
 * Runs the transactions side by side just for their reads, so that the database gets a few queries instead of one
 * after another; the cache keeps the answers. They are then run for real.
 */
async function readAhead(group: readonly Pending[], source: DatabaseSource): Promise<void> {
  await Promise.all(
    group.map(async ({ work }) => {
      const { tx, end } = openTransaction(source, new Map());
      await work(tx).catch(() => undefined);
      end();
    }),
  );
}

/** Ends a transaction: if there are changes, writes and commits in one round trip. */
async function finish(client: pg.ClientBase, changes: readonly Change[], describe?: Describe): Promise<void> {
  if (changes.length === 0) return void (await client.query('rollback'));
  const writes = recordKinds.flatMap((kind) => {
    const ofKind = changes.filter((change) => change.kind === kind);
    const put = ofKind.flatMap(({ record }) => record ?? []);
    const gone = ofKind.filter(({ record }) => record === null).map(({ id }) => id);
    return [
      ...(put.length > 0 ? [statements.upsert(kind, put, describe)] : []),
      ...(gone.length > 0 ? [statements.deleteByIds(kind, gone)] : []),
    ];
  });
  await sendAll(client, [...writes, statements.nextRevision, { text: 'commit' }]);
}

/**
 * Whether a transaction whose connection broke was committed. If it was not, its server process is terminated, so
 * that nothing still under way can commit it.
 * @returns nothing if that cannot be found out in time
 */
async function wasCommitted(
  url: () => string,
  { xid, pid }: Begun,
  end: number,
): Promise<boolean | undefined> {
  for (; performance.now() < end; await pause(Math.min(50, statusLimitMs))) {
    const left = Math.max(1, end - performance.now());
    const status = await withClient(
      url(),
      async (client) => {
        await client.query(statements.terminate, [pid, xid]);
        return (await client.query(statements.transactionStatus, [xid])).rows[0]?.status;
      },
      { connectMs: left, queryMs: left },
    ).catch(() => undefined);
    if (status === 'committed') return true;
    if (status === 'aborted') return false;
  }
  return undefined;
}
