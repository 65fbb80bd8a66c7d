import type { Store } from '../../src/ports.js';
import {
  amy,
  announcements,
  coordination,
  hugo,
  ines,
  louis,
  type TestBot,
  textOf,
  zoe,
} from '../support/bot.js';
import { activityFrom, all, chatOf, fill, offerTalk, says, startFast, talk } from '../support/flows.js';
import { breakdowns, type Channels, channelsOf, mends, other } from '../support/lost.js';
import { createMemoryStore } from '../support/memory-store.js';

let bot: TestBot;
let channels: Channels;
afterEach(() => bot.close());

/** Louis administers Passerelle, and it knows him; Zoé does too, and never wrote to it. */
async function start(
  env: Record<string, string> = { ADMINS: `${louis.aadObjectId},${zoe.aadObjectId}` },
  store?: Store,
) {
  bot = await startFast({ env, ...(store ? { parts: { store } } : {}) });
  channels = channelsOf(bot);
  await bot.say(louis, 'aide');
  await bot.setUp([hugo]);
}

/** Three offers: one whose card is in the channel already, two made once it is lost. */
async function offersAround(breakdown: (channels: Channels) => unknown): Promise<string[]> {
  const before = await offerTalk(bot, ines);
  expect(await channels.cardsOf(before, coordination)).toHaveLength(1);
  await breakdown(channels);
  const first = await offerTalk(bot, ines, { level: '3e' });
  await bot.app.drain();
  return [before, first, await offerTalk(bot, zoe)];
}

/** Each has one card where the messages go now, and nobody need look after any of them. */
async function expectOneCardEach(ids: readonly string[], to: string) {
  for (const id of ids) expect(await channels.cardsOf(id, to)).toHaveLength(1);
  expect(await channels.undelivered()).toEqual([]);
}

describe.each(Object.entries(breakdowns))('a channel lost by %s', (_, breakdown) => {
  it.each(Object.entries(mends))('has one card of each request once %s', async (_name, { mend, to }) => {
    await start({ ADMINS: louis.aadObjectId }, createMemoryStore());
    const ids = await offersAround(breakdown);
    await bot.app.drain();
    for (const id of ids.slice(1)) expect(await channels.cardsOf(id, coordination)).toEqual([]);
    expect(await channels.warnings(louis)).toHaveLength(1);
    expect(await channels.undelivered()).toEqual([]);
    bot.connector.heal();
    for (let time = 0; time < 2; time++) {
      await mend(channels, bot);
      await expectOneCardEach(ids, to);
    }
    expect(await channels.warnings(louis)).toHaveLength(1);
    await expectOneCardEach([await offerTalk(bot, zoe, { level: '2de' })], to);
  });
});

it.each(Object.entries(mends))('a restart before, between and after changes nothing when %s', async (_, {
  mend,
  to,
}) => {
  await start();
  const ids = await offersAround((c) => c.refusePosts(404, 'ConversationNotFound'));
  await bot.restart();
  bot.connector.heal();
  for (let time = 0; time < 2; time++) {
    await mend(channels, bot);
    await bot.restart();
    await expectOneCardEach(ids, to);
  }
  expect(await channels.warnings(louis)).toHaveLength(1);
});

