import { type Cache, type CachedList, type Moment, sameOptions } from './cache.js';
import type { Change } from './changes.js';
import { applyTouch, touchOf } from './merge.js';
import { indexNames, partitionName, placeIn, recordName } from './names.js';
import type { Stored } from './stored.js';

/** Longer lists cost more to keep up to date than to ask for. */
export const longestList = 300;

/** Reads what the cache knows of a moment, and the rest from the database, at the same moment. */
export function cachedOn(cache: Cache, moment: Moment, database: Stored): Stored {
  return {
    async get(kind, id) {
      const name = recordName(kind, id);
      const known = cache.record(name, moment);
      if (known !== undefined) return known ?? undefined;
      const found = await database.get(kind, id);
      cache.keepRecord(name, found ?? null, moment);
      return found;
    },
    async list(kind, by, partition, options) {
      const name = partitionName(kind, by, partition);
      const known = cache.lists(name, moment).find((list) => sameOptions(list.options, options));
      if (known) return known.rows;
      const rows = await database.list(kind, by, partition, options);
      if (rows.length > longestList) return rows;
      cache.keepList(name, { options, rows }, moment);
      // Who lists records mostly goes on to change one of them.
      for (const record of rows) cache.keepRecord(recordName(kind, record.id), record, moment);
      return rows;
    },
    all: database.all,
  };
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
