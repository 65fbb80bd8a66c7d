import type { ListOptions, RecordKind } from '../../ports.js';
import { type Cache, type CachedList, type Moment, sameOptions } from './cache.js';
import type { Change } from './changes.js';
import { applyTouch, touchOf } from './merge.js';
import { type AnyRecord, indexNames, partitionName, placeIn, recordName } from './names.js';
import type { Stored } from './stored.js';

/** Longer lists cost more to keep up to date than to ask for. */
const longestList = 300;

/** Reads what the cache knows of a moment, and elsewhere what it does not know. */
export function knownOn(cache: Cache, moment: Moment, elsewhere: Stored): Stored {
  return {
    get(kind, id) {
      const known = cache.record(recordName(kind, id), moment);
      return known === undefined ? elsewhere.get(kind, id) : Promise.resolve(known ?? undefined);
    },
    list(kind, by, partition, options) {
      const lists = cache.lists(partitionName(kind, by, partition), moment);
      const known = lists.find((list) => sameOptions(list.options, options));
      return known ? Promise.resolve(known.rows) : elsewhere.list(kind, by, partition, options);
    },
    all: elsewhere.all,
  };
}

/** Reads what the cache knows of a moment, and the rest from the database, at the same moment. The cache keeps it. */
export const cachedOn = (cache: Cache, moment: Moment, database: Stored): Stored =>
  knownOn(cache, moment, {
    async get(kind, id) {
      const found = await database.get(kind, id);
      cache.keepRecord(recordName(kind, id), found ?? null, moment);
      return found;
    },
    async list(kind, by, partition, options) {
      const rows = await database.list(kind, by, partition, options);
      keepRows(cache, { kind, by, partition, options }, rows, moment);
      return rows;
    },
    all: database.all,
  });

/** What a list was asked for. */
export interface Asked {
  readonly kind: RecordKind;
  readonly by: string;
  readonly partition: string;
  readonly options: ListOptions;
}

/** Takes in a list as it was read at a moment. */
export function keepRows(
  cache: Cache,
  { kind, by, partition, options }: Asked,
  rows: readonly AnyRecord[],
  moment: Moment,
): void {
  if (rows.length > longestList) return;
  cache.keepList(partitionName(kind, by, partition), { options, rows }, moment);
  // Who lists records mostly goes on to change one of them.
  for (const record of rows) cache.keepRecord(recordName(kind, record.id), record, moment);
}

/** A list that a commit leaves behind, with the name of its partition. */
interface LeftBehind extends CachedList {
  readonly name: string;
}

/**
 * The lists that the cache knows at a moment, as a commit after it leaves them: without this, each commit would make
 * the next one ask again for the lists that both touch.
 */
export function listsAfter(cache: Cache, moment: Moment, changes: readonly Change[]): LeftBehind[] {
  const after: LeftBehind[] = [];
  for (const [name, { kind, at, partition, changes: own }] of partitionsOf(changes)) {
    const touch = touchOf(own, at, partition);
    const placeOf = placeIn(kind, indexNames[kind][at] ?? '');
    for (const { options, rows } of touch ? cache.lists(name, moment) : []) {
      const now = touch && applyTouch(rows, options.limit, touch, placeOf, options);
      if (now && now.length <= longestList) after.push({ name, options, rows: Object.freeze(now) });
    }
  }
  return after;
}

interface Partition {
  readonly kind: Change['kind'];
  readonly at: number;
  readonly partition: string;
  readonly changes: Change[];
}

/** The partitions that changes touch, each with its changes. */
function partitionsOf(changes: readonly Change[]): Map<string, Partition> {
  const found = new Map<string, Partition>();
  for (const change of changes) {
    const { kind, placesBefore, placesNow } = change;
    indexNames[kind].forEach((by, at) => {
      const [before, now] = [placesBefore[at]?.partition, placesNow[at]?.partition];
      for (const partition of before === now ? [now] : [before, now]) {
        if (partition === undefined) continue;
        const name = partitionName(kind, by, partition);
        const there = found.get(name) ?? { kind, at, partition, changes: [] };
        there.changes.push(change);
        found.set(name, there);
      }
    });
  }
  return found;
}
