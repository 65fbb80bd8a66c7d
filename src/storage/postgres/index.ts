import { type Store, StoreUnavailable } from '../../ports.js';
import { createCache } from './cache.js';
import { createCommits } from './commits.js';
import { createPool, withClient } from './connection.js';
import { createReads } from './reads.js';
import { createDescription, prepareReport, type ReportSource } from './report.js';
import { migrate } from './schema.js';
import * as statements from './statements.js';

export interface PostgresOptions {
  /**
   * `postgres://user:password@host:port/database`, with parameters such as `?sslmode=`; a function is asked for it at
   * each connection.
   */
  readonly url: string | (() => string);
  /** By what the report is counted, for the views of it; without, they are left as they are. */
  readonly report?: ReportSource;
}

/** Reads that arrive together share a connection; a long one, such as an export, leaves room for others. */
const maxReaders = 4;

/**
 * Opens the store that keeps everything in PostgreSQL (13 or newer), for any number of processes, after migrating the
 * database to this version's schema.
 * @throws StoreUnavailable that says what to do, if the database cannot be reached or used
 */
export async function openPostgresStore({ url, report }: PostgresOptions): Promise<Store> {
  const describe = report && createDescription(report);
  const urlNow = typeof url === 'string' ? () => url : url;
  await withClient(urlNow(), async (client) => {
    await migrate(client);
    if (report && describe) await prepareReport(client, report, describe);
  });
  const cache = createCache();
  const [writer, readers] = [createPool(urlNow, 1), createPool(urlNow, maxReaders)];
  const commits = createCommits(urlNow, writer, cache, describe);
  const reads = createReads(readers, cache);
  let closing: Promise<void> | undefined;

  const requireOpen = (): void => {
    if (closing) throw new StoreUnavailable('The store is closed.');
  };
  const close = async (): Promise<void> => {
    await Promise.all([commits.idle(), reads.idle()]);
    await Promise.all([writer.end(), readers.end()]);
  };

  return {
    async transact(work) {
      requireOpen();
      return commits.run(work);
    },
    async read(work) {
      requireOpen();
      return reads.run(work);
    },
    async check() {
      requireOpen();
      // Beginning a transaction shows whether the database is writable.
      await commits.run(async () => undefined);
    },
    async forgetPast() {
      requireOpen();
      // Old versions of rows are in no answer of the database any more; this frees where they were.
      await withClient(urlNow(), (client) => client.query(statements.vacuum));
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
