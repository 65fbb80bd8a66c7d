import { setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import type { Reader } from '../../ports.js';
import type { Cache } from './cache.js';
import { connect, sendAll, withDeadline } from './connection.js';
import { toStoreUnavailable } from './errors.js';
import { newerSchemaError, schemaVersion } from './schema.js';
import { createSource, type DatabaseSource } from './source.js';
import * as statements from './statements.js';

export interface Reads {
  run<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Resolves when no read is in progress. */
  idle(): Promise<void>;
}

/** One state of the database, shared by reads that begin together. */
interface Snapshot {
  readonly opened: Promise<{ client: pg.PoolClient; source: DatabaseSource }>;
  readers: number;
}

const answerLimitMs = 2_500;

/** Reads of one consistent state each; those that arrive together share a transaction of PostgreSQL. */
export function createReads(pool: pg.Pool, cache: Cache): Reads {
  let joinable: Snapshot | undefined;
  const running = new Set<Promise<unknown>>();

  const open = async () => {
    await setImmediate();
    try {
      const { client, opened: revision } = await connect(pool, (taken) => {
        // Later reads may depend on a commit that this snapshot does not see.
        joinable = undefined;
        return begin(taken);
      });
      cache.advanceTo(revision);
      return { client, source: createSource(client, cache, revision) };
    } catch (error) {
      joinable = undefined;
      throw toStoreUnavailable(error as Error);
    }
  };

  const leave = async (snapshot: Snapshot): Promise<void> => {
    snapshot.readers -= 1;
    if (snapshot.readers > 0) return;
    const { client, source } = await snapshot.opened;
    const ended = source.failure() ? undefined : await client.query('commit').catch(() => undefined);
    client.release(!ended);
  };

  const read = async <T>(work: (reader: Reader) => Promise<T>, snapshot: Snapshot): Promise<T> => {
    try {
      const opened = await withDeadline(performance.now() + answerLimitMs, snapshot.opened).catch((error) => {
        throw toStoreUnavailable(error as Error);
      });
      const { source } = opened;
      try {
        return await work(createReader(source));
      } catch (error) {
        throw source.failure() ? toStoreUnavailable(source.failure() as Error) : error;
      }
    } finally {
      void leave(snapshot).catch(() => undefined);
    }
  };

  return {
    run(work) {
      joinable ??= { opened: open(), readers: 0 };
      joinable.readers += 1;
      const reading = read(work, joinable);
      running.add(reading);
      const forget = () => void running.delete(reading);
      reading.then(forget, forget);
      return reading;
    },
    idle: async () => void (await Promise.allSettled(running)),
  };
}

async function begin(client: pg.ClientBase): Promise<string> {
  const [, at] = await sendAll(client, [
    { text: 'begin isolation level repeatable read read only' },
    statements.position,
  ]);
  const { revision, schema } = at?.rows[0] ?? {};
  if (schema > schemaVersion) throw toStoreUnavailable(newerSchemaError(schema));
  return revision;
}

const createReader = (source: DatabaseSource): Reader => ({
  get: (kind, id) => source.get(kind, id) as never,
  list: (kind, by, partition, options = {}) => source.list(kind, by, partition, options) as never,
  all: (kind) => source.all(kind) as never,
});
