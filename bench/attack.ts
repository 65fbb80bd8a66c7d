import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { machine, median, spread } from './contest.js';
import { createLoad, type Load } from './load.js';
import { passerelle } from './offer.js';
import { build, deployed, type RunningServer, startServer } from './servers.js';

const attacks = ['nested', 'endless', 'slow'] as const;
/** Between two clicks of the person who is watched. */
const clickEveryMs = 20;
const signed = 'dist/bench/signed.js';
const bots = {
  'asks for tokens': [...deployed.slice(0, -1), signed],
  'local trial': [...deployed],
} as const;

interface Seen {
  readonly quietP99: number;
  readonly attackedP99: number;
  /** Of one processor, by the bot. */
  readonly cpuPercent: number;
  readonly swallowedMb: number;
  readonly open: number;
}

const offer = passerelle('', async () => ({}));

/** What the turns of one person take who clicks all the time, in milliseconds. */
async function click(load: Load, body: () => object, seconds: number): Promise<number> {
  const times: number[] = [];
  for (const until = performance.now() + seconds * 1_000; performance.now() < until; ) {
    const began = performance.now();
    offer.check(await load.send(body()));
    times.push(performance.now() - began);
    await pause(clickEveryMs);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

/** All that a process has read so far: from files too, which is next to nothing here. */
const bytesRead = (pid: number | undefined): number =>
  Number(/^rchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);

/** Milliseconds of a processor that a process has used so far; the kernel counts in hundredths of a second. */
const cpuMs = (pid: number | undefined): number => {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).map(Number);
  return ((user ?? 0) + (system ?? 0)) * 10;
};

async function attacked(kind: string, bot: RunningServer, load: Load, body: () => object, seconds: number) {
  const args = ['--import', 'tsx', 'bench/attacker.ts', kind, bot.address, String(seconds + 0.5)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  const last = once(lines, 'line') as Promise<[string]>;
  const [bytes, ms, began] = [bytesRead(bot.pid), cpuMs(bot.pid), performance.now()];
  const p99 = await click(load, body, seconds);
  const swallowedMb = (bytesRead(bot.pid) - bytes) / 1e6;
  const cpuPercent = ((cpuMs(bot.pid) - ms) / (performance.now() - began)) * 100;
  const { open } = JSON.parse((await last)[0]) as { open: number };
  await ended;
  return { attackedP99: p99, cpuPercent, swallowedMb, open };
}

async function measure(kind: string, args: readonly string[], connector: string, seconds: number) {
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const env = { PORT: '0', CONNECTOR: connector, DATA_FILE: `${folder}/records.json` };
  const bot = await startServer(args, env);
  const { address, authorization } = bot;
  const load = createLoad(address, 1, authorization ? { authorization } : {});
  try {
    const body = await offer.prepare(load, connector);
    await load.run(1_000, body, offer.check);
    const quietP99 = await click(load, body, seconds);
    return { quietP99, ...(await attacked(kind, bot, load, body, seconds)) } satisfies Seen;
  } finally {
    load.close();
    await bot.stop();
    rmSync(folder, { recursive: true });
  }
}

/**
 * What somebody without a token can do to everybody else: `npm run bench -- attack [rounds] [seconds]` (Linux). One person
 * goes on making offers, first undisturbed and then under attack; each round has fresh servers.
 */
export async function main([rounds = '3', seconds = '12']: readonly string[]): Promise<void> {
  build();
  build('bench/signed.ts', signed);
  const connector = await startServer(['--import', 'tsx', 'bench/connector.ts']);
  const cases = Object.entries(bots).flatMap(([bot, args]) =>
    attacks.map((kind) => ({ name: `${kind}, ${bot}`, kind, args, seen: [] as Seen[] })),
  );
  for (let round = 0; round < Number(rounds); round++) {
    for (const { name, kind, args, seen } of cases) {
      const found = await measure(kind, args, connector.address, Number(seconds));
      seen.push(found);
      process.stdout.write(`${round + 1}/${rounds} ${name}: ${JSON.stringify(found)}\n`);
    }
  }
  await connector.stop();
  console.log(`\n${machine()}; median (lowest to highest) of ${rounds} interleaved rounds of ${seconds} s\n`);
  console.table(
    Object.fromEntries(
      cases.map(({ name, seen }) => {
        const of = (key: keyof Seen) => spread(seen.map((s) => s[key]));
        const times = median(seen.map((s) => s.attackedP99 / s.quietP99)).toFixed(1);
        return [
          name,
          {
            'p99 ms': of('quietP99'),
            'p99 ms, attacked': of('attackedP99'),
            times,
            'CPU %': of('cpuPercent'),
            'MB read': of('swallowedMb'),
            'connections left': of('open'),
          },
        ];
      }),
    ),
  );
}
