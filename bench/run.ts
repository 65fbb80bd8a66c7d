import { existsSync } from 'node:fs';
import { startPostgres } from '../test/support/postgres.js';
import { channelChoice, click, daysAfter, message, submission } from './activities.js';
import { type Contender, contest, ratio } from './contest.js';
import type { Load } from './load.js';
import { build } from './servers.js';

const framework = 'dist/bench/framework.js';
/** The author's card offers to withdraw; a form that was refused does not. */
const isStored = (answer: string): boolean => answer.includes('"mine.withdraw"');

/** The complete placement offer, stored and on the disk when it is answered. */
const passerelle = (name: string, env: (folder: string) => Promise<Record<string, string>>): Contender => ({
  name,
  start: async (folder) => [['dist/main.js'], { PORT: '0', ...(await env(folder)) }],
  prepare: async (load, connector) => {
    await load.send(channelChoice(connector));
    const monday = await mondayWithoutHoliday(load, connector);
    return () => submission(connector, monday);
  },
  check: (answer) => {
    if (!isStored(answer)) throw new Error(`the offer was not stored: ${answer.slice(0, 500)}`);
  },
});

const ours: readonly Contender[] = [
  {
    name: '(a) Bot Framework echo',
    start: async () => [[framework, 'echo']],
    prepare: async (_, connector) => () => message(connector),
    check: () => undefined,
  },
  {
    name: '(b) Bot Framework empty invoke',
    start: async () => [[framework, 'invoke']],
    prepare: async (_, connector) => () => click(connector, 'nothing', {}),
    check: () => undefined,
  },
  passerelle('(c) Passerelle placement offer, lowdb', async (folder) => ({
    DATA_FILE: `${folder}/records.json`,
  })),
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

/** The same echo on each of Microsoft's frameworks, unbundled, as their own samples are. */
const peers = ['botbuilder', 'teams-ai', 'teams.apps', 'agents-hosting'].map(
  (name): Contender => ({
    name: `${name} echo`,
    start: async () => [[`bench/peers/${name}.mjs`]],
    prepare: async (_, connector) => () => message(connector),
    check: () => undefined,
  }),
);

/**
 * `npm run bench [rounds]`: a complete placement offer on both stores, beside the bare framework, and beside its peers
 * when they are installed (`npm ci --prefix bench`).
 */
export async function main([given = '5']: readonly string[]): Promise<void> {
  build();
  build('bench/framework.ts', framework);
  const postgres = await startPostgres({ fsync: true });
  const onPostgres = passerelle('(d) Passerelle placement offer, PostgreSQL', async () => ({
    DATABASE_URL: await postgres.createDatabase(),
  }));
  const withPeers = existsSync('bench/node_modules');
  try {
    const contenders = [...ours, onPostgres, ...(withPeers ? peers : [])];
    const [a, b, c, d, ...others] = await contest(contenders, Number(given));
    console.log('Turns per second, as a share of those of the same round:');
    console.log(`c/b ${ratio(c, b)} (goal 0.8), c/a ${ratio(c, a)} (goal 1), d/b ${ratio(d, b)} (goal 0.6)`);
    for (const [i, of] of others.entries()) console.log(`c/${peers[i]?.name} ${ratio(c, of)}`);
    if (!withPeers) console.log('The peers are not installed: npm ci --prefix bench');
  } finally {
    await postgres.remove();
  }
}
