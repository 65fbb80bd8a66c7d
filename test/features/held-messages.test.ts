import {
  type CardJson,
  coordination,
  formData,
  hugo,
  ines,
  louis,
  startBot,
  type TestBot,
  type TestPerson,
  textOf,
} from '../support/bot.js';
import { all, inChannel, offerTalk, postsIn, says, shownIn, startFast, talk } from '../support/flows.js';
import { createLimiter } from '../support/limits.js';
import { type Channels, channelsOf, isChannelPost, other } from '../support/lost.js';

let bot: TestBot;
let channels: Channels;
afterEach(() => bot.close());

/** One person may have all the offers of these tests. */
const settings = { maxOpenOffers: 1_000 };

async function start() {
  bot = await startFast({ env: { ADMINS: louis.aadObjectId }, settings });
  channels = channelsOf(bot);
  await bot.say(louis, 'aide');
  await bot.setUp([hugo]);
}

describe('what waits', () => {
  it('is listed to coordinators as usual, and not as undelivered', async () => {
    await start();
    await channels.removeApp();
    await offerTalk(bot, ines);
    await bot.app.drain();
    const said = textOf(await bot.say(hugo, 'à valider'));
    expect(said).toContain(says('fr', 'pending.heading', { count: 1 }));
    expect(said).not.toContain(says('fr', 'pending.undeliveredWhat'));
  });

  it('and is decided or withdrawn meanwhile gets no card', async () => {
    await start();
    await channels.removeApp();
    const approved = await offerTalk(bot, ines);
    const withdrawn = await offerTalk(bot, ines, { level: '3e' });
    await bot.app.drain();
    await bot.click(hugo, 'approval.approve', { id: approved });
    await bot.click(ines, 'mine.withdrawConfirmed', { id: withdrawn });
    await channels.addApp();
    for (const id of [approved, withdrawn]) expect(await channels.cardsOf(id, coordination)).toEqual([]);
  });

  it.each([
    ['the app is added again', () => channels.addApp()],
    ['the channel is chosen again', () => channels.choose(coordination)],
  ])('the card that was there and whose request moved is brought up to date once %s', async (_, mend) => {
    await start();
    const id = await offerTalk(bot, ines);
    const [post] = await postsIn(bot, coordination);
    expect(textOf(post)).toContain(says('fr', 'state.pending-coordinator'));
    await channels.removeApp();
    await bot.click(hugo, 'approval.approve', { id });
    await bot.app.drain();
    expect(bot.connector.updates.filter((u) => u.conversationId === coordination)).toEqual([]);
    await mend();
    const [shown] = await shownIn(bot, coordination);
    expect(textOf(shown)).toContain(says('fr', 'state.approved'));
    expect(await postsIn(bot, coordination)).toHaveLength(1);
  });

  it('a corrected offer gets the card that tells of it, although the one before is there', async () => {
    await start();
    const id = await offerTalk(bot, ines);
    await bot.app.drain();
    await bot.click(hugo, 'approval.askChanges', { id, changes: 'Plutôt le matin.' }, inChannel);
    await bot.app.drain();
    await channels.removeApp();
    const form = (await bot.click(ines, 'volunteer.edit', { id })).value;
    await bot.click(ines, 'volunteer.submit', formData(form, 'volunteer.submit', { ...talk, level: '3e' }));
    await bot.app.drain();
    expect(await channels.cardsOf(id, coordination)).toHaveLength(1);
    for (let time = 0; time < 2; time++) {
      await channels.addApp();
      await channels.choose(coordination);
      expect(await channels.cardsOf(id, coordination)).toHaveLength(2);
    }
  });

  it('a withdrawal of what was approved is told once the channel is there, in whichever channel', async () => {
    await start();
    const id = await offerTalk(bot, ines);
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    await bot.app.drain();
    await channels.removeApp();
    await bot.click(ines, 'mine.withdrawConfirmed', { id });
    await bot.app.drain();
    await channels.choose(other);
    const told = (await postsIn(bot, other)).map(textOf);
    expect(told).toEqual([expect.stringContaining(says('fr', 'mine.withdrawnHeading', { name: ines.name }))]);
  });

  it('of several weekly messages the last one is sent', async () => {
    await start();
    await channels.removeApp();
    for (const day of ['2026-11-30', '2026-12-07', '2026-12-14']) {
      bot.setNow(`${day}T09:00:00.000Z`);
      await bot.app.runJob('weekly', { dryRun: false });
      await bot.app.drain();
    }
    await channels.addApp();
    const weekly = (await postsIn(bot, coordination)).map(textOf).filter((t) => t.includes('semaine'));
    expect(weekly).toEqual([expect.stringContaining('14 décembre')]);
  });

  it('in a channel of both uses goes where its own use goes', async () => {
    await start();
    await channels.choose(coordination, 'announcements');
    await channels.removeApp();
    const id = await offerTalk(bot, ines);
    bot.setNow('2026-11-30T09:00:00.000Z');
    await bot.app.runJob('weekly', { dryRun: false });
    await bot.app.drain();
    await channels.choose(other, 'announcements');
    await channels.addApp();
    for (const [place, cards] of [
      [other, 0],
      [coordination, 1],
    ] as const) {
      const weekly = (await postsIn(bot, place)).map(textOf).filter((t) => t.includes('semaine'));
      expect(weekly).toHaveLength(1);
      expect(await channels.cardsOf(id, place)).toHaveLength(cards);
    }
  });

  it('an offer of days gone by waits too', async () => {
    bot = await startFast();
    channels = channelsOf(bot);
    const id = await offerTalk(bot, ines, { firstDay: '2026-11-24' });
    bot.setNow('2026-12-01T08:00:00.000Z');
    await bot.setUp([hugo]);
    expect(await channels.cardsOf(id, coordination)).toHaveLength(1);
  });

  it('a card that Teams could not be told of for too long is posted when the channel is chosen again', async () => {
    await start();
    bot.connector.fail({ match: isChannelPost, status: 413 });
    const id = await offerTalk(bot, ines);
    await bot.app.drain();
    expect(await channels.undelivered()).toHaveLength(1);
    for (let time = 0; time < 2; time++) {
      await channels.choose(coordination);
      expect(await channels.cardsOf(id, coordination)).toHaveLength(1);
      expect(await channels.undelivered()).toEqual([]);
    }
  });

  it('a card that may have arrived is not posted again by itself', async () => {
    await start();
    bot.connector.fail({ match: isChannelPost, cut: 'after' });
    const id = await offerTalk(bot, ines);
    await bot.app.drain();
    await channels.choose(coordination);
    expect(await channels.cardsOf(id, coordination)).toHaveLength(1);
    expect(await channels.undelivered()).toHaveLength(1);
  });
});

