import { existsSync } from 'node:fs';
import { startPostgres } from '../test/support/postgres.js';
import { click, message, submission } from './activities.js';
import { type Contender, contest, ratio } from './contest.js';
import { passerelle } from './offer.js';
import { build } from './servers.js';

const framework = 'dist/bench/framework.js';
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
  const postgres = await startPostgres({ light: false });
  const onPostgres = passerelle('(d) Passerelle placement offer, PostgreSQL', async () => ({
    DATABASE_URL: await postgres.createDatabase(),
  }));
  const simple: Contender = {
    name: '(e) botbuilder, a transaction an offer through pg',
    start: async () => [['bench/peers/botbuilder-pg.mjs'], { DATABASE_URL: await postgres.createDatabase() }],
    prepare: async (_, connector) => () => submission(connector, '2027-01-18'),
    check: (answer) => {
      if (!answer.includes('stored ')) throw new Error(`the offer was not stored: ${answer.slice(0, 500)}`);
    },
  };
  const withPeers = existsSync('bench/node_modules');
  try {
    const contenders = [...ours, onPostgres, simple, ...(withPeers ? peers : [])];
    const [a, b, c, d, e, ...others] = await contest(contenders, Number(given));
    console.log('Turns per second, as a share of those of the same round:');
    console.log(`c/b ${ratio(c, b)} (goal 0.7), c/a ${ratio(c, a)} (goal 1)`);
    console.log(`d/b ${ratio(d, b)} (goal 0.3), d/e ${ratio(d, e)} (goal 3)`);
    for (const [i, of] of others.entries()) console.log(`c/${peers[i]?.name} ${ratio(c, of)}`);
    if (!withPeers) console.log('The peers are not installed: npm ci --prefix bench');
  } finally {
    await postgres.remove();
  }
}
