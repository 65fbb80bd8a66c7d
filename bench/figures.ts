import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type App, createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { countingOf } from '../src/domain/convention/counting.js';
import { programmeYear } from '../src/domain/convention/programme-year.js';
import { recount } from '../src/domain/engagements/tally.js';
import { progress } from '../src/features/progress/index.js';
import { weeklyCard } from '../src/features/weekly/card.js';
import type { Store } from '../src/ports.js';
import { startPostgres } from '../test/support/postgres.js';
import { machine, spread } from './contest.js';
import { storeActions } from './records.js';

const today = new Date().toISOString().slice(0, 10);
const goalMs = 50;

async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < times; n++) {
    const began = performance.now();
    await work();
    found.push(performance.now() - began);
  }
  return found;
}

/** True when the kept tally of this year is what a recount of all records gives. */
async function isExact(store: Store, { convention }: App['services']): Promise<boolean> {
  const { id } = programmeYear(today, convention);
  return store.read(async (reader) => {
    const [actions, engagements] = [await reader.all('actions'), await reader.all('engagements')];
    const { tallies } = recount(actions, engagements, (action) => countingOf(action, convention));
    return JSON.stringify(await reader.get('tallies', id)) === JSON.stringify(tallies.get(id));
  });
}

/**
 * The progress card and the weekly message over many actions, on both stores, and whether their figures are those of a
 * recount, made here and in SQL: `npm run bench -- figures [actions] [times]`.
 */
export async function main([actions = '100000', times = '15']: readonly string[]): Promise<void> {
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const server = await startPostgres({ light: false });
  const url = await server.createDatabase();
  const rows: Record<string, Record<string, string | number | boolean>> = {};
  try {
    for (const [name, env] of Object.entries({
      lowdb: { DATA_FILE: `${folder}/records.json` },
      PostgreSQL: { DATABASE_URL: url },
    })) {
      const config = readConfig({ ...env, LOG_LEVEL: 'error' });
      const filling = await createApp(config);
      await storeActions(filling.services, Number(actions), today);
      await filling.close();
      // What is measured has just been started, and knows nothing of what is stored.
      const app = await createApp(config);
      const { services } = app;
      const place = { conversationId: 'a:1', kind: 'personal' } as const;
      const actor = {
        id: '1',
        teamsId: '29:1',
        name: 'N',
        lang: 'fr',
        clientLang: 'fr',
        coordinator: true,
        admin: false,
        place,
      } as const;
      const card = await timed(Number(times), async () => progress.open?.(actor, services));
      const weekly = await timed(Number(times), () =>
        services.store.read((r) => weeklyCard(r, today, 'coordinators', 'fr', services)),
      );
      rows[name] = {
        'progress ms': spread(card),
        'weekly ms': spread(weekly),
        'first ms': `${card[0]?.toFixed(1)}, ${weekly[0]?.toFixed(1)}`,
        'equals a recount': await isExact(services.store, services),
      };
      if ('DATABASE_URL' in env) {
        const year = programmeYear(today, services.convention);
        const [sql] = await server.query(
          url,
          `select count(distinct a.id)::int as held, count(distinct e.record->>'employeeId')::int as people
             from actions a join engagements e on e.record->>'actionId' = a.id
            where a.record->>'state' = 'held' and e.record->>'state' = 'attended'
              and a.record->>'firstDay' between $1 and $2`,
          [year.firstDay, year.lastDay],
        );
        const tally = await services.store.read((r) => r.get('tallies', year.id));
        const held = Object.values(tally?.kinds ?? {}).reduce((sum, kind) => sum + kind.held, 0);
        rows[name]['equals SQL'] = sql?.held === held && sql?.people === tally?.achieved;
      }
      await app.close();
    }
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
  console.log(
    `\n${machine()}; ${actions} actions, median (lowest to highest) of ${times}; goal ${goalMs} ms\n`,
  );
  console.table(rows);
}
