import { setImmediate } from 'node:timers/promises';
import type { ListOptions, RecordKind } from '../../ports.js';
import { settledOf } from '../settled.js';
import type { Ran, Turn } from './batch.js';
import { type Cache, type Moment, sameOptions } from './cache.js';
import { longestList } from './cached.js';
import { type Changes, createChanges } from './changes.js';
import type { Call, Result } from './exchange.js';
import { type AnyRecord, partitionName, recordName } from './names.js';
import { isStorable } from './places.js';
import { recordOf } from './record-text.js';
import * as sql from './sql.js';
import type { Stored } from './stored.js';
import { openTurn } from './turn.js';

/**
 * Turns that ran before the database was asked: on what the cache knows, and where it knows nothing, on the guess that
 * there is nothing. Most of what a turn asks for and nobody has asked for before is whether a new id is taken, so that
 * the guess is mostly right. Then the turns need not be run again, and all that they wanted to know takes one exchange.
 */
export interface Guess {
  readonly ran: readonly Ran[];
  readonly changes: Changes;
  /** What has to be asked, in the transaction that has the lock. */
  readonly calls: readonly Call[];
  /**
   * Whether the turns saw what the database has. What it has goes into the cache otherwise, for those who run them
   * again.
   * @param results what the calls gave
   * @param moment the moment at which they were asked
   */
  holds(results: readonly Result[], moment: Moment): boolean;
}

/** A list that was taken to be empty. */
interface Missing {
  readonly kind: RecordKind;
  readonly by: string;
  readonly partition: string;
  readonly options: ListOptions;
}

/**
 * Runs turns one after the other, each on what those before it have changed.
 * @returns nothing when there are none, or one of them waits for something else than records, or asks for whole tables
 */
export async function guess(turns: readonly Turn[], cache: Cache): Promise<Guess | undefined> {
  if (turns.length === 0) return undefined;
  const at = cache.position();
  const ids = new Map<RecordKind, Set<string>>();
  const lists = new Map<string, Missing>();
  let isHopeless = false;
  let over = false;

  const stored: Stored = {
    async get(kind, id) {
      const known = cache.record(recordName(kind, id), at);
      if (known !== undefined) return known ?? undefined;
      if (!isStorable(id)) return undefined;
      const missing = ids.get(kind);
      if (missing) missing.add(id);
      else ids.set(kind, new Set([id]));
      return undefined;
    },
    async list(kind, by, partition, options) {
      const name = partitionName(kind, by, partition);
      const known = cache.lists(name, at).find((list) => sameOptions(list.options, options));
      if (known) return known.rows;
      if (isStorable(partition))
        lists.set(`${name} ${JSON.stringify(options)}`, { kind, by, partition, options });
      return [];
    },
    async all() {
      isHopeless = true;
      throw new Error('whole tables are not guessed');
    },
  };

  const changes = createChanges();
  const ran: Ran[] = [];
  const runAll = async (): Promise<void> => {
    for (const turn of turns) {
      const { tx, undo, end } = openTurn(stored, changes);
      const result = await settledOf(() => turn.work(tx));
      end();
      if (over) return;
      if (result.status === 'rejected') undo();
      ran.push({ turn, result });
    }
    over = true;
  };
  // What needs nothing but records is over within this turn of the event loop.
  await Promise.race([runAll(), setImmediate()]);
  if (!over || isHopeless) {
    over = true;
    return undefined;
  }

  const wantedIds = [...ids].map(([kind, wanted]) => ({ kind, wanted: [...wanted] }));
  const wantedLists = [...lists];
  return {
    ran,
    changes,
    calls: [
      ...wantedIds.map(({ kind, wanted }) => sql.getAll(kind, wanted)),
      ...wantedLists.map(([, { kind, by, partition, options }]) => sql.list(kind, by, partition, options)),
    ],
    holds(results, moment) {
      const isSame = moment.seq === at.seq && moment.epoch === at.epoch;
      if (isSame && results.every(({ rows }) => rows.length === 0)) return true;
      const recordsOf = (i: number): AnyRecord[] =>
        (results[i]?.rows ?? []).map(([text]) => recordOf(text ?? ''));
      wantedIds.forEach(({ kind, wanted }, i) => {
        const found = new Map(recordsOf(i).map((record) => [record.id, record]));
        for (const id of wanted) cache.keepRecord(recordName(kind, id), found.get(id) ?? null, moment);
      });
      wantedLists.forEach(([, { kind, by, partition, options }], i) => {
        const rows = recordsOf(wantedIds.length + i);
        if (rows.length > longestList) return;
        cache.keepList(partitionName(kind, by, partition), { options, rows: Object.freeze(rows) }, moment);
        for (const record of rows) cache.keepRecord(recordName(kind, record.id), record, moment);
      });
      return false;
    },
  };
}
