import {
  type CardJson,
  coordination,
  findAction,
  formData,
  hugo,
  ines,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  chatOf,
  fill,
  hasButton,
  idIn,
  inChannel,
  lastPostIn,
  offerTalk,
  placement,
  publishSession,
  says,
  shownIn,
  startFast,
  written,
} from '../support/flows.js';

// Zoé reads the coordinators' channel and is no coordinator: not all who are in its team have to be.
let bot: TestBot;
beforeEach(async () => {
  bot = await startFast({ env: { COORDINATORS: hugo.aadObjectId } });
  await bot.setUp([hugo, zoe]);
});
afterEach(() => bot.close());

/** The buttons of a card by their verbs, in their order. A text that is asked for first stands for its button. */
const buttonsOf = (card: unknown): string[] =>
  ((card as CardJson).actions as CardJson[]).map((button) =>
    String(button.verb ?? (button.card as { actions: CardJson[] }).actions[0]?.verb),
  );

const offerPlacement = async () =>
  idIn((await fill(bot, ines, 'accueillir', placement)).value, 'mine.withdraw');
const decide = (move: 'approve' | 'decline' | 'askChanges') => (id: string) =>
  bot.click(
    hugo,
    `approval.${move}`,
    { id, reason: 'Déjà complet.', changes: 'Une semaine plus tard.' },
    inChannel,
  );

interface Offered {
  offer(): Promise<string>;
  bring?(id: string): Promise<unknown>;
  now?: string;
  /** What everybody sees in the channel. */
  readonly channel: string[];
  readonly author: string[];
  readonly coordinator: string[];
  readonly other: string[];
}
const [view, own, signed, answer] = ['approval.view', 'mine.show', 'agreements.open', 'outcome.open'];
const decisions = ['approval.approve', 'approval.decline', 'approval.askChanges'];
const offered: Record<string, Offered> = {
  'that waits': {
    offer: () => offerTalk(bot, ines),
    channel: [view],
    author: [own],
    coordinator: decisions,
    other: [],
  },
  'that was sent back': {
    offer: () => offerTalk(bot, ines),
    bring: decide('askChanges'),
    channel: [view],
    author: [own],
    coordinator: [],
    other: [],
  },
  'that is approved': {
    offer: () => offerTalk(bot, ines),
    bring: decide('approve'),
    channel: [view],
    author: [own],
    coordinator: [],
    other: [],
  },
  'for a placement that is approved': {
    offer: offerPlacement,
    bring: decide('approve'),
    channel: [view],
    author: [signed, own],
    coordinator: [signed],
    other: [],
  },
  'whose day has passed': {
    offer: () => offerTalk(bot, ines),
    bring: decide('approve'),
    now: '2026-12-09T08:00:00.000Z',
    channel: [view],
    author: [answer, own],
    coordinator: [answer],
    other: [],
  },
  'that is declined': {
    offer: () => offerTalk(bot, ines),
    bring: decide('decline'),
    channel: [],
    author: [own],
    coordinator: [],
    other: [],
  },
  'that was withdrawn': {
    offer: () => offerTalk(bot, ines),
    bring: (id) => bot.click(ines, 'mine.withdrawConfirmed', { id }),
    channel: [],
    author: [own],
    coordinator: [],
    other: [],
  },
};

it.each(Object.entries(offered))('an offer %s shows each reader what they can do', async (_, {
  offer,
  bring,
  now,
  ...expected
}) => {
  const id = await offer();
  // One that is taken back before its card is posted gets none.
  await bot.app.drain();
  await bring?.(id);
  if (now) bot.setNow(now);
  const seenBy = async (who: typeof zoe) =>
    buttonsOf((await bot.click(who, 'approval.view', { id }, inChannel)).value);
  expect({
    channel: buttonsOf((await shownIn(bot, coordination))[0]),
    author: await seenBy(ines),
    coordinator: await seenBy(hugo),
    other: await seenBy(zoe),
  }).toEqual(expected);
  const seen = await bot.click(ines, 'mine.show', { id }, inChannel);
  expect(textOf(seen.value)).not.toContain(says('fr', 'refusal.notYours.heading'));
});

