import type { Reader, Store, Transaction } from '../../src/ports.js';
import type { Person } from '../../src/records.js';
import { coordination, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import { finishErasing } from '../support/erasure-flows.js';
import { activityFrom, all, chatOf, hasButton, postsIn, says, startFast } from '../support/flows.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

let bots: TestBot[] = [];
afterEach(async () => {
  for (const bot of bots) await bot.close();
  bots = [];
});

const many = Number(process.env.PEOPLE ?? 2_000);
const nobody = (n: number, more: Partial<Person>): Person => ({
  id: `aad-${n}`,
  teamsId: `29:${n}`,
  name: `Personne Inventée ${n}`,
  lang: 'fr',
  ...more,
});

async function addPeople({ app }: TestBot, more: Partial<Person>): Promise<void> {
  for (let first = 0; first < many; first += 100)
    await app.services.store.transact(async (tx) => {
      const people = Array.from({ length: 100 }, (_, n) => nobody(first + n, more));
      await Promise.all(people.map((each) => tx.put('people', each)));
    });
}

/** Counts whose engagements are read, and that nothing is read as a whole, until it is stopped. */
function watch(store: Store) {
  const looked: string[] = [];
  const { read, transact } = store;
  const watched = <R extends Reader>(reader: R): R => ({
    ...reader,
    get: reader.get.bind(reader),
    all: () => Promise.reject(new Error('everything would be read')),
    list: ((kind, by, partition, options) => {
      if (kind === 'engagements') looked.push(partition);
      return reader.list(kind, by, partition, options);
    }) as Reader['list'],
  });
  Object.assign(store, {
    read: <T>(work: (reader: Reader) => Promise<T>) => read((reader) => work(watched(reader))),
    transact: <T>(work: (tx: Transaction) => Promise<T>) =>
      transact((tx) =>
        work({ ...watched(tx), add: tx.add.bind(tx), put: tx.put.bind(tx), remove: tx.remove.bind(tx) }),
      ),
  });
  return { looked, stop: () => void Object.assign(store, { read, transact }) };
}

it.each([
  ['lowdb', false],
  ['PostgreSQL', true],
] as const)(
  'on %s only those who may be inactive are read of many, once a day; of records from before, each once',
  async (_, onPostgres) => {
    const env: Record<string, string> = onPostgres ? { DATABASE_URL: await server.createDatabase() } : {};
    const bot = await startFast({ env });
    bots = [bot];
    await addPeople(bot, { activeOn: '2028-05-02' });
    await bot.app.services.store.transact(async (tx) => {
      for (const n of [17, 711, 1_999]) await tx.put('people', nobody(n, { activeOn: '2026-11-23' }));
    });
    bot.setNow('2029-10-23T08:00:00.000Z');
    const { looked, stop } = watch(bot.app.services.store);
    expect(await bot.app.runJob('retention', { dryRun: false })).toContain('announced 3,');
    await bot.app.runJob('retention', { dryRun: false });
    expect(looked.toSorted()).toEqual(['aad-17', 'aad-1999', 'aad-711']);
    stop();
    await addPeople(bot, {});
    bot.setNow('2029-10-24T08:00:00.000Z');
    const again = watch(bot.app.services.store);
    await bot.app.runJob('retention', { dryRun: false });
    expect(new Set(again.looked).size).toBe(many);
    // A database runs a few transactions twice.
    const { length } = again.looked;
    expect(length).toBeLessThan(1.5 * many);
    bot.setNow('2029-10-25T08:00:00.000Z');
    await bot.app.runJob('retention', { dryRun: false });
    expect(again.looked).toHaveLength(length);
    again.stop();
  },
  120_000,
);

it('two instances on one database tell somebody and the coordinators once, and erase once', async () => {
  const env = { DATABASE_URL: await server.createDatabase() };
  for (const _ of [1, 2]) bots.push(await startFast({ env }));
  const [one, other] = bots;
  if (!one || !other) throw new Error('two instances are started');
  await one.setUp([hugo]);
  for (const who of [ines, zoe]) await one.say(who, 'aide');
  await one.raw(activityFrom(one, zoe, { type: 'installationUpdate', action: 'remove' }));
  const atOnce = (instant: string) => {
    for (const bot of bots) bot.setNow(instant);
    return Promise.all([one, other, one, other].map((bot) => bot.app.runJob('retention', { dryRun: false })));
  };
  await atOnce('2029-10-23T08:00:00.000Z');
  await other.restart();
  await atOnce('2029-10-24T08:00:00.000Z');
  const cards = async (place: string) => {
    for (const bot of bots) await bot.app.drain();
    return [...(await postsIn(one, place)), ...(await postsIn(other, place))];
  };
  expect((await cards(chatOf(ines))).filter((card) => hasButton(card, 'retention.keep'))).toHaveLength(1);
  const heading = says('fr', 'retention.coming.heading', { count: 1 });
  expect((await cards(coordination)).filter((card) => textOf(card).includes(heading))).toHaveLength(1);
  for (const day of ['10-31', '11-06', '11-13', '11-20']) await atOnce(`2029-${day}T09:00:00.000Z`);
  const runs = await atOnce('2029-11-23T07:00:00.000Z');
  const begun = runs.map((said) => Number(/began to erase (\d)/.exec(said)?.[1]));
  expect(begun.reduce((sum, n) => sum + n, 0)).toBe(3);
  expect(await all(one, 'erasures')).toHaveLength(3);
  await finishErasing(one);
  expect(await all(other, 'people')).toEqual([]);
}, 60_000);