describe('those who can mend it', () => {
  it.each(['fr', 'en'] as const)('are told what happened, what waits and what to do (%s)', async (lang) => {
    const admin = lang === 'fr' ? louis : amy;
    await start({ ADMINS: admin.aadObjectId });
    await bot.say(admin, 'aide');
    channels.refusePosts(404, 'ConversationNotFound');
    await offerTalk(bot, ines);
    const [card] = await channels.warnings(admin, lang);
    const text = textOf(card);
    expect(text).toContain(says(lang, 'pending.why.gone-channel'));
    expect(text).toContain(says(lang, 'setup.lost.offers', { count: 1 }));
    expect(text).toContain(says(lang, 'setup.lost.mend'));
    expect(text).toContain(says(lang, 'setup.lost.note'));
  });

  it('are all administrators whom the bot knows, and in their own chats', async () => {
    await start();
    await bot.say(zoe, 'aide');
    channels.refusePosts(403, 'BotNotInConversationRoster');
    await offerTalk(bot, ines);
    for (const who of [louis, zoe]) expect(await channels.warnings(who)).toHaveLength(1);
    expect(await channels.warnings(hugo)).toEqual([]);
    expect(await channels.warnings(ines)).toEqual([]);
  });

  it.each([
    ['none is named', ''],
    ['the bot knows none of them', zoe.aadObjectId],
  ])('are whoever chose the channel when %s', async (_, ADMINS) => {
    await start({ ADMINS });
    channels.refusePosts(403, 'BotNotInConversationRoster');
    await offerTalk(bot, ines);
    await bot.app.drain();
    const told = bot.connector.posts.filter(({ card }) =>
      textOf(card).includes(says('fr', 'setup.lost.coordinators.heading')),
    );
    expect(told.map(({ conversationId }) => conversationId)).toEqual([chatOf(hugo)]);
  });

  it('are whoever chose it when an administrator has blocked the bot', async () => {
    await start({ ADMINS: louis.aadObjectId });
    await bot.say(hugo, 'aide');
    const blocked = activityFrom(bot, louis, { type: 'installationUpdate', action: 'remove' });
    await bot.raw(blocked);
    channels.refusePosts(403, 'BotNotInConversationRoster');
    await offerTalk(bot, ines);
    expect(await channels.warnings(louis)).toEqual([]);
    expect(await channels.warnings(hugo)).toHaveLength(1);
  });

  it('hear of it once, however many messages are refused, also when somebody writes there in between', async () => {
    await start();
    channels.refusePosts(403, 'MessageWritesBlocked');
    for (const level of ['3e', '4e', '3e', '4e']) await offerTalk(bot, ines, { level });
    for (let time = 0; time < 3; time++) {
      await bot.say(hugo, 'aide', coordination);
      await bot.app.drain();
    }
    await bot.restart();
    await offerTalk(bot, zoe);
    expect(await channels.warnings(louis)).toHaveLength(1);
  });

  it('hear of it once when Teams says in two events that the bot was removed', async () => {
    await start();
    await channels.removeMember();
    await channels.removeApp();
    await bot.app.drain();
    await channels.removeApp();
    expect(await channels.warnings(louis)).toHaveLength(1);
  });

  it('hear of the next breakdown once the channel has worked in between', async () => {
    await start();
    channels.refusePosts(403, 'BotNotInConversationRoster');
    await offerTalk(bot, ines);
    await bot.app.drain();
    bot.connector.heal();
    await bot.say(hugo, 'aide', coordination);
    await bot.app.drain();
    for (let time = 0; time < 2; time++) {
      await channels.removeApp();
      await offerTalk(bot, ines, { level: '3e' });
    }
    expect(await channels.warnings(louis)).toHaveLength(2);
  });

  it('hear too of a lost announcements channel of another team, whose repair is another', async () => {
    await start({ ADMINS: louis.aadObjectId });
    const elsewhere = {
      conversation: { id: `${announcements};messageid=1`, conversationType: 'channel' },
      channelData: { team: { id: '19:autre-equipe@thread.tacv2' }, channel: { id: announcements } },
    };
    const value = {
      action: { type: 'Action.Execute', verb: 'setup.choose', data: { use: 'announcements' } },
    };
    await channels.event({ type: 'invoke', name: 'adaptiveCard/action', value, ...elsewhere });
    await channels.removeApp();
    expect(await channels.warnings(louis)).toHaveLength(1);
    const membersRemoved = [{ id: '28:passerelle' }];
    await channels.event({ type: 'conversationUpdate', membersRemoved, ...elsewhere });
    expect(await channels.warnings(louis, 'fr', 'announcements')).toHaveLength(1);
  });

  it('see in the card of the channels that it is lost, and hear of it again when what they did does not help', async () => {
    await start();
    channels.refusePosts(404, 'ConversationNotFound');
    await offerTalk(bot, ines);
    expect(await channels.warnings(louis)).toHaveLength(1);
    const [card] = await bot.say(hugo, 'configurer', other);
    expect(textOf(card)).toContain(says('fr', 'setup.coordinators.lost'));
    await channels.choose(other);
    expect(await channels.warnings(louis)).toHaveLength(2);
  });

  it('hear nothing of a channel that is used for nothing, or no more', async () => {
    await start();
    const id = await offerTalk(bot, ines);
    const channelData = { team: { id: '19:autre-equipe' }, channel: { id: '19:ailleurs' } };
    const removed = { type: 'conversationUpdate', membersRemoved: [{ id: '28:passerelle' }], channelData };
    await channels.event(removed, '19:ailleurs');
    expect(await channels.cardsOf(id, coordination)).toHaveLength(1);
    await channels.choose(other);
    await bot.app.drain();
    const match = ({ method, path }: { method: string; path: string }) =>
      method === 'PUT' && path.includes(coordination);
    bot.connector.fail({ match, status: 404, code: 'ConversationNotFound' });
    await bot.click(hugo, 'approval.approve', { id });
    await bot.app.drain();
    expect((await all(bot, 'conversations')).find((c) => c.id === coordination)?.active).toBe(false);
    expect(await channels.warnings(louis)).toEqual([]);
  });
});

