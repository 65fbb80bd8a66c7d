import type { Config } from '../src/config.js';
import { copyToPostgres } from '../src/storage/copy-to-postgres.js';
import { createProgress, type Terminal } from './progress.js';

/** Moves the records from the data file to PostgreSQL; gives what to tell about it. */
export async function migrateStore(
  { DATA_FILE: file, DATABASE_URL: url }: Config,
  { dryRun, terminal }: { dryRun: boolean; terminal: Terminal },
): Promise<string> {
  if (!url) throw new Error('DATABASE_URL names the database to move to; it is not set.');
  const { host, pathname } = new URL(url);
  const target = `${host}${pathname}`;
  const progress = createProgress(terminal, target);
  try {
    const moved = await copyToPostgres({ file, url, dryRun, onProgress: progress.update });
    progress.end();
    const kinds = moved.map(
      ({ kind, count, hash }) => `  ${kind}: ${count}, SHA-256 ${hash.slice(0, 16)}…\n`,
    );
    const total = moved.reduce((sum, { count }) => sum + count, 0);
    const what = `${total} records of ${file}`;
    const said = dryRun
      ? `would copy ${what} to ${target}, which has none. Nothing was changed.`
      : `copied ${what} to ${target}, read back, and found each kind's number and content the same. The file is as it was. ` +
        'Start the bot with DATABASE_URL, and put the file away: without DATABASE_URL it would be used again.';
    return `${kinds.join('')}${said}\n`;
  } finally {
    progress.end();
  }
}
