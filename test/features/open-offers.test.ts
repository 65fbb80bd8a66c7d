import type { Store } from '../../src/ports.js';
import { openPostgresStore } from '../../src/storage/postgres/index.js';
import {
  amy,
  type CardJson,
  coordination,
  formData,
  hugo,
  type InvokeAnswer,
  ines,
  louis,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  errorText,
  idIn,
  inChannel,
  offerTalk,
  postsIn,
  publishSession,
  says,
  startFast,
  talk,
} from '../support/flows.js';
import { startPostgres } from '../support/postgres.js';

const most = 20;
let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

/** So many forms, each opened for itself, all sent in the same moment. */
async function sendAtOnce(who: TestPerson, count: number): Promise<InvokeAnswer[]> {
  const forms: CardJson[] = [];
  for (let i = 0; i < count; i++) forms.push((await bot.click(who, 'volunteer.open')).value);
  return Promise.all(
    forms.map((form) => bot.click(who, 'volunteer.submit', formData(form, 'volunteer.submit', talk))),
  );
}
const accepted = (answers: readonly InvokeAnswer[]) => answers.filter((a) => a.statusCode === 200);
const offersOf = async (who: TestPerson, on = bot) =>
  (await all(on, 'actions')).filter((a) => a.origin === 'offer' && a.createdBy === who.aadObjectId);
const sendOne = async (who: TestPerson) => (await sendAtOnce(who, 1))[0] as InvokeAnswer;

it.each([
  [ines, 'fr'],
  [amy, 'en'],
] as const)('of 30 offers that one person sends at once 20 are taken, the others are refused and their forms stay (%#)', async (who, lang) => {
  const answers = await sendAtOnce(who, 30);
  const refused = answers.filter((a) => a.statusCode !== 200);
  const said = (what: string) => says(lang, `refusal.tooManyOffers.${what}`, { count: most });
  expect(refused).toHaveLength(10);
  for (const answer of refused) {
    // An error with a text, not a card: Teams keeps the form with all that was typed.
    expect(answer).toMatchObject({ http: 200, statusCode: 400, type: 'application/vnd.microsoft.error' });
    expect(errorText(answer)).toBe(`${said('heading')}. ${said('why')}`);
  }
  expect(await offersOf(who)).toHaveLength(most);
  expect(await postsIn(bot, coordination)).toHaveLength(most);
  expect(accepted(await sendAtOnce(louis, 1))).toHaveLength(1);
});

describe('on PostgreSQL', () => {
  it('parallel sends cannot pass the limit either', async () => {
    const server = await startPostgres();
    const store: Store = await openPostgresStore({ url: await server.createDatabase() });
    const own = bot;
    bot = await startFast({ parts: { store } });
    try {
      await bot.setUp([hugo]);
      expect(accepted(await sendAtOnce(ines, 30))).toHaveLength(most);
      expect(await offersOf(ines)).toHaveLength(most);
    } finally {
      await bot.close();
      await server.remove();
      bot = own;
    }
  }, 60_000);
});

it('a client without Action.Execute is told in a message, and nothing is kept', async () => {
  await sendAtOnce(ines, most);
  const form = (await bot.click(ines, 'volunteer.open')).value;
  const value = { ...formData(form, 'volunteer.submit', talk), verb: 'volunteer.submit' };
  await bot.raw(activityFrom(bot, ines, { value }));
  const said = textOf(bot.connector.personal(chatOf(ines)).at(-1)?.card);
  expect(said).toContain(says('fr', 'refusal.tooManyOffers.heading', { count: most }));
  expect(await offersOf(ines)).toHaveLength(most);
});

