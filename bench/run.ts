import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { channelChoice, click, daysAfter, message, submission } from './activities.js';
import { createLoad, type Load, type Measure } from './load.js';
import { build, startServer } from './servers.js';

const connections = 16;
const warmUpTurns = 2_500;
const turns = 1_500;

/** A server to start, and what it is sent. */
interface Contender {
  readonly name: string;
  /** The server's arguments and environment; `folder` is empty and on a disk. */
  start(folder: string): [args: string[], env?: Record<string, string>];
  /** Prepares a server that has just started; gives what makes the bodies of its requests. */
  prepare(load: Load, connector: string): Promise<() => object>;
  check(answer: string): void;
}

const framework = 'dist/bench/framework.js';
/** The author's card offers to withdraw; a form that was refused does not. */
const isStored = (answer: string): boolean => answer.includes('"mine.withdraw"');

const contenders: readonly Contender[] = [
  {
    name: '(a) Bot Framework echo',
    start: () => [[framework, 'echo']],
    prepare: async (_, connector) => () => message(connector),
    check: () => undefined,
  },
  {
    name: '(b) Bot Framework empty invoke',
    start: () => [[framework, 'invoke']],
    prepare: async (_, connector) => () => click(connector, 'nothing', {}),
    check: () => undefined,
  },
  {
    name: '(c) Passerelle placement offer, stored',
    start: (folder) => [['dist/main.js'], { PORT: '0', DATA_FILE: `${folder}/records.json` }],
    prepare: async (load, connector) => {
      await load.send(channelChoice(connector));
      const monday = await mondayWithoutHoliday(load, connector);
      return () => submission(connector, monday);
    },
    check: (answer) => {
      if (!isStored(answer)) throw new Error(`the offer was not stored: ${answer.slice(0, 500)}`);
    },
  },
];

/** The first week from a month ahead that the calendar allows. */
async function mondayWithoutHoliday(load: Load, connector: string): Promise<string> {
  const today = new Date();
  let monday = daysAfter(today.toISOString(), 29 + ((7 - today.getUTCDay()) % 7));
  for (let weeks = 0; weeks < 20; weeks++, monday = daysAfter(monday, 7)) {
    if (isStored(await load.send(submission(connector, monday)))) return monday;
  }
  throw new Error('no week of the next months is allowed');
}

async function measure(contender: Contender, connector: string): Promise<Measure> {
  // Not in the system's temporary folder, which may be memory: a sync to it would cost nothing.
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const server = await startServer(...contender.start(folder));
  const load = createLoad(server.address, connections);
  try {
    const body = await contender.prepare(load, connector);
    await load.run(warmUpTurns, body, contender.check);
    return await load.run(turns, body, contender.check);
  } finally {
    load.close();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const median = (values: readonly number[]): number => sorted(values)[values.length >> 1] ?? Number.NaN;
const show = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
const spread = (values: readonly number[]): string =>
  `${show(median(values))} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;

/** `npm run bench [rounds]`: turns per second, beside those of the bare framework. */
export async function main([given = '5']: readonly string[]): Promise<void> {
  const rounds = Number(given);
  build();
  build('bench/framework.ts', framework);
  const connector = await startServer(['--import', 'tsx', 'bench/connector.ts']);
  const results = contenders.map((): Measure[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const result = await measure(contender, connector.address);
      results[i]?.push(result);
      process.stdout.write(
        `${round + 1}/${rounds} ${contender.name}: ${show(result.perSecond)} turns/s, p50 ${show(result.p50)} ms, p99 ${show(result.p99)} ms\n`,
      );
    }
  }
  await connector.stop();

  console.log(
    `\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; ${connections} at a time, ${turns} turns after ${warmUpTurns} to warm up;`,
  );
  console.log(`median (lowest to highest) of ${rounds} interleaved rounds, each with fresh servers.\n`);
  console.table(
    Object.fromEntries(
      contenders.map(({ name }, i) => {
        const of = (key: keyof Measure) => spread((results[i] ?? []).map((m) => m[key]));
        return [name, { 'turns/s': of('perSecond'), 'p50 ms': of('p50'), 'p99 ms': of('p99') }];
      }),
    ),
  );
  const ratio = (to: number) =>
    spread(
      (results[2] ?? []).map((m, round) => m.perSecond / (results[to]?.[round]?.perSecond ?? Number.NaN)),
    );
  console.log(`c/a ${ratio(0)}, c/b ${ratio(1)}: of the turns per second of the same round`);
}
