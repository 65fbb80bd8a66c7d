import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createApp } from '../src/app.js';
import { readConfig } from '../src/config.js';
import { addKeyLetter } from '../src/domain/schools/uai.js';
import type { Actor, Services } from '../src/features/feature.js';
import { pendingCard } from '../src/features/pending/list.js';
import { searchCard } from '../src/features/search/card.js';
import { engagementId } from '../src/features/shared/records.js';
import { indexPerson, indexSchools } from '../src/features/shared/search-words.js';
import type { Person } from '../src/records.js';
import { startPostgres } from '../test/support/postgres.js';
import { machine, spread } from './contest.js';
import { storeActions } from './records.js';

const today = new Date().toISOString().slice(0, 10);
const goalMs = 100;
const atOnce = 100;

const firstNames = [
  'Inès',
  'Hugo',
  'Zoé',
  'Louis',
  'Nour',
  'Éloïse',
  'Jean-Marie',
  'Marie',
  'Marc',
  'Martin',
];
const nameOf = (n: number): string =>
  `${firstNames[n % firstNames.length]} ${['Exemple', 'Fictif', 'Modèle'][n % 3]}-${String.fromCharCode(65 + (n % 26))}${n}`;
const uaiOf = (n: number): string => addKeyLetter(String(690_001 + (n % 400)).padStart(7, '0'));

/** Gives names to the people of the actions and schools to the actions, and makes each fiftieth one wait. */
async function complete({ store }: Services): Promise<number> {
  for (let first = 0; first < 1_000; first += atOnce)
    await store.transact(async (tx) => {
      for (let n = first; n < first + atOnce; n++) {
        const person: Person = { id: `employee-${n}`, teamsId: `29:${n}`, name: nameOf(n), lang: 'fr' };
        await tx.put('people', person);
        await indexPerson(tx, undefined, person);
      }
    });
  const actions = await store.read((r) => r.all('actions'));
  for (let first = 0; first < actions.length; first += atOnce)
    await store.transact(async (tx) => {
      for (const action of actions.slice(first, first + atOnce)) {
        const n = action.number;
        const named =
          n % 2
            ? { ...action, schools: [uaiOf(n)] }
            : { ...action, school: `Collège Fictif ${n % 90}, Lyon` };
        const waits = n % 50 === 0;
        await tx.put('actions', waits ? { ...named, state: 'open' } : named);
        await indexSchools(tx, action, named);
        const engagement = waits && (await tx.get('engagements', engagementId(action.id, action.createdBy)));
        if (engagement) await tx.put('engagements', { ...engagement, state: 'pending' });
      }
    });
  return actions.filter(({ number }) => number % 50 === 0).length;
}

/**
 * How long a search and the coordinators' desk take on both stores, each just started:
 * `npm run bench -- desk [requests] [times]`.
 */
export async function main([requests = '10000', times = '15']: readonly string[]): Promise<void> {
  mkdirSync('.data', { recursive: true });
  const folder = mkdtempSync('.data/bench-');
  const server = await startPostgres({ light: false });
  const rows: Record<string, Record<string, string>> = {};
  let waiting = 0;
  try {
    const stores = {
      lowdb: { DATA_FILE: `${folder}/records.json` },
      PostgreSQL: { DATABASE_URL: await server.createDatabase() },
    };
    for (const [name, env] of Object.entries(stores)) {
      const config = readConfig({ ...env, LOG_LEVEL: 'error' });
      const filling = await createApp(config);
      await storeActions(filling.services, Number(requests), today);
      waiting = await complete(filling.services);
      await filling.close();
      // What is measured has just been started, and knows nothing of what is stored.
      const app = await createApp(config);
      const place = { conversationId: 'a:1', kind: 'personal' } as const;
      const who = { id: '1', teamsId: '29:1', lang: 'fr', clientLang: 'fr' } as const;
      const actor: Actor = { ...who, coordinator: true, admin: false, place };
      const looks: Record<string, () => Promise<unknown>> = {};
      for (const words of ['n° 41', nameOf(417), 'mar', uaiOf(41), 'collège fictif 17', today.slice(0, 7)])
        looks[words] = () => searchCard(actor, { words }, 0, app.services);
      looks['the desk'] = () => pendingCard(actor, 0, app.services);
      for (const [what, look] of Object.entries(looks)) {
        const found: number[] = [];
        for (let n = 0; n < Number(times); n++) {
          const began = performance.now();
          await look();
          found.push(performance.now() - began);
        }
        rows[what] = {
          ...rows[what],
          [`${name} ms`]: spread(found),
          [`${name} first`]: found[0]?.toFixed(1) ?? '',
        };
      }
      await app.close();
    }
  } finally {
    await server.remove();
    rmSync(folder, { recursive: true });
  }
  console.log(
    `\n${machine()}; ${requests} requests, ${waiting} wait; median (lowest to highest) of ${times}; goal ${goalMs} ms\n`,
  );
  console.table(rows);
}