describe('two hundred offers', () => {
  const many = 200;
  async function offerMany(who: TestPerson) {
    const { ids } = bot.app.services;
    for (let i = 0; i < many; i++) {
      const form = { id: ids.next(), formKey: ids.next() };
      await bot.click(who, 'volunteer.submit', { ...form, ...talk });
    }
    await bot.app.drain();
  }
  const shownOnce = (posts: readonly CardJson[]) =>
    new Set(posts.map((card) => (formData(card, 'approval.view') as { id: string }).id)).size;

  it('that wait for the channel have one card each, the oldest first', async () => {
    await start();
    await channels.removeApp();
    await offerMany(ines);
    expect(await channels.warnings(louis)).toHaveLength(1);
    await channels.addApp();
    await channels.choose(coordination);
    const posts = (await postsIn(bot, coordination)).filter((c) => textOf(c).includes('Inès'));
    expect(posts).toHaveLength(many);
    expect(shownOnce(posts)).toBe(many);
    const numbers = posts.map((card) => Number(/n° (\d+)/.exec(textOf(card))?.[1]));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it('are posted at the pace that Teams allows, and the rest stays owed', async () => {
    bot = await startBot({ settings });
    await offerMany(ines);
    await bot.setUp([hugo]);
    await bot.connector.waitFor(() => bot.connector.personal(coordination).length >= 9, 15_000);
    const limiter = createLimiter();
    const waits = bot.connector.personal(coordination).map(({ at }) => limiter.ask(coordination, at));
    expect(waits.filter((ms) => ms > 0)).toEqual([]);
    const owed = (await all(bot, 'outbox')).filter(({ message }) => message === 'approval.request');
    expect(new Set(owed.map(({ actionId }) => actionId)).size).toBe(many);
    expect(owed).toHaveLength(many);
  });
});
