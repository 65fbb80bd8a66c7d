import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { createLoad, type Load, type Measure } from './load.js';
import { startServer } from './servers.js';

const connections = 16;
const warmUpTurns = 2_500;
const turns = 5_000;

/** A server to start, and what it is sent. */
export interface Contender {
  readonly name: string;
  /** The server's arguments and environment; `folder` is empty and on a disk. */
  start(folder: string): Promise<[args: string[], env?: Record<string, string>]>;
  /** Prepares a server that has just started; gives what makes the bodies of its requests. */
  prepare(load: Load, connector: string): Promise<() => object>;
  check(answer: string): void;
}

async function measure(contender: Contender, connector: string): Promise<Measure> {
  // Not in the system's temporary folder, which may be memory: a sync to it would cost nothing.
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const server = await startServer(...(await contender.start(folder)));
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
export const median = (values: readonly number[]): number => sorted(values)[values.length >> 1] ?? Number.NaN;
const show = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
/** The median of the rounds, the lowest and the highest. */
export const spread = (values: readonly number[]): string =>
  `${show(median(values))} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;

/** What it was measured on. */
export const machine = (): string => `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`;

/**
 * Measures contenders in turn, round after round, each time with fresh servers, and prints the table.
 * @returns the rounds of each contender, in the order given
 */
export async function contest(contenders: readonly Contender[], rounds: number): Promise<Measure[][]> {
  const connector = await startServer(['--import', 'tsx', 'bench/connector.ts']);
  const results = contenders.map((): Measure[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const result = await measure(contender, connector.address);
      results[i]?.push(result);
      const { perSecond, p50, p99 } = result;
      process.stdout.write(
        `${round + 1}/${rounds} ${contender.name}: ${show(perSecond)} turns/s, p50 ${show(p50)} ms, p99 ${show(p99)} ms\n`,
      );
    }
  }
  await connector.stop();
  console.log(`\n${machine()}; ${connections} at a time, ${turns} turns after ${warmUpTurns} to warm up;`);
  console.log(`median (lowest to highest) of ${rounds} interleaved rounds, each with fresh servers.\n`);
  console.table(
    Object.fromEntries(
      contenders.map(({ name }, i) => {
        const of = (key: keyof Measure) => spread((results[i] ?? []).map((m) => m[key]));
        return [name, { 'turns/s': of('perSecond'), 'p50 ms': of('p50'), 'p99 ms': of('p99') }];
      }),
    ),
  );
  return results;
}

/** The turns per second of one contender, as a share of another's in the same round. */
export const ratio = (one: readonly Measure[] = [], other: readonly Measure[] = []): string =>
  spread(one.map((m, round) => m.perSecond / (other[round]?.perSecond ?? Number.NaN)));