describe('the card of the employee', () => {
  const promise = {
    fr: says('fr', 'next.decide.employee', { day: 'lundi 30 novembre 2026' }),
    en: says('en', 'next.decide.employee', { day: 'Monday 30 November 2026' }),
  };
  it.each([
    ['fr', ines],
    ['en', amy],
  ] as const)('promises no answer while the channel is lost, and says what becomes of the offer (%s)', async (lang, who) => {
    await start();
    channels.refusePosts(404, 'ConversationNotFound');
    const first = await offerTalk(bot, who);
    await bot.app.drain();
    const receipt = await fill(bot, who, 'proposer', { ...talk, level: '3e' });
    expect(textOf(receipt.value)).toContain(says(lang, 'mine.pending.lost'));
    expect(textOf(receipt.value)).not.toContain(promise[lang]);
    const shown = () => bot.click(who, 'mine.show', { id: first });
    expect(textOf((await shown()).value)).toContain(says(lang, 'mine.pending.lost'));
    bot.connector.heal();
    await channels.choose(coordination);
    await bot.app.drain();
    expect(textOf((await shown()).value)).toContain(promise[lang]);
  });

  it.each([
    ['fr', ines],
    ['en', amy],
  ] as const)('says that there is no channel yet when none was ever chosen (%s)', async (lang, who) => {
    bot = await startFast();
    const { value } = await fill(bot, who, 'proposer', talk);
    expect(textOf(value)).toContain(says(lang, 'mine.pending.none'));
  });

  it('promises one again once somebody writes in the channel, also when nothing was to be posted there', async () => {
    await start();
    const id = await offerTalk(bot, ines);
    await bot.app.drain();
    const shown = async () => textOf((await bot.click(ines, 'mine.show', { id })).value);
    await channels.removeApp();
    expect(await shown()).toContain(says('fr', 'mine.pending.lost'));
    await bot.say(hugo, 'aide', coordination);
    expect(await shown()).toContain(promise.fr);
  });

  it('that is in the chat already follows: no promise while the channel is lost, and one again after', async () => {
    await start();
    const [form] = await bot.say(ines, 'proposer');
    const on = bot.connector.posts.at(-1)?.activityId ?? '';
    const { id, formKey } = (JSON.parse(JSON.stringify(form)) as { actions: { data: object }[] }).actions
      .map(({ data }) => data as { id: string; formKey: string })
      .find((data) => data.formKey) as { id: string; formKey: string };
    await bot.click(ines, 'volunteer.submit', { id, formKey, ...talk }, { on });
    bot.setNow('2026-11-23T08:01:00.000Z');
    await bot.app.drain();
    const card = () => textOf(bot.connector.cardOf(on));
    expect(card()).toContain(promise.fr);
    await channels.removeApp();
    await bot.app.drain();
    expect(card()).toContain(says('fr', 'mine.pending.lost'));
    await channels.addApp();
    await bot.app.drain();
    expect(card()).toContain(promise.fr);
  });
});
