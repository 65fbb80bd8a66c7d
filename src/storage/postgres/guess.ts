import { setImmediate } from 'node:timers/promises';
import type { RecordKind } from '../../ports.js';
import { settledOf } from '../settled.js';
import type { Ran, Turn } from './batch.js';
import type { Cache, Moment, Position } from './cache.js';
import { type Asked, keepRows, knownOn } from './cached.js';
import { type Changes, createChanges } from './changes.js';
import type { Call, Result } from './exchange.js';
import { type AnyRecord, partitionName, recordName } from './names.js';
import { isStorable } from './places.js';
import * as sql from './sql.js';
import { recordsIn } from './stored.js';
import { openTurn } from './turn.js';

/**
 * Turns that ran before the database was asked: on what the cache knows, and where it knows nothing, on the guess that
 * there is nothing. Most of what a turn asks for and nobody has asked for before is whether a new id is taken, so that
 * the guess is mostly right. Then the turns need not be run again, and all that they wanted to know takes one exchange.
 */
export interface Guess {
  readonly ran: readonly Ran[];
  readonly changes: Changes;
  /** After which commit it holds, if it holds. */
  readonly at: Position;
  /** What has to be asked, in the transaction that has the lock. */
  readonly calls: readonly Call[];
  /** The same as questions that let nothing be written in that transaction, where the guess is wrong. */
  readonly checks: readonly Call[];
  /**
   * Whether the turns saw what the database has. What it has goes into the cache otherwise, for those who run them
   * again.
   * @param results what the calls gave
   * @param moment the moment at which they were asked
   */
  holds(results: readonly Result[], moment: Moment): boolean;
}

/** What was taken not to be there, and what to do with the records when they are. */
interface Question {
  readonly call: Call;
  keep(found: readonly AnyRecord[], moment: Moment): void;
}

/**
 * Runs turns one after the other, each on what those before it have changed.
 * @returns nothing when there are none, or one of them waits for something else than records, or asks for whole tables
 */
export async function guess(turns: readonly Turn[], cache: Cache): Promise<Guess | undefined> {
  if (turns.length === 0) return undefined;
  const at = cache.position();
  const ids = new Map<RecordKind, Set<string>>();
  const lists = new Map<string, Asked>();
  let isHopeless = false;

  const stored = knownOn(cache, at, {
    async get(kind, id) {
      if (!isStorable(id)) return undefined;
      const missing = ids.get(kind);
      if (missing) missing.add(id);
      else ids.set(kind, new Set([id]));
      return undefined;
    },
    async list(kind, by, partition, options) {
      const name = `${partitionName(kind, by, partition)} ${JSON.stringify(options)}`;
      if (isStorable(partition)) lists.set(name, { kind, by, partition, options });
      return [];
    },
    async all() {
      isHopeless = true;
      throw new Error('whole tables are not guessed');
    },
  });

  const changes = createChanges();
  const ran: Ran[] = [];
  const runAll = async (): Promise<void> => {
    for (const turn of turns) {
      const { tx, undo, end } = openTurn(stored, changes);
      const result = await settledOf(() => turn.work(tx));
      end();
      if (isHopeless) return;
      if (result.status === 'rejected') undo();
      ran.push({ turn, result });
    }
  };
  // What needs nothing but records is over within this turn of the event loop.
  await Promise.race([runAll(), setImmediate()]);
  if (ran.length < turns.length) {
    isHopeless = true;
    return undefined;
  }

  const questions: Question[] = [
    ...Array.from(ids, ([kind, missing]) => ({
      call: sql.getAll(kind, [...missing]),
      keep(found: readonly AnyRecord[], moment: Moment) {
        const byId = new Map(found.map((record) => [record.id, record]));
        for (const id of missing) cache.keepRecord(recordName(kind, id), byId.get(id) ?? null, moment);
      },
    })),
    ...Array.from(lists.values(), (asked) => ({
      call: sql.list(asked.kind, asked.by, asked.partition, asked.options),
      keep: (found: readonly AnyRecord[], moment: Moment) => keepRows(cache, asked, found, moment),
    })),
  ];
  return {
    ran,
    changes,
    at,
    checks: [sql.guessLast(at.id), ...questions.map(({ call }) => sql.guessNone(call))],
    calls: questions.map(({ call }) => call),
    holds(results, moment) {
      const isSame = moment.seq === at.seq && moment.epoch === at.epoch;
      if (isSame && results.every(({ rows }) => rows.length === 0)) return true;
      for (const [i, { keep }] of questions.entries()) keep(recordsIn(results[i]), moment);
      return false;
    },
  };
}
