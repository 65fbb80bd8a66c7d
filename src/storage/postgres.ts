import pg from 'pg';
import { type Store, StoreUnavailable } from '../ports.js';
import { createBatches } from './postgres/batches.js';
import { createCache } from './postgres/cache.js';
import { unavailable } from './postgres/faults.js';
import { migrate } from './postgres/migrate.js';
import { createPool } from './postgres/pool.js';
import { createReads } from './postgres/reads.js';
import { readOnly } from './postgres/sql.js';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with `?sslmode=` and the like. */
  readonly url: string;
}

/** One group of reads at a time is the rule; a long one, an export, leaves room for others. */
const mostReaders = 4;
const cacheBytes = 64_000_000;

/**
 * Opens the store that keeps everything in PostgreSQL, for any number of processes.
 * Brings the database to this version's schema first. Rejects with `StoreUnavailable`, whose text says what to do,
 * when it cannot be reached or used.
 */
export async function openPostgresStore({ url }: PostgresOptions): Promise<Store> {
  await prepare(url);
  const cache = createCache(cacheBytes);
  const writer = createPool(url, 'writer', 1);
  const readers = createPool(url, 'reader', mostReaders);
  const batches = createBatches(writer, cache);
  const reads = createReads(readers, cache);
  let closing: Promise<void> | undefined;

  const refuseWhenClosed = (): void => {
    if (closing) throw new StoreUnavailable('The store is closed.');
  };
  const close = async (): Promise<void> => {
    await Promise.all([batches.idle(), reads.idle()]);
    await Promise.all([writer.close(), readers.close()]);
  };

  return {
    async transact(work) {
      refuseWhenClosed();
      return batches.run(work);
    },
    async read(work, mayBeOldMs) {
      refuseWhenClosed();
      return reads.run(work, mayBeOldMs);
    },
    async check() {
      refuseWhenClosed();
      await batches.run(
        async () => undefined,
        async (connection) => {
          const [found] = await connection.send([readOnly]);
          if (found?.rows[0]?.[0] === 'on') throw new StoreUnavailable('The database can only be read now.');
        },
      );
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Brings a database to this version's schema. */
const prepare = (url: string): Promise<void> => withClient(url, migrate);

/** Connects for one piece of work. @throws StoreUnavailable, whose text says what to do, whatever goes wrong */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Whoever waits for an answer is told by its rejection.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw unavailable(error as Error);
  } finally {
    await client.end().catch(() => undefined);
  }
}
