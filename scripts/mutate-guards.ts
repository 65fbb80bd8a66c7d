import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reasonFor, staleReasons } from './guards/equivalent.js';
import { findMutants, type Mutant } from './guards/find.js';
import { type Run, runsFor } from './guards/suites.js';

/**
 * Takes each guard out of the code, one at a time and in a copy of the tree, and says which no test notices.
 *
 *   npm run test:guards -- [--only src/features/pending] [--jobs 2] [--list] [--verbose]
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: ['src/teams', 'src/features'] },
    jobs: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const jobs = Number(values.jobs);

/** More than any run takes: a mutant that never ends is noticed too. */
const longestMs = 600_000;
/** On a machine that is busy, a slow test has noticed nothing. */
const testTimeoutMs = 120_000;
const copied = [
  'src',
  'test',
  'cards',
  'data',
  'docs',
  'scripts',
  'appPackage',
  'convention.json',
  'package.json',
];

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
  // PostgreSQL runs as a user of its own when the tests run as root.
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'tmp'), 0o1777);
  return folder;
}

interface Failure {
  readonly suite: string;
  /** The name of the test and what it says. */
  readonly why: string;
}

/** Runs suites in a copy until a test fails. */
const findFailure = (
  folder: string,
  run: Run,
  workers = 1,
  longest = longestMs,
): Promise<Failure | undefined> =>
  new Promise((done) => {
    const args = [
      '--ci',
      `--testTimeout=${testTimeoutMs}`,
      workers > 1 ? `--maxWorkers=${workers}` : '-i',
      '--reporters=./scripts/guards/first-failure.mjs',
      '--testSequencer=./scripts/guards/in-order.mjs',
      ...(run.named ? ['-t', run.named] : []),
      '--',
      ...run.files,
    ];
    // What a run that is stopped has not cleared away goes with the copy.
    const env = { ...process.env, TMPDIR: join(folder, 'tmp') };
    const child = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
      env,
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), longest);
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const [path = '', ...why] = said.split('\n');
      const suite = path ? relative(realpathSync(folder), path) : 'a suite that ends early';
      done(code === 0 ? undefined : { suite, why: why.join('\n') });
    });
  });

/** The suite that noticed the last mutant of each file: it is likely to notice the next one too. */
const noticing = new Map<string, string>();

function runsInOrder(file: string): Run[] {
  const last = noticing.get(file) ?? '';
  const first = <T>(these: readonly T[], is: (one: T) => boolean): T[] => [
    ...these.filter(is),
    ...these.filter((one) => !is(one)),
  ];
  const runs = runsFor(file).map((run) => ({ ...run, files: first(run.files, (f) => f === last) }));
  return first(runs, (run) => run.files.includes(last));
}

/** The suite and the test that notice a mutant, if one does. */
async function findNoticing(folder: string, { file, start, end, by }: Mutant): Promise<string | undefined> {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, `${text.slice(0, start)}${by}${text.slice(end)}`);
  try {
    for (const run of runsInOrder(file)) {
      const failure = await findFailure(folder, run);
      if (!failure) continue;
      noticing.set(file, failure.suite);
      return `${failure.suite} (${failure.why.split('\n')[0]})`;
    }
    return undefined;
  } finally {
    writeFileSync(path, text);
  }
}

const oneLine = (code: string): string => code.replace(/\s+/g, ' ').slice(0, 100);
const said = ({ file, line, was, by }: Mutant) => `${file}:${line}: ${oneLine(was)} → ${oneLine(by)}`;

/** A suite that fails in a copy as it is would seem to notice everything. */
async function checkSuites(folder: string, queue: readonly Mutant[]): Promise<void> {
  const files = [...new Set(queue.flatMap(({ file }) => runsFor(file)).flatMap((run) => run.files))];
  const failure = await findFailure(folder, { files }, jobs, files.length * longestMs);
  if (failure)
    throw new Error(`Without any change, ${failure.suite} already fails in a copy. ${failure.why}`);
}

async function runAll(): Promise<void> {
  const queue = mutants.filter((m) => reasonFor(m) === undefined);
  const folders = Array.from({ length: jobs }, copyTree);
  if (folders[0] && queue.length > 0) await checkSuites(folders[0], queue);
  const work = async (folder: string): Promise<void> => {
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      const by = await findNoticing(folder, mutant);
      tried += 1;
      if (by) noticed += 1;
      if (values.verbose || !by) console.log(`${by ? `noticed by ${by}` : 'not noticed'}: ${said(mutant)}`);
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
