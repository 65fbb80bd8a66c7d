import {
  amy,
  announcements,
  coordination,
  hugo,
  ines,
  type TestBot,
  team,
  textOf,
  zoe,
} from '../support/bot.js';
import {
  activityFrom,
  all,
  hasButton,
  offerTalk,
  postsIn,
  says,
  startFast,
  written,
} from '../support/flows.js';

const other = '19:autre@thread.tacv2';
let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
});
afterEach(() => bot.close());

const choose = (use: string, where: string, who = hugo) => bot.click(who, 'setup.choose', { use }, { where });

it('without an app id, a local trial, anybody may choose the channels', async () => {
  const [card] = await bot.say(zoe, '<at>Passerelle</at> configurer', coordination);
  expect(textOf(card)).toContain(says('fr', 'setup.coordinators.none'));
  expect(hasButton(card, 'setup.choose')).toBe(true);
  const { value } = await choose('coordinators', coordination, zoe);
  expect(textOf(value)).toContain(says('fr', 'setup.chosen.coordinators'));
  expect(await all(bot, 'channels')).toEqual([
    expect.objectContaining({ id: 'coordinators', conversationId: coordination, teamId: team, lang: 'fr' }),
  ]);
});

it('in a personal chat it says where to write it, and changes nothing', async () => {
  const before = await written(bot);
  for (const [who, lang] of [
    [hugo, 'fr'],
    [amy, 'en'],
  ] as const) {
    const [card] = await bot.say(who, 'configurer');
    expect(textOf(card)).toContain(says(lang, 'refusal.setupInChannel.heading'));
    const forged = await bot.click(who, 'setup.choose', { use: 'coordinators' });
    expect(textOf(forged.value)).toContain(says(lang, 'refusal.setupInChannel.heading'));
  }
  expect(await written(bot)).toBe(before);
  expect(await all(bot, 'channels')).toEqual([]);
});

it('an offer made before any channel is chosen is shown in it once it is, and only once', async () => {
  await offerTalk(bot, ines);
  expect(await postsIn(bot, coordination)).toEqual([]);
  await Promise.all([1, 2].map(() => choose('coordinators', coordination)));
  const posts = await postsIn(bot, coordination);
  expect(posts).toHaveLength(1);
  expect(textOf(posts[0])).toContain('Inès Exemple');
});

it('a channel that is chosen again on the morning of the weekly message still gets it', async () => {
  await choose('coordinators', coordination);
  bot.setNow('2026-11-30T08:00:01.000Z');
  await choose('coordinators', coordination);
  await bot.app.runJob('weekly', { dryRun: false });
  expect((await all(bot, 'outbox')).map(({ message }) => message)).toContain('weekly.coordinators');
});

it('another channel takes over: what waits is shown there, and what comes goes there', async () => {
  await bot.setUp([hugo]);
  await offerTalk(bot, ines);
  await choose('coordinators', other);
  expect(await postsIn(bot, other)).toHaveLength(1);
  await offerTalk(bot, ines, { level: '3e' });
  expect(await postsIn(bot, other)).toHaveLength(2);
  expect(await postsIn(bot, coordination)).toHaveLength(1);
});

it('going back to the first channel shows there again only what it does not show yet', async () => {
  await bot.setUp([hugo]);
  const id = await offerTalk(bot, ines);
  await choose('coordinators', other);
  await bot.app.drain();
  await choose('coordinators', coordination);
  const cards = (await postsIn(bot, coordination)).filter((c) => JSON.stringify(c).includes(id));
  expect(cards).toHaveLength(1);
  await bot.click(hugo, 'approval.approve', { id }, { where: coordination });
  for (const place of [coordination, other]) {
    await bot.app.drain();
    for (const post of bot.connector.personal(place))
      expect(textOf(bot.connector.cardOf(post.activityId))).toContain(says('fr', 'state.approved'));
  }
});

it('an announcement channel can be chosen and given up', async () => {
  const { value } = await choose('announcements', announcements);
  expect(textOf(value)).toContain(says('fr', 'setup.chosen.announcements'));
  expect(hasButton(value, 'setup.stopAnnouncements')).toBe(true);
  const stopped = await bot.click(hugo, 'setup.stopAnnouncements', {}, { where: announcements });
  expect(textOf(stopped.value)).toContain(says('fr', 'setup.announcements.none'));
  expect(await all(bot, 'channels')).toEqual([]);
});

it('says which use this channel has, and which another one has', async () => {
  await choose('coordinators', coordination);
  await choose('announcements', announcements);
  const [here] = await bot.say(hugo, 'configurer', coordination);
  expect(textOf(here)).toContain(says('fr', 'setup.coordinators.here'));
  expect(textOf(here)).toContain(says('fr', 'setup.announcements.elsewhere'));
  const [there] = await bot.say(hugo, 'configurer', announcements);
  expect(textOf(there)).toContain(says('fr', 'setup.coordinators.elsewhere'));
  expect(textOf(there)).toContain(says('fr', 'setup.announcements.here'));
});

it('a channel of which Teams does not say the team is not chosen: nobody could coordinate there', async () => {
  const conversation = { id: coordination, conversationType: 'channel' };
  await bot.raw(activityFrom(bot, hugo, { text: 'configurer', conversation, channelData: {} }));
  expect(textOf(bot.connector.posts.at(-1)?.card)).toContain(says('fr', 'refusal.setupInChannel.heading'));
});

it('a use that does not exist is refused', async () => {
  for (const use of ['everything', '__proto__', null]) {
    const { value } = await choose(use as string, coordination);
    expect(textOf(value)).toContain(says('fr', 'refusal.outdated.heading'));
  }
  expect(await all(bot, 'channels')).toEqual([]);
});
