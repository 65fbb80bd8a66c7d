import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { copyToPostgres } from '../src/storage/copy-to-postgres.js';
import { reportViews } from '../src/storage/postgres/views.js';
import { startPostgres } from '../test/support/postgres.js';
import { machine, spread } from './contest.js';
import { storeActions } from './records.js';

const today = new Date().toISOString().slice(0, 10);

/**
 * The views of the report on PostgreSQL with many actions: each read whole, and what they add to a start:
 * `npm run bench -- views [actions] [times]`.
 */
export async function main([actions = '100000', times = '5']: readonly string[]): Promise<void> {
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const server = await startPostgres({ light: false });
  const found: Record<string, object> = {};
  const measure = async (name: string, count: number, work: () => Promise<unknown>): Promise<void> => {
    const taken: number[] = [];
    for (let n = 0; n < count; n++) {
      const began = performance.now();
      await work();
      taken.push(performance.now() - began);
    }
    found[name] = { ms: spread(taken) };
  };
  try {
    const file = `${folder}/records.json`;
    const url = await server.createDatabase();
    const filling = await createApp(readConfig({ DATA_FILE: file, LOG_LEVEL: 'error' }));
    await storeActions(filling.services, Number(actions), today);
    await filling.close();
    await copyToPostgres({ file, url, dryRun: false, onProgress: () => undefined });
    const start = async () =>
      (await createApp(readConfig({ DATABASE_URL: url, LOG_LEVEL: 'error' }))).close();
    await measure('the start that describes all', 1, start);
    await server.query(url, 'vacuum analyze');
    await measure('a start', Number(times), start);
    for (const { name } of reportViews)
      await measure(name, Number(times), () => server.query(url, `select * from ${name}`));
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
  console.log(`\n${machine()}; ${actions} actions, median (lowest to highest) of ${times}\n`);
  console.table(found);
}
