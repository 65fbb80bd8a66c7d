import { coordination, hugo, ines, type TestBot } from '../support/bot.js';
import { all, chatOf, hasButton, postsIn, startFast } from '../support/flows.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
let bots: TestBot[] = [];
beforeAll(async () => {
  server = await startPostgres();
  const env = { DATABASE_URL: await server.createDatabase() };
  const convention = { regionalCoordinators: [{ person: ines.aadObjectId, academie: '10' }] };
  for (const _ of [1, 2]) bots.push(await startFast({ env, convention }));
  await bots[0]?.setUp([hugo]);
}, 60_000);
afterAll(async () => {
  for (const bot of bots) await bot.close();
  bots = [];
  await server.remove();
});

it('two instances on one database that run the jobs at once remind the channel once', async () => {
  const [one, other] = bots;
  if (!one || !other) throw new Error('two instances are started');
  for (const bot of bots) bot.setNow('2027-06-21T08:00:00.000Z');
  const runs = await Promise.all(
    [one, other, one, other].map((bot) => bot.app.runJob('deadlines', { dryRun: false })),
  );
  expect(runs.filter((said) => said.includes('committee:2027-07-05 (14)'))).toHaveLength(1);
  const cards = [...(await postsIn(one, coordination)), ...(await postsIn(other, coordination))];
  expect(cards.filter((card) => hasButton(card, 'deadlines.view'))).toHaveLength(1);
  const keys = (await all(one, 'outbox')).map(({ id }) => id);
  expect(keys.filter((id) => id.startsWith('deadlines:'))).toEqual(['deadlines:committee:2027-07-05:14']);
});

it('two instances send the card of the month once', async () => {
  const [one, other] = bots;
  if (!one || !other) throw new Error('two instances are started');
  await one.click(ines, 'help.open');
  for (const bot of bots) bot.setNow('2027-07-05T07:00:00.000Z');
  const runs = await Promise.all(
    [one, other, one, other].map((bot) => bot.app.runJob('regional', { dryRun: false })),
  );
  expect(runs.filter((said) => said.includes('owed 1 cards'))).toHaveLength(1);
  const cards = [...(await postsIn(one, chatOf(ines))), ...(await postsIn(other, chatOf(ines)))];
  expect(cards.filter((card) => hasButton(card, 'regional.mute'))).toHaveLength(1);
});
