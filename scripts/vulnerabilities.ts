// Asks npm's registry what is known to be vulnerable, and fails for what is deployed: `npm run check:vulnerabilities`.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { auditSchema, exceptionsSchema, judgeAudit } from './vulnerabilities/judge.js';

const [bundle = 'dist/bundled.json', excepted = 'vulnerability-exceptions.json'] = process.argv.slice(2);
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** What npm says of the lock; it exits with 1 when it knows of something, so its answer alone tells. */
function audit() {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26, shell: process.platform === 'win32' } as const;
  const { stdout, stderr } = spawnSync('npm', ['audit', '--package-lock-only', '--json'], options);
  try {
    return auditSchema.parse(JSON.parse(stdout));
  } catch {
    throw new Error(`npm audit gave no report, so nothing is known:\n${stderr || stdout}`);
  }
}

try {
  const places = (read(bundle) as { path: string }[]).map(({ path }) => path);
  const exceptions = exceptionsSchema.parse(read(excepted));
  const today = new Date().toISOString().slice(0, 10);
  const { faults, notes } = judgeAudit(audit(), places, exceptions, today);
  for (const note of notes) process.stdout.write(`${note}\n`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length) process.stderr.write('Update it, or see "Vulnerabilities" in SECURITY.md.\n');
  else process.stdout.write(`Nothing vulnerable in the ${places.length} packages of the bundle.\n`);
  process.exitCode = faults.length ? 1 : 0;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
