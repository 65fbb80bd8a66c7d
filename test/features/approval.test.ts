import {
  coordination,
  hugo,
  ines,
  louis,
  person,
  type TestBot,
  type TestPerson,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  all,
  faultsOf,
  fill,
  hasButton,
  idIn,
  inChannel,
  lastPostIn,
  offerTalk,
  placement,
  says,
  shownIn,
  startFast,
  written,
} from '../support/flows.js';

const amyCoordinator = person('Amy Coordinator', 'en-GB');
let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis, amyCoordinator]);
});
afterAll(() => bot.close());

const decisions = ['approval.approve', 'approval.decline', 'approval.askChanges'];
const buttonsOf = (card: unknown) => decisions.filter((verb) => hasButton(card, verb));
const stateOf = async (id: string) =>
  (await all(bot, 'engagements')).find((e) => e.actionId === id && e.employeeId !== hugo.aadObjectId)?.state;
const texts = { reason: 'L’équipe est complète.', changes: 'Plutôt la semaine suivante.' };

describe('the card in the channel', () => {
  it('shows no decision to everybody, and names who gets a view of their own', async () => {
    const id = await offerTalk(bot, ines);
    const card = await lastPostIn(bot, coordination);
    expect(buttonsOf(card)).toEqual([]);
    expect(idIn(card, 'approval.view')).toBe(id);
    expect(textOf(card)).toContain(says('fr', 'approval.examine'));
    expect(textOf(card)).toContain(says('fr', 'approval.channelNote'));
    const refresh = card.refresh as { action: { verb: string }; userIds: string[] };
    expect(refresh.action.verb).toBe('approval.view');
    expect(refresh.userIds).toEqual([ines.id, hugo.id, louis.id, amyCoordinator.id]);
  });

  it('a coordinator sees the buttons, the author waits, others see where it stands', async () => {
    const id = await offerTalk(bot, ines);
    const view = async (who: typeof ines) => (await bot.click(who, 'approval.view', { id }, inChannel)).value;
    expect(buttonsOf(await view(hugo))).toEqual(decisions);
    expect(buttonsOf(await view(ines))).toEqual([]);
    expect(textOf(await view(ines))).toContain(says('fr', 'approval.authorNote'));
    expect(buttonsOf(await view(zoe))).toEqual([]);
    expect(textOf(await view(zoe))).toContain(says('fr', 'approval.otherNote'));
    for (const who of [hugo, ines, zoe])
      expect(hasButton(await view(who), 'pending.open')).toBe(who === hugo);
    // They have opened it: it is not offered again.
    for (const who of [hugo, ines, zoe])
      expect(textOf(await view(who))).not.toContain(says('fr', 'approval.examine'));
  });

  it('once it is approved, whoever may say what became of it and how many agreements are signed is asked', async () => {
    const talk = await offerTalk(bot, ines, { firstDay: '2026-11-23' });
    const { value } = await fill(bot, ines, 'accueillir', placement);
    const hosted = idIn(value, 'mine.withdraw');
    for (const id of [talk, hosted]) await bot.click(hugo, 'approval.approve', { id }, inChannel);
    const asks = async (who: TestPerson, id: string, verb: string) =>
      hasButton((await bot.click(who, 'approval.view', { id }, inChannel)).value, verb);
    for (const [id, verb, other] of [
      [talk, 'outcome.open', hosted],
      [hosted, 'agreements.open', talk],
    ] as const) {
      expect(await asks(hugo, id, verb)).toBe(true);
      expect(await asks(ines, id, verb)).toBe(true);
      expect(await asks(zoe, id, verb)).toBe(false);
      expect(await asks(hugo, other, verb)).toBe(false);
    }
  });
});

it.each(
  decisions,
)('%s by somebody who is no coordinator changes nothing, whatever card they click', async (verb) => {
  const id = await offerTalk(bot, ines);
  const before = await written(bot);
  for (const who of [zoe, ines]) {
    const { value } = await bot.click(who, verb, { id, ...texts, coordinator: true }, inChannel);
    expect(textOf(value)).toContain(says('fr', 'refusal.notCoordinator.heading'));
  }
  expect(await written(bot)).toBe(before);
});

