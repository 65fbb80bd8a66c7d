import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import type { RecordKind } from '../../records.js';
import { type AnyRecord, indexesOf } from '../kinds.js';
import type { Source } from '../overlay.js';
import { freeze } from '../plain-json.js';
import { isStorable } from '../storable.js';
import { type Cache, listKey } from './cache.js';
import { selectAll, selectByIds, selectList } from './statements.js';

/** Reads the records that a database transaction sees, through the cache. */
export interface DatabaseSource extends Source {
  /** Why the database did not answer; later results are invalid. */
  failure(): Error | undefined;
}

/** @param revision the one that the client's transaction sees */
export function createSource(client: pg.ClientBase, cache: Cache, revision: string): DatabaseSource {
  let failure: Error | undefined;
  const runQuery = async (query: pg.QueryConfig): Promise<AnyRecord[]> => {
    try {
      const { rows } = await client.query(query);
      return rows.map(({ record }) => freeze(record as AnyRecord));
    } catch (error) {
      failure ??= error as Error;
      throw error;
    }
  };

  /** Ids of a kind that are requested in one turn of the event loop are read in one query. */
  const requested = new Map<RecordKind, { ids: Set<string>; found: Promise<Map<string, AnyRecord>> }>();
  const fetch = (kind: RecordKind, id: string): Promise<Map<string, AnyRecord>> => {
    const open = requested.get(kind);
    if (open) {
      open.ids.add(id);
      return open.found;
    }
    const ids = new Set([id]);
    const find = async (): Promise<Map<string, AnyRecord>> => {
      await setImmediate();
      requested.delete(kind);
      const records = await runQuery(selectByIds(kind, [...ids]));
      const found = new Map(records.map((record) => [record.id, record]));
      for (const each of ids) cache.keepRecord(revision, kind, each, found.get(each) ?? null);
      return found;
    };
    const found = find();
    requested.set(kind, { ids, found });
    return found;
  };

  return {
    async get(kind, id) {
      const known = cache.record(revision, kind, id);
      if (known !== undefined) return known ?? undefined;
      return isStorable(id) ? (await fetch(kind, id)).get(id) : undefined;
    },
    async list(kind, by, partition, options) {
      if (!indexesOf(kind)[by]) throw new Error(`There is no index "${by}": ports.ts declares them.`);
      if (!isStorable(partition) || (options.limit ?? 1) <= 0) return [];
      const key = listKey(partition, options);
      const known = cache.list(revision, kind, by, key);
      if (known) return known;
      const found = await runQuery(selectList(kind, by, partition, options));
      cache.keepList(revision, kind, by, key, found);
      return found;
    },
    all: (kind) => runQuery(selectAll(kind)),
    failure: () => failure,
  };
}
