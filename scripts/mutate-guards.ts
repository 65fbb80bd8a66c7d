import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reasonFor, staleReasons } from './guards/equivalent.js';
import { findMutants, type Mutant } from './guards/find.js';
import { type Run, runsFor } from './guards/suites.js';

/**
 * Takes each guard out of the code, one at a time and in a copy of the tree, and says which no test notices.
 *
 *   npm run test:guards -- [--only src/features/pending] [--jobs 2] [--list]
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: ['src/teams', 'src/features'] },
    jobs: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
});

/** More than any run takes: a mutant that never ends is noticed too. */
const longestMs = 180_000;
const copied = ['src', 'test', 'cards', 'data', 'scripts', 'appPackage', 'convention.json', 'package.json'];

/** A file, a folder, or a line of a file as `file:line`. */
const isWanted = ({ file, line }: Mutant): boolean =>
  values.only.some(
    (path) => [file, `${file}:${line}`].includes(path) || file.startsWith(`${path.replace(/\/$/, '')}/`),
  );
const files = ['src/teams', 'src/features'].flatMap((folder) =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => `${folder}/${name}`)
    .filter((file) => file.endsWith('.ts'))
    .sort(),
);
const all = files.flatMap((file) => findMutants(file, readFileSync(file, 'utf8')));
const mutants = all.filter(isWanted);

let [tried, noticed] = [0, 0];
const copies: string[] = [];
process.once('exit', () => {
  for (const folder of copies) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    console.log(`stopped: ${noticed} of the first ${tried} of ${mutants.length} mutants were noticed`);
    process.exit(130);
  });

function copyTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-guards-'));
  copies.push(folder);
  for (const name of [...copied, ...readdirSync('.').filter((n) => /^(jest\.config|tsconfig)/.test(n))])
    cpSync(name, join(folder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'tmp'));
  return folder;
}

/** Whether the tests of a run pass in a copy; the first that fails ends it. */
const passes = (folder: string, run: Run, longest = longestMs): Promise<boolean> =>
  new Promise((done) => {
    const named = run.named ? ['-t', run.named] : [];
    const args = [
      '-i',
      '--ci',
      '--reporters=./scripts/guards/first-failure.mjs',
      ...named,
      '--',
      ...run.files,
    ];
    // What a run that is stopped has not cleared away goes with the copy.
    const env = { ...process.env, TMPDIR: join(folder, 'tmp') };
    const options = { cwd: folder, stdio: 'ignore', env } as const;
    const child = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...args], options);
    const timer = setTimeout(() => child.kill('SIGKILL'), longest);
    child.on('exit', (code) => {
      clearTimeout(timer);
      done(code === 0);
    });
  });

async function isNoticed(folder: string, { file, start, end, by }: Mutant): Promise<boolean> {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, `${text.slice(0, start)}${by}${text.slice(end)}`);
  try {
    for (const run of runsFor(file)) if (!(await passes(folder, run))) return true;
    return false;
  } finally {
    writeFileSync(path, text);
  }
}

const oneLine = (code: string): string => code.replace(/\s+/g, ' ').slice(0, 100);
const said = ({ file, line, was, by }: Mutant) => `${file}:${line}: ${oneLine(was)} → ${oneLine(by)}`;

/** A suite that fails in a copy as it is would seem to notice everything. */
async function checkSuites(folder: string, queue: readonly Mutant[]): Promise<void> {
  const suites = [...new Set(queue.flatMap(({ file }) => runsFor(file)).flatMap((run) => run.files))];
  if (await passes(folder, { files: suites }, suites.length * longestMs)) return;
  throw new Error(`Without any change, these already fail in a copy: npx jest -i ${suites.join(' ')}`);
}

async function runAll(): Promise<void> {
  const queue = mutants.filter((m) => reasonFor(m) === undefined);
  const folders = Array.from({ length: Number(values.jobs) }, copyTree);
  if (folders[0] && queue.length > 0) await checkSuites(folders[0], queue);
  const work = async (folder: string): Promise<void> => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const isSeen = await isNoticed(folder, mutant);
      tried += 1;
      if (isSeen) noticed += 1;
      else console.log(`not noticed: ${said(mutant)}`);
    }
  };
  await Promise.all(folders.map(work));
}

const stale = staleReasons(all);
if (stale.length > 0)
  throw new Error(`No mutant is any more: ${stale.join(', ')} (scripts/guards/equivalent.ts)`);
if (values.list) for (const mutant of mutants) console.log(said(mutant));
else {
  const allowed = mutants.filter((m) => reasonFor(m) !== undefined);
  for (const mutant of allowed) console.log(`the same: ${said(mutant)} (${reasonFor(mutant)})`);
  await runAll();
  console.log(`${noticed} of ${tried} mutants were noticed; ${allowed.length} more change nothing`);
  process.exitCode = noticed < tried ? 1 : 0;
}
