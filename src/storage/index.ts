import type { Clock, Store } from '../ports.js';
import { openLowdbStore } from './lowdb/index.js';
import type { ReportSource } from './postgres/report.js';

export interface StoreOptions {
  /** A PostgreSQL database, as it is at each connection; without one, the records are kept in `file`. */
  readonly databaseUrl?: (() => string) | undefined;
  readonly file: string;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
  /** By what the report is counted beside the records: PostgreSQL has views of it. */
  readonly report: Omit<ReportSource, 'warn'>;
}

/**
 * Opens the store that the settings choose: PostgreSQL with a database URL, otherwise lowdb.
 * @throws StoreUnavailable that says what to do
 */
export async function openStore({ databaseUrl, file, clock, log, report }: StoreOptions): Promise<Store> {
  const warn = (text: string): void => log.warn({}, text);
  if (databaseUrl) {
    // Imported on demand: without it, the bot starts faster.
    const { openPostgresStore } = await import('./postgres/index.js');
    return openPostgresStore({ url: databaseUrl, report: { ...report, warn } });
  }
  return openLowdbStore({ file, clock, log: { warn } });
}