describe('a decision', () => {
  it('to approve is recorded with who and when, and the channel’s card follows in place', async () => {
    const id = await offerTalk(bot, ines);
    await bot.app.drain();
    const posts = bot.connector.posts.length;
    const { value } = await bot.click(hugo, 'approval.approve', { id }, inChannel);
    expect(textOf(value)).toContain(says('fr', 'state.approved'));
    expect(buttonsOf(value)).toEqual([]);
    expect(await stateOf(id)).toBe('approved');
    const shown = (await shownIn(bot, coordination)).at(-1);
    expect(textOf(shown)).toContain('Approuvée |  par Hugo Témoin, lundi 23 novembre à 9 h');
    expect(hasButton(shown, 'approval.approve')).toBe(false);
    // One new message, to the author: the channel's card is the old one, updated.
    expect(bot.connector.posts.length).toBe(posts + 1);
  });

  it('to decline needs a reason, keeps it, and ends the offer', async () => {
    const id = await offerTalk(bot, ines);
    const before = await written(bot);
    const without = await bot.click(hugo, 'approval.decline', { id, reason: '  ' }, inChannel);
    expect(faultsOf(without.value)).toEqual([{ text: says('fr', 'approval.reasonError'), before: 'reason' }]);
    expect(await written(bot)).toBe(before);
    await bot.click(hugo, 'approval.decline', { id, reason: texts.reason }, inChannel);
    expect(await stateOf(id)).toBe('declined');
    expect(textOf((await shownIn(bot, coordination)).at(-1))).toContain(texts.reason);
    expect((await all(bot, 'history')).at(-1)).toMatchObject({ move: 'decline', why: texts.reason });
    expect((await all(bot, 'actions')).find((a) => a.id === id)?.state).toBe('cancelled');
  });

  it('to ask for changes needs a text, and gives the offer back to its author', async () => {
    const id = await offerTalk(bot, ines);
    const without = await bot.click(amyCoordinator, 'approval.askChanges', { id }, inChannel);
    expect(faultsOf(without.value)).toEqual([
      { text: says('en', 'approval.changesError'), before: 'changes' },
    ]);
    await bot.click(hugo, 'approval.askChanges', { id, changes: texts.changes }, inChannel);
    expect(await stateOf(id)).toBe('sent-back');
  });

  it.each(
    decisions,
  )('%s clicked again, by the same and by another person, shows who decided first', async (verb) => {
    const id = await offerTalk(bot, ines);
    await bot.click(hugo, verb, { id, ...texts }, inChannel);
    const before = await written(bot);
    for (const [who, lang] of [
      [hugo, 'fr'],
      [louis, 'fr'],
      [amyCoordinator, 'en'],
    ] as const) {
      for (const second of decisions) {
        const { value } = await bot.click(who, second, { id, ...texts }, inChannel);
        const number = String((await all(bot, 'actions')).find((a) => a.id === id)?.number);
        expect(textOf(value)).toContain(says(lang, 'refusal.decided.heading', { number }));
        expect(textOf(value)).toContain('Hugo Témoin');
      }
    }
    expect(await written(bot)).toBe(before);
  });

  it('taken by two coordinators in the same instant is one decision', async () => {
    const id = await offerTalk(bot, ines);
    const told = (await all(bot, 'outbox')).filter((m) => m.message === 'approval.told').length;
    const answers = await Promise.all([
      bot.click(hugo, 'approval.approve', { id }, inChannel),
      bot.click(louis, 'approval.decline', { id, ...texts }, inChannel),
    ]);
    const refused = answers.filter((a) => /déjà tranchée/.test(textOf(a.value)));
    expect(refused).toHaveLength(1);
    const rows = (await all(bot, 'outbox')).filter((m) => m.message === 'approval.told');
    expect(rows).toHaveLength(told + 1);
  });

  it('on an id that exists nowhere, or that is no id, says the card is outdated', async () => {
    for (const id of ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '__proto__', 7, null]) {
      const { value } = await bot.click(hugo, 'approval.approve', { id }, inChannel);
      expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
    }
  });
});

describe('one’s own offer', () => {
  it('is decided by somebody else', async () => {
    const id = await offerTalk(bot, hugo);
    const seen = (await bot.click(hugo, 'approval.view', { id }, inChannel)).value;
    expect(buttonsOf(seen)).toEqual([]);
    expect(textOf(seen)).toContain(says('fr', 'approval.ownNote'));
    const before = await written(bot);
    for (const verb of decisions) {
      const { value } = await bot.click(hugo, verb, { id, ...texts }, inChannel);
      expect(textOf(value)).toContain(says('fr', 'refusal.ownOffer.heading'));
    }
    expect(await written(bot)).toBe(before);
    const byLouis = await bot.click(louis, 'approval.approve', { id }, inChannel);
    expect(textOf(byLouis.value)).toContain(says('fr', 'state.approved'));
  });

  it('is decided by oneself only where the convention’s settings allow it', async () => {
    const alone = await startFast({ settings: { ownOfferApproval: true } });
    try {
      await alone.setUp([hugo]);
      const id = await offerTalk(alone, hugo);
      const { value } = await alone.click(hugo, 'approval.approve', { id }, inChannel);
      expect(textOf(value)).toContain(says('fr', 'state.approved'));
    } finally {
      await alone.close();
    }
  });
});