describe('a person with as many open offers as possible', () => {
  let ids: string[];
  beforeEach(async () => {
    ids = (await sendAtOnce(ines, most)).map(({ value }) => idIn(value, 'mine.withdraw'));
  });

  it.each([
    ['is withdrawn', (id: string) => bot.click(ines, 'mine.withdrawConfirmed', { id })],
    ['is approved', (id: string) => bot.click(hugo, 'approval.approve', { id }, inChannel)],
    [
      'is declined',
      (id: string) => bot.click(hugo, 'approval.decline', { id, reason: 'Complet.' }, inChannel),
    ],
  ])('makes another one once one %s', async (_, move) => {
    expect((await sendOne(ines)).statusCode).toBe(400);
    await move(ids[0] ?? '');
    expect(await Promise.all([sendOne(ines), sendOne(ines)]).then(accepted)).toHaveLength(1);
  });

  it('makes no other one when one is sent back, and corrects it', async () => {
    const [id] = ids;
    await bot.click(hugo, 'approval.askChanges', { id, changes: 'Plutôt en 3e.' }, inChannel);
    expect((await sendOne(ines)).statusCode).toBe(400);
    const form = (await bot.click(ines, 'volunteer.edit', { id })).value;
    const data = formData(form, 'volunteer.submit', { ...talk, level: '3e' });
    expect((await bot.click(ines, 'volunteer.submit', data)).statusCode).toBe(200);
  });

  it('gets the same answer for a form that was taken', async () => {
    const form = (await bot.click(zoe, 'volunteer.open')).value;
    const data = formData(form, 'volunteer.submit', talk);
    const first = await bot.click(zoe, 'volunteer.submit', data);
    await sendAtOnce(zoe, most);
    expect(await bot.click(zoe, 'volunteer.submit', data)).toEqual(first);
  });

  it('makes others once the days of these are over', async () => {
    bot.setNow('2026-12-09T09:00:00.000Z');
    const form = (await bot.click(ines, 'volunteer.open')).value;
    const data = formData(form, 'volunteer.submit', { ...talk, firstDay: '2027-01-12' });
    expect((await bot.click(ines, 'volunteer.submit', data)).statusCode).toBe(200);
  });

  it('takes seats in sessions, and as a coordinator publishes them', async () => {
    const session = await publishSession(bot, hugo);
    expect(textOf((await bot.click(ines, 'sessions.join', { id: session })).value)).toContain(
      says('fr', 'sessions.youTakePart'),
    );
    await sendAtOnce(hugo, most);
    for (let i = 0; i < 5; i++) await publishSession(bot, hugo);
    expect((await all(bot, 'actions')).filter((a) => a.origin === 'need')).toHaveLength(6);
    expect((await sendOne(hugo)).statusCode).toBe(400);
  });
});

describe('while the channel takes nothing', () => {
  const isToChannel = ({ path }: { path: string }) => path === '/v3/conversations';
  beforeEach(async () => {
    bot.connector.fail({ match: isToChannel, status: 503, retryAfter: 60 });
    // Tried again in a minute, and before all others.
    await offerTalk(bot, louis);
    await bot.app.drain();
  });
  const owedBy = async ({ aadObjectId }: TestPerson, message: string) =>
    (await all(bot, 'outbox')).filter((m) => m.message === message && m.by === aadObjectId);
  /** What the channel gets once it takes messages again, after what it was to have before. */
  async function postedThen(): Promise<CardJson[]> {
    bot.setNow('2026-11-23T08:02:00.000Z');
    return (await postsIn(bot, coordination)).slice(1);
  }

  it('an offer corrected again and again owes one card, of what it is by then', async () => {
    const id = await offerTalk(bot, ines);
    for (const level of ['5e', '3e', '2de']) {
      const form = (await bot.click(ines, 'volunteer.edit', { id })).value;
      await bot.click(ines, 'volunteer.submit', formData(form, 'volunteer.submit', { ...talk, level }));
    }
    expect(await owedBy(ines, 'approval.request')).toHaveLength(1);
    const cards = await postedThen();
    expect(cards).toHaveLength(1);
    expect(textOf(cards[0])).toContain('une intervention en classe, 2de');
  });

  it('an offer that is made and taken back again and again is not posted at all', async () => {
    for (let i = 0; i < 5; i++) {
      const id = await offerTalk(bot, ines);
      await bot.click(ines, 'mine.withdrawConfirmed', { id });
    }
    const kept = await offerTalk(bot, ines);
    expect((await postedThen()).map((card) => idIn(card, 'approval.view'))).toEqual([kept]);
  });

  it('who joins and leaves again and again owes one message that they left', async () => {
    const id = await publishSession(bot, hugo);
    for (const who of [ines, zoe, ines, ines, zoe]) {
      await bot.click(who, 'sessions.join', { id });
      await bot.click(who, 'mine.withdrawConfirmed', { id });
    }
    for (const who of [ines, zoe]) expect(await owedBy(who, 'mine.withdrawn')).toHaveLength(1);
    // Not before the session itself, whoever published it.
    const [session, ...left] = await postedThen();
    expect(idIn(session, 'sessions.join')).toBe(id);
    expect(left.map((card) => textOf(card).includes(ines.name))).toEqual([true, false]);
  });
});

it('a row of the channel says whose doing it is', async () => {
  const id = await offerTalk(bot, ines);
  await bot.app.drain();
  await bot.click(hugo, 'approval.approve', { id }, inChannel);
  const rows = (await all(bot, 'outbox')).filter(({ conversationId }) => conversationId === coordination);
  expect(rows.map(({ op, by }) => [op, by])).toEqual([
    ['post', ines.aadObjectId],
    ['update', hugo.aadObjectId],
  ]);
});
