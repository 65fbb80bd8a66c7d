import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CommitUnknown } from '../../ports.js';
import { settledOf } from '../settled.js';
import { mostTurns, type Ran, runTurns, type Turn } from './batch.js';
import type { Cache, Moment } from './cache.js';
import { cachedOn } from './cached.js';
import { createChanges } from './changes.js';
import { commit, commitGuess, learn, NotSent, prepare } from './commit.js';
import type { Connection } from './connection.js';
import { isFaultOfRecords, isRefusal, unavailable } from './faults.js';
import { guess } from './guess.js';
import { createLine } from './line.js';
import { catchUp } from './log.js';
import { betweenAttemptsMs, type Pool } from './pool.js';
import * as sql from './sql.js';
import { storedOn } from './stored.js';

export interface Batches {
  /** Runs a transaction; resolves or rejects as its work does, once that is durable. */
  run<T>(work: Turn['work'], probe?: Turn['probe']): Promise<T>;
  /** Resolves when nobody waits. */
  idle(): Promise<void>;
}

/** How often a turn is run before its failure is believed: a lock, a deadlock, a connection lost on the way. */
const mostFailures = 3;
/** Under load, batches follow each other faster than this. */
const trustMs = 10;

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
  /**
   * Guesses are right and the database answers, until this moment of `performance.now()`: a batch is committed in the
   * same exchange that says whether its guess is right. When that exchange gets no answer nobody knows whether the
   * batch took place. Of one that first asks it is known, so whoever comes to a database that has gone away is told
   * that nothing was changed.
   */
  let trustedUntil = 0;
  const trust = (): void => {
    trustedUntil = performance.now() + trustMs;
  };

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

  /** Waits for the end of a commit and tells those who ran, or puts them back; true when all is well. */
  const ended = async (
    connection: Connection,
    ran: readonly Ran[],
    id: string,
    committing: Promise<boolean>,
  ): Promise<boolean> => {
    const done = await settledOf(() => committing);
    if (done.status === 'fulfilled') {
      pool.give(connection);
      if (done.value) answer(ran);
      else line.putBack(ran.map(({ turn }) => turn));
      return done.value;
    }
    const error = done.reason as Error;
    connection.destroy();
    if (isRefusal(error) || error instanceof NotSent) {
      again(ran, error);
      return false;
    }
    const took = await learn(pool, id);
    if (took) answer(ran);
    else if (took === false) again(ran, error);
    else for (const { turn } of ran) turn.refuse(unavailable(error, CommitUnknown));
    return false;
  };

  const batch = async (): Promise<void> => {
    const guessed = isAlone ? await guess(line.first(mostTurns, mayBeGuessed), cache) : undefined;
    const turns = guessed?.ran.map(({ turn }) => turn) ?? [];
    const prepared = guessed && prepare(guessed.changes);
    const id = randomUUID();
    const connection = await pool.take();
    const isTrusted = performance.now() < trustedUntil;
    trustedUntil = 0;
    if (guessed && prepared && isTrusted && line.takeFirst(turns)) {
      if (await ended(connection, guessed.ran, id, commitGuess(connection, cache, guessed, prepared, id)))
        trust();
      return;
    }
    const before = cache.position();
    const { moment, results } = await catchUp(connection, [sql.begin, sql.lock], cache, guessed?.calls);
    isAlone = moment.seq === before.seq && moment.epoch === before.epoch;
    if (guessed?.holds(results, moment) && line.takeFirst(turns)) {
      if (await ended(connection, guessed.ran, id, commit(connection, cache, moment, prepared, id))) trust();
      return;
    }
    const { ran, changes } = await runInEarnest(connection, moment);
    await ended(connection, ran, id, commit(connection, cache, moment, prepare(changes), id));
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
