import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../test/support/postgres.js';
import { machine, spread } from './contest.js';
import { build, deployed, startServer } from './servers.js';

/** Processor seconds a minute. */
const goals = { lowdb: 0.15, PostgreSQL: 0.3 };
/** Linux counts processor time in hundredths of a second, for all processes alike. */
const ticksPerSecond = 100;

/** The processor seconds that a process has used so far, with all its threads. */
function processorSeconds(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold anything; user and system time are the 12th and 13th field after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function residentMegabytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
}

/**
 * What a bot without a record uses while nobody speaks to it, on both stores side by side:
 * `npm run bench -- idle [rounds] [seconds] [seconds to settle]`. Linux only. The settling is for what follows a start:
 * V8 collects once more when nothing happens any more.
 */
export async function main([rounds = '3', seconds = '60', settle = '75']: readonly string[]): Promise<void> {
  build();
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const database = await startPostgres({ light: false });
  const used = { lowdb: [] as number[], PostgreSQL: [] as number[] };
  const resident = { lowdb: [] as number[], PostgreSQL: [] as number[] };
  const stores = ['lowdb', 'PostgreSQL'] as const;
  try {
    for (let round = 0; round < Number(rounds); round++) {
      const env = {
        lowdb: { DATA_FILE: `${folder}/${round}.json` },
        PostgreSQL: { DATABASE_URL: await database.createDatabase() },
      };
      const servers = {
        lowdb: await startServer(deployed, { PORT: '0', ...env.lowdb }),
        PostgreSQL: await startServer(deployed, { PORT: '0', ...env.PostgreSQL }),
      };
      await pause(Number(settle) * 1_000);
      const before = stores.map((store) => processorSeconds(servers[store].pid));
      const began = performance.now();
      await pause(Number(seconds) * 1_000);
      const minutes = (performance.now() - began) / 60_000;
      for (const [i, store] of stores.entries()) {
        used[store].push((processorSeconds(servers[store].pid) - (before[i] ?? Number.NaN)) / minutes);
        resident[store].push(residentMegabytes(servers[store].pid));
        await servers[store].stop();
      }
    }
  } finally {
    await database.remove();
    rmSync(folder, { recursive: true });
  }
  console.log(
    `\n${machine()}; ${seconds} s after ${settle} s to settle, median (lowest to highest) of ${rounds}\n`,
  );
  console.table(
    Object.fromEntries(
      stores.map((store) => [
        store,
        {
          'processor s a minute': spread(used[store]),
          goal: goals[store],
          'MB resident': spread(resident[store]),
        },
      ]),
    ),
  );
}
