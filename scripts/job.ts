import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';

const usage = `npm run job -- NAME [--dry-run] [--at ISO-INSTANT]
  Runs what a job owes by now (or by the instant given) and sends it. The running bot does so by itself: a job
  is run by hand to see what it would do, or while the bot is stopped.`;

async function main(): Promise<void> {
  const [name, ...flags] = process.argv.slice(2);
  const at = flags.includes('--at') ? flags[flags.indexOf('--at') + 1] : undefined;
  const known = flags.every((f, i) => f === '--dry-run' || f === '--at' || flags[i - 1] === '--at');
  if (!name || name.startsWith('--') || !known) throw new Error(usage);
  if (flags.includes('--at') && (!at || Number.isNaN(Date.parse(at))))
    throw new Error(`--at needs an instant such as 2026-11-23T08:00:00Z.\n\n${usage}`);
  const instant = at ? new Date(at).toISOString() : undefined;
  const clock = { now: () => instant ?? new Date().toISOString() };
  const app = await createApp(readConfig(process.env), { clock });
  const dryRun = flags.includes('--dry-run');
  process.stdout.write(`${await app.runJob(name, { dryRun })}\n`);
  if (!dryRun) await app.drain();
  await app.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
