import type { Cache, Moment } from './cache.js';
import type { Connection } from './connection.js';
import type { Call, Result } from './exchange.js';
import { knownVersion, newerSchema } from './migrate.js';
import * as sql from './sql.js';
import type { Commit } from './write.js';

const commitOf = (row: readonly (string | null)[]): Commit => ({
  seq: Number(row[0]),
  id: row[1] ?? '',
  changed: row[2] ? (JSON.parse(row[2]) as string[]) : [],
});

/**
 * Opens a transaction and lets the cache follow the log to where the transaction sees it, all in one exchange.
 * @param opening begins the transaction
 * @param more what else is to be asked at once
 * @returns the moment that the transaction sees, and what the rest gave
 * @throws Error when a newer Passerelle has migrated the database; the connection is let go of then
 */
export async function catchUp(
  connection: Connection,
  opening: readonly Call[],
  cache: Cache,
  more: readonly Call[] = [],
): Promise<{ moment: Moment; results: readonly Result[] }> {
  const asked = cache.position();
  const at = performance.now();
  const all = await connection.send([...opening, sql.commitsSince(asked.seq), ...more]);
  const results = all.slice(opening.length + 1);
  const moment = cache.follow(asked, (all[opening.length]?.rows ?? []).map(commitOf), at);
  if (moment) return { moment, results };
  // A migration restarts the log, so this is where an instance that was left behind learns of it.
  const [version, last] = await connection.send([sql.schemaVersion, sql.lastCommit]);
  const found = Number(version?.rows[0]?.[0]);
  if (found > knownVersion) {
    connection.destroy();
    throw newerSchema(found, knownVersion);
  }
  return { moment: cache.restart(commitOf(last?.rows[0] ?? []), at), results };
}
