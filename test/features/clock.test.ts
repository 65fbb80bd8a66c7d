import { announcements, coordination, hugo, ines, type TestBot, textOf, zoe } from '../support/bot.js';
import {
  chatOf,
  fill,
  idIn,
  inChannel,
  keepingLog,
  placement,
  postsIn,
  publishSession,
  says,
  startFast,
} from '../support/flows.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.remove());

let bot: TestBot;
let lines: string[];
afterEach(() => bot.close());

/** Tuesday; the weekly message is due on Mondays at 09:00 in Paris. */
const today = '2026-11-24T10:00:00.000Z';
const start = async (env: Record<string, string> = {}) => {
  const kept = keepingLog();
  lines = kept.lines;
  bot = await startFast({ now: today, env, parts: { log: kept.log } });
  await bot.setUp([hugo]);
};
/** The clock says another moment, and the bot starts by it or goes on. */
async function setClock(instant: string, restart: boolean): Promise<void> {
  bot.setNow(instant);
  if (restart) await bot.restart();
  await runJobs();
}
async function runJobs(): Promise<void> {
  for (const name of ['weekly', 'reminders', 'recheck']) await bot.app.runJob(name, { dryRun: false });
  await bot.app.drain();
}
/** What Teams signs is accepted only while the clock is right, so that the next look can tell. */
async function speak(): Promise<void> {
  await bot.say(zoe, 'aide');
  await runJobs();
}
const count = async (place: string, words: string): Promise<number> =>
  (await postsIn(bot, place)).filter((card) => textOf(card).includes(words)).length;
const weeklies = () => count(coordination, 'Le point de la semaine');
const reminders = async () => [
  await count(chatOf(ines), says('fr', 'agreements.why')),
  await count(coordination, says('fr', 'agreements.why')),
];

describe.each([
  ['the data file', async () => ({})],
  ['PostgreSQL', async () => ({ DATABASE_URL: await server.createDatabase() })],
])('a clock that was a month ahead, on %s,', (_, env) => {
  beforeEach(async () => start(await env()));

  it.each([
    ['and was set back while the bot ran', false],
    ['until the bot was started again', true],
  ])('%s, takes no weekly message from the weeks that it skipped', async (_when, restart) => {
    await setClock('2026-12-23T10:00:00.000Z', restart);
    expect(await weeklies()).toBe(1);
    await setClock('2026-11-24T12:00:00.000Z', restart);
    await speak();
    const counts: number[] = [];
    for (const day of ['2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28']) {
      await setClock(`${day}T08:30:00.000Z`, restart);
      await runJobs();
      counts.push(await weeklies());
    }
    expect(counts).toEqual([2, 3, 4, 5, 6]);
    expect(lines.join('\n')).toContain('the clock was ahead when jobs were run');
  });

  it('takes no reminder', async () => {
    const { value } = await fill(bot, ines, 'accueillir', {
      ...placement,
      firstDay: '2026-12-14',
      lastDay: '2026-12-18',
    });
    await bot.click(hugo, 'approval.approve', { id: idIn(value, 'mine.withdraw') }, inChannel);
    await setClock('2026-12-11T10:00:00.000Z', true);
    expect(await reminders()).toEqual([1, 1]);
    await setClock('2026-11-24T12:00:00.000Z', true);
    await speak();
    const counts: number[][] = [];
    for (const day of ['2026-11-29', '2026-11-30', '2026-12-10', '2026-12-11', '2026-12-12']) {
      await setClock(`${day}T10:00:00.000Z`, true);
      counts.push(await reminders());
    }
    expect(counts).toEqual([
      [1, 1],
      [2, 2],
      [2, 2],
      [3, 3],
      [3, 3],
    ]);
  });
});

describe('a clock', () => {
  beforeEach(() => start());

  it('that was ahead by hours repeats nothing of the same day', async () => {
    await setClock('2026-11-30T09:30:00.000Z', false);
    await setClock('2026-11-30T07:30:00.000Z', true);
    await speak();
    await setClock('2026-11-30T08:30:00.000Z', true);
    expect(await weeklies()).toBe(1);
  });

  it('that was behind, so that nobody was let in, repeats nothing', async () => {
    await setClock('2026-11-30T08:30:00.000Z', true);
    await setClock('2026-11-25T08:30:00.000Z', true);
    await runJobs();
    await setClock('2026-11-30T10:30:00.000Z', true);
    await speak();
    expect(await weeklies()).toBe(1);
  });

  it('that was ahead when a channel was chosen costs no weekly message', async () => {
    bot.setNow('2026-12-23T10:00:00.000Z');
    await bot.click(hugo, 'setup.choose', { use: 'announcements' }, { where: announcements });
    const announced = () => count(announcements, 'Le point de la semaine');
    await setClock('2026-11-24T12:00:00.000Z', true);
    await speak();
    expect(await announced()).toBe(0);
    await setClock('2026-11-30T08:30:00.000Z', true);
    expect(await announced()).toBe(1);
  });

  it('that was ahead when placements were checked again has them checked now', async () => {
    await fill(bot, ines, 'accueillir', { ...placement, firstDay: '2026-12-14', lastDay: '2026-12-18' });
    const runs = () => bot.app.services.store.read((r) => r.all('jobs'));
    const { store } = bot.app.services;
    // Checked under other calendars, which let it pass.
    await store.transact(async (tx) => {
      for (const { id } of await tx.all('jobs')) await tx.remove('jobs', id);
      for (const action of await tx.all('actions')) {
        const checked = { under: 'another', certainty: 'fine', since: 'another' } as const;
        await tx.put('actions', { ...action, firstDay: '2026-12-21', lastDay: '2026-12-25', checked });
      }
    });
    await setClock('2026-12-30T10:00:00.000Z', false);
    const told = () => count(chatOf(ines), says('fr', 'recheck.note'));
    expect([await told(), (await runs()).length]).toEqual([0, 2]);
    await setClock('2026-11-24T12:00:00.000Z', false);
    expect(await told()).toBe(0);
    await speak();
    await runJobs();
    expect([await told(), await count(coordination, says('fr', 'recheck.list.lead'))]).toEqual([1, 1]);
  });

  it.each([
    ['set back', '2026-11-20T10:00:00.000Z', false, 'the clock was set back'],
    ['set ahead', '2026-12-20T10:00:00.000Z', false, 'the clock has jumped ahead'],
    ['behind the records at a start', '2026-11-20T10:00:00.000Z', true, 'records are later than the clock'],
    ['far from them at a start', '2026-12-20T10:00:00.000Z', true, 'nothing was recorded for long'],
  ])('that is %s is said in the log', async (_, instant, restart, words) => {
    await publishSession(bot, hugo);
    await bot.app.drain();
    expect(lines.join('\n')).not.toContain(words);
    await setClock(instant, restart);
    expect(lines.filter((line) => line.startsWith(words))).toHaveLength(1);
  });
});
