import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { startPostgres } from '../test/support/postgres.js';
import { contest, ratio } from './contest.js';
import { passerelle } from './offer.js';
import { storeActions } from './records.js';
import { build } from './servers.js';

const inFile = [1_000, 10_000, 50_000];
const inDatabase = [1_000, 100_000];
const goal = 1.1;

const today = new Date().toISOString().slice(0, 10);
const label = (count: number): string => `${count.toLocaleString('en')} actions`;

async function fill(env: Record<string, string>, count: number): Promise<void> {
  const app = await createApp(readConfig({ ...env, LOG_LEVEL: 'error' }));
  await storeActions(app.services, count, today);
  await app.close();
}

/**
 * A complete placement offer with few and with many actions stored, on both stores: `npm run bench -- size [rounds]`.
 * Each round starts from a copy of the same records.
 */
export async function main([rounds = '5']: readonly string[]): Promise<void> {
  build();
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const server = await startPostgres({ light: false });
  try {
    const urls = new Map<number, string>();
    for (const count of inFile) await fill({ DATA_FILE: `${folder}/${count}.json` }, count);
    for (const count of inDatabase) {
      const url = await server.createDatabase();
      await fill({ DATABASE_URL: url }, count);
      urls.set(count, url);
    }
    const contenders = [
      ...inFile.map((count) =>
        passerelle(`lowdb, ${label(count)}`, async (own) => {
          cpSync(`${folder}/${count}.json`, `${own}/records.json`);
          return { DATA_FILE: `${own}/records.json` };
        }),
      ),
      ...inDatabase.map((count) =>
        passerelle(`PostgreSQL, ${label(count)}`, async () => ({ DATABASE_URL: urls.get(count) ?? '' })),
      ),
    ];
    const results = await contest(contenders, Number(rounds));
    const [few, ...more] = results.slice(0, inFile.length);
    for (const [i, of] of more.entries())
      console.log(`lowdb, ${label(inFile[i + 1] ?? 0)}: ${ratio(of, few)} of 1,000's`);
    const [small, large] = results.slice(inFile.length);
    console.log(`PostgreSQL, 1,000 / 100,000: ${ratio(small, large)} (goal ${goal} at most)`);
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
}
