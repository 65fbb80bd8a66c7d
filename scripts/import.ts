import { readConfig } from '../src/config.js';
import { readAcademies } from '../src/reference/calendar/academies.js';
import { importSchools } from '../src/reference/schools/import-schools.js';
import { importEngagements } from './import-engagements.js';
import { createProgress } from './progress.js';

const usage = `npm run import -- schools FILE [--dry-run]
  Imports the official directory of schools (CSV) into SCHOOLS_FILE, and says what changed and what was left out.
  The bot reads it when it starts.
npm run import -- engagements FILE [--dry-run] [--by AAD-ID]
  Checks a file of past engagements (CSV or XLSX, as the command "importer" describes it), says what is wrong by line
  and column, and adds all of it or nothing. With DATABASE_URL the bot may run; otherwise it must be stopped.`;

async function main(): Promise<void> {
  const { what, file, dryRun, by } = readArguments(process.argv.slice(2));
  const progress = createProgress(process.stderr, file);
  try {
    if (what === 'schools') {
      const target = readConfig(process.env).SCHOOLS_FILE;
      const academies = readAcademies('data/academies.json');
      const report = await importSchools(file, target, academies, { dryRun, onProgress: progress.update });
      progress.end();
      process.stdout.write(`${report}\n`);
      return;
    }
    const { report, isFaulty } = await importEngagements(file, { dryRun, by, onProgress: progress.update });
    progress.end();
    process.stdout.write(`${report}\n`);
    if (isFaulty) process.exitCode = 1;
  } finally {
    progress.end();
  }
}

/** @throws Error with the usage */
function readArguments(args: readonly string[]) {
  const at = args.indexOf('--by');
  const by = at < 0 ? undefined : args[at + 1];
  const others = args.filter((arg, i) => arg !== '--dry-run' && (at < 0 || (i !== at && i !== at + 1)));
  const [what, file, ...more] = others;
  const isKnown =
    what === 'schools' ? at < 0 : what === 'engagements' && (at < 0 || /^[\w-]+$/.test(by ?? ''));
  if (!isKnown || !file || file.startsWith('--') || more.length > 0) throw new Error(usage);
  return { what, file, dryRun: args.includes('--dry-run'), by };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
