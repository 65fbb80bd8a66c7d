import { readConfig } from '../src/config.js';
import { readAcademies } from '../src/reference/calendar/academies.js';
import { importSchools } from '../src/reference/schools/import-schools.js';
import { createProgress } from './progress.js';

const usage = `npm run import -- schools FILE [--dry-run]
  Imports the official directory of schools (CSV) into SCHOOLS_FILE, and says what changed and what was left out.
  The bot reads it when it starts.`;

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const dryRun = args.includes('--dry-run');
  const [what, file, ...more] = args.filter((arg) => arg !== '--dry-run');
  if (what !== 'schools' || !file || file.startsWith('--') || more.length > 0) throw new Error(usage);
  const target = readConfig(process.env).SCHOOLS_FILE;
  const progress = createProgress(process.stderr, file);
  try {
    const academies = readAcademies('data/academies.json');
    const report = await importSchools(file, target, academies, { dryRun, onProgress: progress.update });
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
