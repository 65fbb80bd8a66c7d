import { formData, ines, type TestBot, zoe } from '../support/bot.js';
import {
  askToErase,
  finishErasing,
  isCountRight,
  kindsWith,
  liveAYear,
  pastFigures,
  traces,
} from '../support/erasure-flows.js';
import { all, offerTalk, startFast } from '../support/flows.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { publicUrl } from '../support/samples-reminders.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

let bot: TestBot;
afterEach(() => bot.close());

const many = 10_000;

/** Rows of the history with her in each of them. */
async function addMany({ app }: TestBot, by: string): Promise<void> {
  const at = bot.now();
  const move = { actionId: 'a', move: 'approve', from: 'pending', to: 'approved', by, at };
  for (let first = 0; first < many; first += 100)
    await app.services.store.transact(async (tx) => {
      const ids = Array.from({ length: 100 }, (_, n) => `many-${first + n}`);
      await Promise.all(ids.map((id) => tx.put('history', { ...move, id })));
    });
}

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
    const said = rows
      .map(({ text }) => text)
      .join('\n')
      .toLowerCase();
    found.push(
      ...texts.filter((text) => said.includes(text.toLowerCase())).map((text) => `${name}: ${text}`),
    );
  }
  return found;
}

it.each([
  ['lowdb', false],
  ['PostgreSQL', true],
] as const)(
  'on %s nothing of them is left among 10,000 records with them in it, others go on meanwhile, and the past counts as before',
  async (_, onPostgres) => {
    const url = onPostgres ? await server.createDatabase() : undefined;
    bot = await startFast({ env: { ...publicUrl, ...(url ? { DATABASE_URL: url } : {}) } });
    await liveAYear(bot);
    await addMany(bot, ines.aadObjectId);
    const before = await pastFigures(bot);
    if (url) expect(await tablesWith(url, traces)).not.toEqual([]);
    const asked = formData(await askToErase(bot), 'erasure.erase');
    expect((await bot.click(ines, 'erasure.erase', asked)).statusCode).toBe(200);
    const going = bot.app.runJob('erasures', { dryRun: false });
    await offerTalk(bot, zoe, { firstDay: '2027-03-16', school: 'Collège Fictif, Lyon' });
    await going;
    await finishErasing(bot);
    expect(await kindsWith(bot, traces)).toEqual([]);
    if (url) expect(await tablesWith(url, traces)).toEqual([]);
    expect(await pastFigures(bot)).toEqual(before);
    expect(await isCountRight(bot)).toBe(true);
    const rows = (await all(bot, 'history')).filter(({ id }) => id.startsWith('many-'));
    expect([rows.length, new Set(rows.map(({ by }) => by)).size]).toEqual([many, 1]);
    await bot.restart();
    if (url) expect(await tablesWith(url, traces)).toEqual([]);
  },
  120_000,
);
