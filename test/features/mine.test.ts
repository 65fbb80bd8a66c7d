import {
  amy,
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
  hasButton,
  inChannel,
  offerTalk,
  postsIn,
  publishSession,
  says,
  shownIn,
  startFast,
  written,
} from '../support/flows.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.setUp([hugo, louis]);
});
afterAll(() => bot.close());

describe('withdrawing', () => {
  it('asks once, and changes nothing until the answer', async () => {
    const id = await offerTalk(bot, ines);
    const before = await written(bot);
    const { value } = await bot.click(ines, 'mine.withdraw', { id });
    expect(textOf(value)).toContain(says('fr', 'mine.confirmOffer'));
    expect(hasButton(value, 'mine.withdrawConfirmed')).toBe(true);
    const kept = await bot.click(ines, 'mine.show', { id });
    expect(textOf(kept.value)).toContain(says('fr', 'state.pending-author'));
    expect(await written(bot)).toBe(before);
  });

  it('an offer that waits is withdrawn: its card follows, the coordinators get no new message', async () => {
    const id = await offerTalk(bot, amy);
    const posts = (await postsIn(bot, coordination)).length;
    const { value } = await bot.click(amy, 'mine.withdrawConfirmed', { id });
    expect(textOf(value)).toContain(says('en', 'state.withdrawn'));
    expect(await postsIn(bot, coordination)).toHaveLength(posts);
    expect(textOf((await shownIn(bot, coordination)).at(-1))).toContain(says('fr', 'state.withdrawn'));
    const decided = await bot.click(hugo, 'approval.approve', { id }, inChannel);
    expect(textOf(decided.value)).toMatch(/déjà tranchée/);
    expect(textOf(decided.value)).toContain(says('fr', 'refusal.state.withdrawn'));
  });

  it('an offer is listed with the name of whoever decided', async () => {
    const id = await offerTalk(bot, person('Liste Exemple'));
    await bot.click(hugo, 'approval.decline', { id, reason: 'Le collège a déjà quelqu’un.' }, inChannel);
    const [list] = await bot.say(person('Liste Exemple'), 'mes engagements');
    expect(textOf(list)).toContain(`${says('fr', 'state.declined')} par ${hugo.name}, `);
  });

  it('twice changes nothing and shows the same card', async () => {
    const id = await offerTalk(bot, ines);
    const first = await bot.click(ines, 'mine.withdrawConfirmed', { id });
    const before = await written(bot);
    const again = await bot.click(ines, 'mine.withdrawConfirmed', { id });
    expect(again.value).toEqual(first.value);
    expect(await written(bot)).toBe(before);
  });

  it('an approved offer is told to the coordinators, once, by name', async () => {
    const id = await offerTalk(bot, ines);
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    const posts = (await postsIn(bot, coordination)).length;
    await Promise.all([1, 2].map(() => bot.click(ines, 'mine.withdrawConfirmed', { id })));
    const after = await postsIn(bot, coordination);
    expect(after).toHaveLength(posts + 1);
    expect(textOf(after.at(-1))).toContain(says('fr', 'mine.withdrawnHeading', { name: 'Inès Exemple' }));
  });

  it('an approved offer can be withdrawn until the eve, and no later', async () => {
    const id = await offerTalk(bot, ines);
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    const moment = bot.now();
    bot.setNow('2026-12-08T05:00:00.000Z');
    await bot.click(hugo, 'pending.open');
    const before = await written(bot);
    for (const verb of ['mine.withdraw', 'mine.withdrawConfirmed']) {
      const { value } = await bot.click(ines, verb, { id });
      expect(textOf(value)).toContain(says('fr', 'refusal.tooLate.heading'));
    }
    expect(await written(bot)).toBe(before);
    bot.setNow('2026-12-07T22:59:00.000Z');
    const eve = await bot.click(ines, 'mine.withdrawConfirmed', { id });
    expect(textOf(eve.value)).toContain(says('fr', 'state.withdrawn'));
    bot.setNow(moment);
  });

  it('is asked about in words for a seat, and for a place on the waiting list', async () => {
    const id = await publishSession(bot, hugo, { seats: '1', firstDay: '2027-01-12' });
    for (const who of [ines, zoe]) await bot.click(who, 'sessions.join', { id });
    const asked = async (who: TestPerson) => textOf((await bot.click(who, 'mine.withdraw', { id })).value);
    for (const key of ['mine.confirmSessionNote', 'mine.keepSession'])
      expect(await asked(ines)).toContain(says('fr', key));
    for (const key of ['mine.confirmWaitingNote', 'mine.keepWaiting'])
      expect(await asked(zoe)).toContain(says('fr', key));
  });

  it('nobody withdraws somebody else’s, coordinators included', async () => {
    const id = await offerTalk(bot, ines);
    const before = await written(bot);
    for (const who of [zoe, hugo]) {
      for (const verb of ['mine.show', 'mine.withdraw', 'mine.withdrawConfirmed']) {
        const { value } = await bot.click(who, verb, { id });
        expect(textOf(value)).toContain(says('fr', 'refusal.notYours.heading'));
      }
    }
    expect(await written(bot)).toBe(before);
  });
});

