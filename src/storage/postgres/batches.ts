import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CommitUnknown } from '../../ports.js';
import { settledOf } from '../settled.js';
import { mostTurns, type Ran, runTurns, type Turn } from './batch.js';
import type { Cache, Moment } from './cache.js';
import { cachedOn, listsAfter } from './cached.js';
import { type Change, type Changes, createChanges, namesOf } from './changes.js';
import type { Connection } from './connection.js';
import { isFaultOfRecords, isRefusal, unavailable } from './faults.js';
import { guess } from './guess.js';
import { createLine } from './line.js';
import { catchUp } from './log.js';
import type { Pool } from './pool.js';
import * as sql from './sql.js';
import { storedOn } from './stored.js';
import { type Commit, writeOf, writtenOf } from './write.js';

export interface Batches {
  /** Runs a transaction; resolves or rejects as its work does, once that is durable. */
  run<T>(work: Turn['work'], probe?: Turn['probe']): Promise<T>;
  /** Resolves when nobody waits. */
  idle(): Promise<void>;
}

/** How often a turn is run before its failure is believed: a lock, a deadlock, a connection lost on the way. */
const mostFailures = 3;
/** A database that is away is asked this often whether it is back. */
const betweenAttemptsMs = 100;
/** Within 2.5 s of the commit its caller must be told what came of it. */
const learnLimitMs = 2_400;

/**
 * Transactions that arrive together share one of PostgreSQL: one lock, one write, one sync to the disk. They run one
 * after the other in this process, and the lock keeps those of other processes out meanwhile. So each sees all that
 * came before it, nothing has to be tried again because two met, and the rows that everybody changes (a counter, the
 * tally) are in nobody's way.
 */
export function createBatches(pool: Pool, cache: Cache): Batches {
  const line = createLine<Turn>();
  let running: Promise<void> | undefined;
  /** Nobody else committed between the last two batches: where others write, a guess is mostly too old. */
  let isAlone = true;

  const answer = (ran: readonly Ran[]): void => {
    for (const { turn, result } of ran) {
      if (result.status === 'fulfilled') turn.resolve(result.value);
      else turn.reject(result.reason);
    }
  };

  /** Nothing was committed: they are run again, or refused when that has been tried. */
  const again = (ran: readonly Ran[], error: Error): void => {
    const back: Turn[] = [];
    for (const { turn } of ran) {
      turn.failures += 1;
      turn.alone ||= isFaultOfRecords(error);
      if (isFaultOfRecords(error) && ran.length === 1) turn.reject(error);
      else if (turn.failures >= mostFailures) turn.refuse(unavailable(error));
      else back.push(turn);
    }
    line.putBack(back);
  };

  const runInEarnest = async (connection: Connection, moment: Moment) => {
    const changes = createChanges();
    const stored = cachedOn(cache, moment, storedOn(connection));
    return { changes, ran: await runTurns(connection, stored, changes, line) };
  };

  const batch = async (): Promise<void> => {
    const guessed = isAlone ? await guess(line.first(mostTurns, mayBeGuessed), cache) : undefined;
    const connection = await pool.take();
    const before = cache.position();
    const opening = catchUp(connection, [sql.begin, sql.lock], cache, guessed?.calls);
    // The server is at work: this costs nobody time.
    const prepared = guessed && prepare(guessed.changes);
    const { moment, results } = await opening;
    isAlone = moment.seq === before.seq && moment.epoch === before.epoch;
    const isRight = guessed?.holds(results, moment) && line.takeFirst(guessed.ran.map(({ turn }) => turn));
    const { ran, changes } = guessed && isRight ? guessed : await runInEarnest(connection, moment);
    const writing = isRight ? prepared : prepare(changes);
    const id = randomUUID();
    const done = await settledOf(() => commit(connection, cache, moment, writing, id));
    if (done.status === 'fulfilled') {
      pool.give(connection);
      return answer(ran);
    }
    const error = done.reason as Error;
    connection.destroy();
    if (isRefusal(error) || error instanceof NotSent) return again(ran, error);
    const took = await learn(pool, id);
    if (took) answer(ran);
    else if (took === false) again(ran, error);
    else for (const { turn } of ran) turn.refuse(unavailable(error, CommitUnknown));
  };

  const work = async (): Promise<void> => {
    for (let failures = 0; !line.isEmpty(); ) {
      try {
        await batch();
        failures = 0;
      } catch (error) {
        line.blame(error as Error);
        // The first failure is often that of a connection the server has closed since: a new one may do at once.
        if (failures++ > 0) await pause(betweenAttemptsMs);
      }
    }
    running = undefined;
  };

  return {
    run: (work_, probe) =>
      new Promise((resolve, reject) => {
        line.add({
          work: work_,
          probe,
          resolve: resolve as (value: unknown) => void,
          reject,
          refuse: reject,
          failures: 0,
          alone: false,
        });
        running ??= work();
      }),
    idle: async () => running,
  };
}

/** What went wrong once is run with all care. */
const mayBeGuessed = ({ probe, failures, alone }: Turn): boolean => !probe && failures === 0 && !alone;

/** The connection was lost before the commit was asked for: nothing was changed. */
class NotSent extends Error {}

/** What is to be written, in the form in which it is sent. */
interface Prepared {
  readonly all: readonly Change[];
  readonly changed: Commit['changed'];
  readonly write: ReturnType<typeof writeOf>;
}

/** @returns nothing when there is nothing to write */
function prepare(changes: Changes): Prepared | undefined {
  const written = writtenOf(changes);
  if (written.every(({ rows, removed }) => rows.length + removed.length === 0)) return undefined;
  const all = written.flatMap(({ kind }) => changes.of(kind));
  const changed = namesOf(all);
  return { all, changed, write: writeOf(written, changed) };
}

async function commit(
  connection: Connection,
  cache: Cache,
  moment: Moment,
  prepared: Prepared | undefined,
  id: string,
): Promise<void> {
  const lost = connection.broken();
  if (lost) throw new NotSent(lost.message, { cause: lost });
  if (!prepared) return connection.later(sql.commit);
  const { all, changed, write } = prepared;
  const next: Commit = { seq: moment.seq + 1, id, changed };
  const sent = connection.send([write(next), sql.commit]);
  // The server is at work: this costs nobody time.
  const lists = listsAfter(cache, moment, all);
  const from = cache.position();
  await sent;
  // Another read may have met the commit in the log already, and dropped what it changed.
  const now = cache.follow(from, [{ seq: from.seq, id: from.id, changed: [] }, next]);
  if (!now) return;
  for (const { name, now: record } of all) cache.keepRecord(name, record ?? null, now);
  for (const { name, ...list } of lists) cache.keepList(name, list, now);
}

/**
 * Whether a commit took place whose connection broke.
 * @returns nothing when that cannot be learned in time
 */
async function learn(pool: Pool, id: string): Promise<boolean | undefined> {
  const until = performance.now() + learnLimitMs;
  const ask = async (): Promise<boolean | undefined> => {
    while (performance.now() < until) {
      try {
        const connection = await pool.take();
        // Who gets the lock knows that the transaction, which had it, has come to its end.
        const [, , found] = await connection.send([sql.begin, sql.lock, sql.commitOf(id), sql.commit]);
        pool.give(connection);
        return found?.rows.length === 1;
      } catch {
        await pause(betweenAttemptsMs);
      }
    }
    return undefined;
  };
  return Promise.race([ask(), pause(learnLimitMs, undefined)]);
}
