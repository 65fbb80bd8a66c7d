import { formData, hugo, ines, type TestBot, zoe } from '../support/bot.js';
import {
  askToErase,
  erase,
  finishErasing,
  isCountRight,
  kindsWith,
  liveAYear,
  pastFigures,
  traces,
} from '../support/erasure-flows.js';
import { all, offerTalk, startFast } from '../support/flows.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { aHeldTalk, storeAll } from '../support/report-data.js';
import { publicUrl } from '../support/samples-reminders.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

let bot: TestBot;
afterEach(() => bot.close());

/** Every table as text: what is in it of these texts. */
async function tablesWith(url: string, texts: readonly string[]): Promise<string[]> {
  const tables = await server.query(
    url,
    'select table_name as name from information_schema.tables where table_schema = current_schema()',
  );
  expect(tables.length).toBeGreaterThan(20);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await server.query(url, `select t::text as text from ${name} t`);
    const all = rows
      .map(({ text }) => text)
      .join('\n')
      .toLowerCase();
    found.push(...texts.filter((text) => all.includes(text.toLowerCase())).map((text) => `${name}: ${text}`));
  }
  return found;
}

it('on PostgreSQL no table has anything of them, on any instance, and what is past counts as before', async () => {
  const url = await server.createDatabase();
  bot = await startFast({ env: { ...publicUrl, DATABASE_URL: url } });
  await liveAYear(bot);
  const before = await pastFigures(bot);
  expect(await tablesWith(url, traces)).not.toEqual([]);
  await erase(bot);
  expect(await tablesWith(url, traces)).toEqual([]);
  expect(await kindsWith(bot, traces)).toEqual([]);
  expect(await pastFigures(bot)).toEqual(before);
  expect(await isCountRight(bot)).toBe(true);
  await bot.restart();
  await offerTalk(bot, zoe, { firstDay: '2027-03-11', school: 'Collège Fictif, Lyon' });
  expect(await tablesWith(url, traces)).toEqual([]);
}, 60_000);

it.each([
  ['lowdb', false],
  ['PostgreSQL', true],
])(
  'on %s 10,000 records with them in it are rewritten, while others go on',
  async (_, onPostgres) => {
    bot = await startFast({ env: onPostgres ? { DATABASE_URL: await server.createDatabase() } : {} });
    await bot.setUp([hugo]);
    await bot.say(ines, 'aide');
    const by = ines.aadObjectId;
    const at = bot.now();
    const { store } = bot.app.services;
    for (let first = 0; first < 9_600; first += 600)
      await store.transact(async (tx) => {
        const rows = Array.from({ length: 600 }, (_, n) => ({ id: `h${first + n}`, actionId: 'a', by, at }));
        const move = { move: 'approve', from: 'pending', to: 'approved' };
        await Promise.all(rows.map((row) => tx.put('history', { ...row, ...move })));
      });
    for (let first = 0; first < 400; first += 100)
      await storeAll(
        bot,
        Array.from({ length: 100 }, (_, n) => {
          const id = `01TA1K00000000000000${String(first + n).padStart(6, '0')}`;
          return aHeldTalk([by], { id, number: first + n, createdBy: by });
        }),
      );
    const asked = formData(await askToErase(bot), 'erasure.erase');
    expect((await bot.click(ines, 'erasure.erase', asked)).statusCode).toBe(200);
    // Others wait for a batch at most, not for all of it.
    const going = bot.app.runJob('erasures', { dryRun: false });
    await offerTalk(bot, zoe);
    await going;
    await finishErasing(bot);
    expect(await kindsWith(bot, [by, ines.id])).toEqual([]);
    const history = await all(bot, 'history');
    const ids = new Set(history.filter(({ id }) => /^h\d/.test(id)).map((row) => row.by));
    expect([history.filter(({ id }) => /^h\d/.test(id)).length, ids.size]).toEqual([9_600, 1]);
    const engagements = (await all(bot, 'engagements')).filter(({ employeeId }) => ids.has(employeeId));
    expect(engagements).toHaveLength(400);
  },
  120_000,
);
