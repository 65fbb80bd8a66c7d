import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { importCalendar } from '../src/reference/calendar/import-calendar.js';
import { migrateStore } from './migrate-store.js';
import { createProgress } from './progress.js';
import { readKnownRow, tellAudit } from './verify-audit.js';

const usage = `npm run job -- NAME [--dry-run] [--at ISO-INSTANT]
  Runs what a job owes by now (or by the instant given) and sends it. The running bot does so by itself: a job
  is run by hand to see what it would do, or while the bot is stopped.
npm run job -- calendar --from FILE [--dry-run]
  Imports the official school calendar (CSV) into data/school-holidays.json, and says what changed. The bot reads
  it when it starts.
npm run job -- migrate-store [--dry-run]
  Copies the records of DATA_FILE, whose bot is stopped, into the empty database that DATABASE_URL names, compares
  what arrived, and leaves the file as it is.
npm run job -- verify-audit [--known NUMBER:HASH]
  Says whether a row of the audit trail was removed or altered, and which is the first; --known is a row as an earlier
  run said it. Without DATABASE_URL the bot is stopped meanwhile.`;

/** The flags that have a value. What verifies the trail does so whatever the moment. */
const valuedFlags: Readonly<Record<string, readonly string[]>> = {
  calendar: ['--from'],
  'verify-audit': ['--known', '--at'],
};

async function main(): Promise<void> {
  const [name, ...flags] = process.argv.slice(2);
  const valued = valuedFlags[name ?? ''] ?? ['--at'];
  const [first = '--at'] = valued;
  const value = flags.includes(first) ? flags[flags.indexOf(first) + 1] : undefined;
  const known = flags.every(
    (f, i) => f === '--dry-run' || valued.includes(f) || valued.includes(flags[i - 1] ?? ''),
  );
  if (!name || name.startsWith('--') || !known) throw new Error(usage);
  const dryRun = flags.includes('--dry-run');
  if (name === 'calendar') return runCalendar(value, dryRun);
  if (name === 'migrate-store' && value === undefined)
    return void process.stdout.write(
      await migrateStore(readConfig(process.env), { dryRun, terminal: process.stderr }),
    );
  if (name === 'verify-audit') {
    const noted = flags.includes(first) ? readKnownRow(value) : undefined;
    return void process.stdout.write(await tellAudit(readConfig(process.env), noted));
  }
  const at = value;
  if (flags.includes('--at') && (!at || Number.isNaN(Date.parse(at))))
    throw new Error(`--at needs an instant such as 2026-11-23T08:00:00Z.\n\n${usage}`);
  const instant = at ? new Date(at).toISOString() : undefined;
  const clock = { now: () => instant ?? new Date().toISOString() };
  const app = await createApp(readConfig(process.env), { clock });
  process.stdout.write(`${await app.runJob(name, { dryRun })}\n`);
  if (!dryRun) await app.drain();
  await app.close();
}

/** Needs no bot, and no records: only the files of `data/`. */
async function runCalendar(file: string | undefined, dryRun: boolean): Promise<void> {
  if (!file || file.startsWith('--')) throw new Error(`--from needs the CSV file.\n\n${usage}`);
  const progress = createProgress(process.stderr, file);
  try {
    const report = await importCalendar(file, 'data', { dryRun, onProgress: progress.update });
    progress.end();
    process.stdout.write(`${report}\n`);
  } finally {
    progress.end();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