it('the reminder of missing agreements opens the request in the channel, and the form for the host', async () => {
  const id = await offerPlacement();
  await decide('approve')(id);
  bot.setNow('2027-01-15T09:00:00.000Z');
  await bot.app.runJob('reminders', { dryRun: false });
  const due = await lastPostIn(bot, coordination);
  expect(textOf(due)).toContain(says('fr', 'agreements.due', { count: 2 }));
  expect(buttonsOf(due)).toEqual([view]);
  expect(buttonsOf(await lastPostIn(bot, chatOf(ines)))).toEqual([signed]);
  const seen = (await bot.click(hugo, view, formData(due, view), inChannel)).value;
  const form = (await bot.click(hugo, signed, formData(seen, signed), inChannel)).value;
  expect(hasButton(form, 'agreements.save')).toBe(true);
});

it('a seat that is given back can be taken from the news of it; an offer that is gone has no button', async () => {
  const id = await publishSession(bot, hugo, { seats: '1' });
  await bot.click(ines, 'sessions.join', { id });
  await bot.click(ines, 'mine.withdrawConfirmed', { id });
  const news = await lastPostIn(bot, coordination);
  expect(buttonsOf(news)).toEqual(['sessions.view', 'sessions.manage']);
  const seen = await bot.click(zoe, 'sessions.view', formData(news, 'sessions.view'), inChannel);
  expect(buttonsOf(seen.value)).toEqual(['sessions.join']);
  expect(buttonsOf((await bot.click(ines, 'mine.show', { id })).value)).toEqual([
    'sessions.view',
    'mine.open',
  ]);

  const talk = await offerTalk(bot, ines);
  await decide('approve')(talk);
  await bot.click(ines, 'mine.withdrawConfirmed', { id: talk });
  const gone = await lastPostIn(bot, coordination);
  expect(textOf(gone)).toContain(says('fr', 'mine.withdrawnHeading', { name: 'Inès Exemple' }));
  expect(gone.actions ?? []).toEqual([]);
});

describe('somebody in the coordinators’ channel who is none of them', () => {
  /** Reads a list from a button in the channel, and elsewhere. */
  const read = async (verb: string, data: object) => ({
    here: (await bot.click(zoe, verb, data, inChannel)).value,
    elsewhere: (await bot.click(zoe, verb, data)).value,
  });
  const refused = says('fr', 'refusal.notCoordinator.heading');

  it('reads what waits from the weekly message, as the requests in the channel, and decides nothing', async () => {
    bot.setNow('2026-12-01T08:00:00.000Z');
    const waits = await offerTalk(bot, ines, { firstDay: '2026-12-17' });
    const past = await offerTalk(bot, ines);
    const session = await publishSession(bot, hugo);
    await decide('approve')(past);
    await bot.click(ines, 'sessions.join', { id: session });
    bot.setNow('2026-12-14T08:00:10.000Z');
    await bot.app.runJob('weekly', { dryRun: false });
    const weekly = await lastPostIn(bot, coordination);
    const { here, elsewhere } = await read('pending.open', formData(weekly, 'pending.open'));
    expect(textOf(elsewhere)).toContain(refused);
    expect(textOf(here)).toContain(says('fr', 'pending.heading', { count: 1 }));
    const rows = JSON.stringify(here).match(/"verb":"[\w.]+","data":\{"id":"\w+"/g);
    for (const [verb, id] of [
      ['approval.view', waits],
      ['approval.view', past],
      ['sessions.view', session],
    ])
      expect(rows).toContain(`"verb":"${verb}","data":{"id":"${id}"`);
    expect(hasButton(here, 'outcome.open')).toBe(false);
    expect(
      findAction((await bot.click(zoe, 'pending.page', { page: 0 }, inChannel)).value, 'approval.view'),
    ).toBeDefined();
    const before = await written(bot);
    expect(textOf((await bot.click(zoe, 'approval.approve', { id: waits }, inChannel)).value)).toContain(
      refused,
    );
    expect(await written(bot)).toBe(before);
  });

  it('does not read of messages that did not arrive', async () => {
    const id = await offerTalk(bot, ines);
    bot.connector.fail({
      status: 403,
      code: 'MessageWritesBlocked',
      match: (r) => r.path.includes(chatOf(ines)),
    });
    await decide('approve')(id);
    await bot.app.drain();
    const undelivered = says('fr', 'pending.undelivered', { count: 1 });
    expect(textOf((await bot.click(hugo, 'pending.open', {}, inChannel)).value)).toContain(undelivered);
    expect(textOf((await read('pending.open', {})).here)).not.toContain(undelivered);
  });

  it('turns the pages of the placements that are possible no more', async () => {
    const data = { page: 1, version: 'any' };
    const { here, elsewhere } = await read('recheck.page', data);
    expect(textOf(here)).toContain(says('fr', 'recheck.list.lead'));
    expect(textOf(elsewhere)).toContain(refused);
  });
});
