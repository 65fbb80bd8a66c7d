import type { Clock, Store } from '../ports.js';
import { openLowdbStore } from './lowdb/index.js';

export interface StoreOptions {
  /** A PostgreSQL database; without one, the records are kept in `file`. */
  readonly databaseUrl?: string | undefined;
  readonly file: string;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
}

/**
 * Opens the store that the settings choose: PostgreSQL with a database URL, otherwise lowdb.
 * @throws StoreUnavailable that says what to do
 */
export async function openStore({ databaseUrl, file, clock, log }: StoreOptions): Promise<Store> {
  if (databaseUrl) {
    // Imported on demand: without it, the bot starts faster.
    const { openPostgresStore } = await import('./postgres/index.js');
    return openPostgresStore({ url: databaseUrl });
  }
  return openLowdbStore({ file, clock, log: { warn: (text) => log.warn({}, text) } });
}