/** The titles of the rows of a list card: what a screen reader is told of each. */
const rowsOf = (card: unknown): string[] =>
  JSON.stringify(card).match(/"verb":"(mine\.show|approval\.view)","data":\{"id":"[^"]+"/g) ?? [];

describe('the list of one’s engagements', () => {
  it('is empty in words, in both languages', async () => {
    const [fr] = await bot.say(person('Nouvelle Venue'), 'mes engagements');
    expect(textOf(fr)).toContain(says('fr', 'mine.none'));
    const [en] = await bot.say(person('New Comer', 'en-GB'), 'mine');
    expect(textOf(en)).toContain(says('en', 'mine.none'));
  });

  it('shows offers and sessions, four a page, forward and back, and a page too far is the last', async () => {
    const eva = person('Eva Pages');
    for (const day of ['01', '02', '03', '04', '07'])
      await offerTalk(bot, eva, { firstDay: `2026-12-${day}` });
    const session = await publishSession(bot, hugo, { firstDay: '2026-12-08' });
    await bot.click(eva, 'sessions.join', { id: session });
    const [first = {}] = await bot.say(eva, 'Mes  ENGAGEMENTS');
    expect(textOf(first)).toContain(says('fr', 'mine.heading', { come: '6', confirm: '0' }));
    expect(textOf(first)).toContain(says('fr', 'list.position', { from: 1, to: 4, total: 6 }));
    const second = (await bot.click(eva, 'mine.page', { page: 1 })).value;
    expect(textOf(second)).toContain(says('fr', 'list.position', { from: 5, to: 6, total: 6 }));
    expect((await bot.click(eva, 'mine.page', { page: 999 })).value).toEqual(second);
    expect((await bot.click(eva, 'mine.page', { page: 0 })).value).toEqual(first);
    const all6 = [...new Set([...rowsOf(first), ...rowsOf(second)])];
    expect(all6).toHaveLength(6);
    for (const page of [-1, 1.5, '1; drop', null]) {
      const { value } = await bot.click(eva, 'mine.page', { page });
      expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
    }
  });

  it('puts first what waits for an answer, once its day has come', async () => {
    const eva = person('Eva Confirme');
    const id = await offerTalk(bot, eva, { firstDay: '2026-11-24' });
    await offerTalk(bot, eva, { firstDay: '2026-12-15' });
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    const moment = bot.now();
    bot.setNow('2026-11-24T12:00:00.000Z');
    const [list] = await bot.say(eva, 'mes engagements');
    expect(textOf(list)).toContain(says('fr', 'mine.heading', { come: '1', confirm: '1' }));
    expect(textOf(list)).toContain(
      says('fr', 'next.answer.employee', {
        by: says('fr', 'next.by', { day: 'mardi 1er décembre 2026' }),
      }),
    );
    expect(hasButton(list, 'outcome.open')).toBe(true);
    bot.setNow(moment);
  });
});

describe('the list of requests to decide', () => {
  it('is for coordinators only', async () => {
    const [card] = await bot.say(zoe, 'à valider');
    expect(textOf(card)).toContain(says('fr', 'refusal.notCoordinator.heading'));
    const page = await bot.click(zoe, 'pending.page', { page: 0 });
    expect(textOf(page.value)).toContain(says('fr', 'refusal.notCoordinator.heading'));
  });

  it('shows what waits, the nearest day first, page by page, and loses what is decided', async () => {
    const waiting = (await all(bot, 'engagements')).filter((e) => e.state === 'pending');
    const count = waiting.length;
    const [first] = await bot.say(hugo, 'a valider');
    expect(textOf(first)).toContain(says('fr', 'pending.heading', { count }));
    const pages = Math.ceil(count / 5);
    const seen: string[] = [];
    for (let page = 0; page < pages; page++) {
      seen.push(...rowsOf((await bot.click(hugo, 'pending.page', { page })).value));
    }
    expect(new Set(seen).size).toBe(count);
    const [{ actionId: id = '' } = {}] = waiting.toSorted((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
    expect(seen[0]).toContain(id);
    await bot.click(louis, 'approval.decline', { id, reason: 'Complet.' }, inChannel);
    const [after] = await bot.say(hugo, 'pending');
    expect(textOf(after)).toContain(says('fr', 'pending.heading', { count: count - 1 }));
    expect(JSON.stringify(after)).not.toContain(id);
  });
});
