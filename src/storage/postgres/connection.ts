import pg from 'pg';
import { toStoreUnavailable } from './errors.js';

/** Gives up on a hanging server after this, so that callers are answered within 3 s. */
const queryLimitMs = 2_000;

/**
 * Opens a connection pool. Idle connections that break are replaced silently.
 * @param url asked for at each connection, because its password may have been exchanged
 */
export function createPool(url: () => string, max: number): pg.Pool {
  class Client extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super({ ...options, connectionString: url() });
    }
  }
  const pool = new pg.Pool({
    Client,
    max,
    connectionTimeoutMillis: queryLimitMs,
    query_timeout: queryLimitMs,
    // Independent queries are sent without waiting for each other.
    pipeline: true,
  });
  pool.on('error', () => undefined);
  // Whoever waits for an answer learns of the error from its rejection.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

/**
 * Takes a working connection; one that the server has closed meanwhile is replaced, once.
 * @param open begins the work on it
 */
export async function connect<T>(
  pool: pg.Pool,
  open: (client: pg.PoolClient) => Promise<T>,
): Promise<{ client: pg.PoolClient; opened: T }> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    try {
      return { client, opened: await open(client) };
    } catch (error) {
      client.release(true);
      if (attempt === 2) throw error;
    }
  }
}

/**
 * Connects for a single task.
 * @param limitMs for the connection, and for each query
 * @throws StoreUnavailable that says what to do, whatever goes wrong
 */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
  { connectMs = 5_000, queryMs }: { connectMs?: number; queryMs?: number } = {},
): Promise<T> {
  let client: pg.Client | undefined;
  try {
    // The address may name files, which are read at once.
    client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: connectMs,
      ...(queryMs ? { query_timeout: queryMs } : {}),
    });
    client.on('error', () => undefined);
    await client.connect();
    return await work(client);
  } catch (error) {
    throw toStoreUnavailable(error as Error);
  } finally {
    await client?.end().catch(() => undefined);
  }
}

/**
 * Sends queries in order without waiting in between.
 * @throws the first error, once all are answered
 */
export async function sendAll(
  client: pg.ClientBase,
  queries: readonly pg.QueryConfig[],
): Promise<pg.QueryResult[]> {
  const settled = await Promise.allSettled(queries.map((query) => client.query(query)));
  return settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** Rejects at a time of `performance.now()` unless the work has ended. */
export async function withDeadline<T>(moment: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new Error('it did not answer in time'));
    timer = setTimeout(giveUp, Math.max(0, moment - performance.now()));
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
