import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { machine, median, spread } from './contest.js';
import { build, deployed } from './servers.js';

/** Milliseconds from the start of a process to the line that says where it listens. */
async function untilListening(args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!(JSON.parse(line) as { address?: string }).address) continue;
    const ms = performance.now() - began;
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
    return ms;
  }
  throw new Error(`${args.join(' ')} ended before it listened`);
}

interface Profile {
  readonly nodes: { id: number; children?: number[]; callFrame: { functionName: string } }[];
  readonly samples: number[];
  readonly timeDeltas: number[];
}

/** What a start spends its time on: the milliseconds in each of these functions and in all that they call. */
function spentOn(profile: Profile, names: readonly string[]): Record<string, number> {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])));
  const spent: Record<string, number> = {};
  for (const [i, sample] of profile.samples.entries()) {
    const seen = new Set<string>();
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const called = nodes.get(id)?.callFrame.functionName ?? '';
      const name = names.find((n) => called === n || called.startsWith(`node_modules/${n}/`));
      if (name) seen.add(name);
    }
    for (const name of seen) spent[name] = (spent[name] ?? 0) + (profile.timeDeltas[i] ?? 0) / 1000;
  }
  return spent;
}

const folderBytes = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(`${parentPath}/${name}`).size, 0);

const parts = [
  'compileSourceTextModule',
  '(garbage collector)',
  ...[
    'botbuilder',
    'botframework-connector',
    '@azure',
    'restify',
    'adaptivecards-templating',
    'date-holidays',
  ],
  ...['readCalendar', 'readConvention', 'readSchools', 'createCards', 'openLowdbStore'],
];

/**
 * How long until the bot listens, beside an echo on teams-ai as its own samples write it, and what is deployed:
 * `npm run bench -- start [rounds]`. Needs the peers: `npm ci --prefix bench`.
 */
export async function main([rounds = '9']: readonly string[]): Promise<void> {
  build();
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const [peer, own]: [number[], number[]] = [[], []];
  const env = (n: number) => ({ DATA_FILE: `${folder}/${n}/records.json` });
  for (let n = 0; n < Number(rounds); n++) {
    peer.push(await untilListening(['bench/peers/teams-ai.mjs']));
    own.push(await untilListening(deployed, env(n)));
  }
  await untilListening(['--cpu-prof', `--cpu-prof-dir=${folder}/profile`, ...deployed], env(-1));
  const [file = ''] = readdirSync(`${folder}/profile`);
  const profile = JSON.parse(readFileSync(`${folder}/profile/${file}`, 'utf8')) as Profile;
  rmSync(folder, { recursive: true });

  console.log(`\n${machine()}; median (lowest to highest) of ${rounds} interleaved starts\n`);
  console.table({
    'teams-ai echo, unbundled': { 'ms until it listens': spread(peer) },
    'Passerelle, bundled, no records': { 'ms until it listens': spread(own) },
  });
  console.log(`ratio ${(median(own) / median(peer)).toFixed(2)} (goal 0.65)`);
  console.log('\nOne more start, slowed by being looked at; milliseconds in each part:');
  const spent = Object.entries(spentOn(profile, parts)).sort(([, a], [, b]) => b - a);
  for (const [name, ms] of spent) console.log(`${ms.toFixed(0).padStart(6)}  ${name}`);
  const bundle = statSync('dist/main.js').size + folderBytes('dist/parts');
  const folders = [
    ['dist', bundle],
    ...['cards', 'data'].map((folder) => [folder, folderBytes(folder)] as const),
  ] as const;
  const total = folders.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(
    `\ndeployed: ${folders.map(([f, b]) => `${f} ${(b / 1e6).toFixed(1)} MB`).join(', ')}; together ${(total / 1e6).toFixed(1)} MB (goal 20)`,
  );
}
