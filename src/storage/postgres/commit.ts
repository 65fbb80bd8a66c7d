import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cache, Moment } from './cache.js';
import { listsAfter } from './cached.js';
import { type Change, type Changes, namesOf } from './changes.js';
import type { Connection } from './connection.js';
import type { Call } from './exchange.js';
import type { Guess } from './guess.js';
import { betweenAttemptsMs, type Pool } from './pool.js';
import * as sql from './sql.js';
import { type Commit, writeOf, writtenOf } from './write.js';

/** Within 2.5 s of the commit its caller must be told what came of it. */
const learnLimitMs = 2_400;

/** The connection was lost before the commit was asked for: nothing was changed. */
export class NotSent extends Error {}

/** What is to be written, in the form in which it is sent. */
export interface Prepared {
  readonly all: readonly Change[];
  readonly changed: Commit['changed'];
  readonly write: ReturnType<typeof writeOf>;
}

/** @returns nothing when there is nothing to write */
export function prepare(changes: Changes): Prepared | undefined {
  const written = writtenOf(changes);
  if (written.every(({ rows, removed }) => rows.length + removed.length === 0)) return undefined;
  const all = written.flatMap(({ kind }) => changes.of(kind));
  const changed = namesOf(all);
  return { all, changed, write: writeOf(written, changed) };
}

/**
 * Writes, in the transaction that has the lock, and commits; the cache takes in what was written.
 * @param moment what the transaction sees
 * @param id names the commit in the log
 * @returns true
 * @throws NotSent, or what the connection or the server said
 */
export async function commit(
  connection: Connection,
  cache: Cache,
  moment: Moment,
  prepared: Prepared | undefined,
  id: string,
): Promise<boolean> {
  const lost = connection.broken();
  if (lost) throw new NotSent(lost.message, { cause: lost });
  if (prepared) return write([], connection, cache, moment, prepared, id);
  connection.later(sql.commit);
  return true;
}

/**
 * Gets the lock, writes what a guess has changed if the guess is right, and commits: all in one exchange.
 * @returns false when the guess is wrong; nothing was changed then
 * @throws what the connection or the server said
 */
export const commitGuess = (
  connection: Connection,
  cache: Cache,
  { at, checks }: Guess,
  prepared: Prepared,
  id: string,
): Promise<boolean> => write([sql.begin, sql.lock, ...checks], connection, cache, at, prepared, id);

/** @returns false when a check that was asked first kept it from writing */
async function write(
  first: readonly Call[],
  connection: Connection,
  cache: Cache,
  moment: Moment,
  { all, changed, write: writing }: Prepared,
  id: string,
): Promise<boolean> {
  const next: Commit = { seq: moment.seq + 1, id, changed };
  const askedAt = performance.now();
  const sent = connection.send([...first, writing(next), sql.commit]);
  // The server is at work: this costs nobody time.
  const lists = listsAfter(cache, moment, all);
  const from = cache.position();
  const results = await sent;
  if (results.at(-2)?.done !== 'INSERT 0 1') return false;
  // Another read may have met the commit in the log already, and dropped what it changed.
  const now = cache.follow(from, [{ seq: from.seq, id: from.id, changed: [] }, next], askedAt);
  if (!now) return true;
  for (const { name, now: record } of all) cache.keepRecord(name, record ?? null, now);
  for (const { name, ...list } of lists) cache.keepList(name, list, now);
  return true;
}

/**
 * Whether a commit took place whose connection broke. One that did not cannot take place any more: what was sent for
 * it may still be on its way to the server.
 * @returns nothing when that cannot be learned in time
 */
export function learn(pool: Pool, id: string): Promise<boolean | undefined> {
  const until = performance.now() + learnLimitMs;
  const ask = async (): Promise<boolean | undefined> => {
    while (performance.now() < until) {
      try {
        const connection = await pool.take();
        // Who gets the lock knows that a transaction that had it has come to its end. One that has yet to get it
        // counts on the last commit, which is another one then.
        const calls = [sql.begin, sql.lock, sql.commitOf(id), sql.supersede(id, randomUUID()), sql.commit];
        const [, , found] = await connection.send(calls);
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
