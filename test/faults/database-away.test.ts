import { setTimeout as pause } from 'node:timers/promises';
import { ines, textOf } from '../support/bot.js';
import { activityFrom, says } from '../support/flows.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import type { BotProcess } from '../support/process.js';
import { startWire, type Wire } from '../support/wire.js';
import { databaseGround, type Ground } from './grounds.js';
import { startLoad } from './load.js';
import { expectAllKept, type Offer, openWorkplace, type Workplace } from './workplace.js';

const awayMs = process.env.FULL_FAULTS ? 20_000 : 4_000;

let server: PostgresServer;
let workplace: Workplace;
let ground: Ground;
let wire: Wire;
let bot: BotProcess;
beforeAll(async () => {
  [server, workplace] = await Promise.all([startPostgres({ light: false }), openWorkplace()]);
  ground = await databaseGround(server);
  wire = await startWire(ground.env.DATABASE_URL ?? '');
  bot = await workplace.start({ ...ground, env: { DATABASE_URL: wire.url } });
  await workplace.setUp(bot);
}, 60_000);
afterAll(async () => {
  await workplace.close();
  await wire.close();
  await server.remove();
});

/** Every offer of these tests that was answered with a card in the end. */
const sent: Offer[] = [];

const status = async (path: string): Promise<number> => (await fetch(bot.address + path)).status;
const ready = async (): Promise<void> => {
  const end = Date.now() + 15_000;
  while ((await status('/ready')) !== 200) if (Date.now() > end) throw new Error('/ready stays red');
};
/** Gives what it took, with its milliseconds. */
async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  return [await work(), performance.now() - began];
}
const codeOf = (answer: unknown): string =>
  typeof answer === 'object' ? (answer as { code: string }).code : String(answer);

describe.each<[string, { away(): unknown; back(): unknown }]>([
  ['is stopped', { away: () => server.stop(), back: () => server.start() }],
  ['does not answer', { away: () => wire.hang(), back: () => wire.mend() }],
])('while the database %s', (_, { away, back }) => {
  it('a bot is alive but not ready, says within 3 s that nothing was changed, and recovers by itself', async () => {
    const [offer] = workplace.offers(1);
    if (!offer) throw new Error('no offer');
    await away();
    const written = workplace.connector.posts.length;
    const command = activityFrom(workplace, ines, { type: 'message', text: 'mes engagements' });
    const [[answer, buttonMs], [, commandMs], [red], [health, healthMs]] = await Promise.all([
      timed(() => workplace.send(bot, offer)),
      timed(() =>
        fetch(`${bot.address}/api/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(command),
        }),
      ),
      timed(() => status('/ready')),
      timed(() => status('/health')),
    ]);
    await back();
    expect([red, health]).toEqual([503, 200]);
    expect(codeOf(answer)).toBe('refusal.store');
    const told = workplace.connector.posts
      .slice(written)
      .flatMap(({ card }) => (card === undefined ? [] : [textOf(card)]));
    expect(told).toEqual([expect.stringContaining(says('fr', 'refusal.store.heading'))]);
    expect(Math.max(buttonMs, commandMs)).toBeLessThan(3_000);
    expect(healthMs).toBeLessThan(1_000);

    await ready();
    expect(offer.id in (await ground.kept()).actions).toBe(false);
    expect(await workplace.send(bot, offer)).toBe('card');
    sent.push(offer);
  }, 60_000);
});

it.each([
  ['before the database has the commit', 'before', false],
  ['after it', 'after', true],
] as const)(
  'when the network breaks %s, the answer is that it may have been recorded',
  async (_, at, done) => {
    const [offer] = workplace.offers(1);
    if (!offer) throw new Error('no offer');
    wire.breakAtCommitOf(offer.id, at);
    const [answer, ms] = await timed(() => workplace.send(bot, offer));
    wire.mend();
    expect(codeOf(answer)).toBe('refusal.commitUnknown');
    expect(ms).toBeLessThan(5_000);
    await ready();
    expect(offer.id in (await ground.kept()).actions).toBe(done);
    // As the answer says: doing it again does nothing twice.
    expect(await workplace.send(bot, offer)).toBe('card');
    sent.push(offer);
  },
  60_000,
);

it(`stopped for ${awayMs / 1_000} s and started again under load, nothing that was answered is lost`, async () => {
  const load = startLoad(workplace, bot);
  await pause(1_000);
  await server.stop();
  const stoppedAt = performance.now();
  await pause(awayMs);
  await server.start();
  const away = performance.now() - stoppedAt;
  await ready();
  await pause(1_000);
  sent.push(...(await load.stop()));

  const refused = load.answers.filter(({ answer }) => answer !== 'card');
  expect(
    refused
      .map(({ answer }) => codeOf(answer))
      .filter((code) => !/^refusal\.(store|commitUnknown)$/.test(code)),
  ).toEqual([]);
  expect(refused.length).toBeGreaterThan(0);
  const { listed } = await expectAllKept(workplace, ground, bot, sent);
  process.stdout.write(
    `database away for ${Math.round(away / 100) / 10} s under load: ${sent.length} offers stored and shown once, ` +
      `${refused.length} refusals, ${Math.round(Math.max(...refused.map(({ ms }) => ms)))} ms at most, ${listed} listed\n`,
  );
}, 180_000);

it('a bot that is started while the database is away ends, and says why', async () => {
  await server.stop();
  const began = performance.now();
  await expect(workplace.start(ground)).rejects.toThrow(
    /^the bot ended with 1: The database cannot be used: ECONNREFUSED \(is the server running/,
  );
  expect(performance.now() - began).toBeLessThan(15_000);
  await server.start();
}, 60_000);
