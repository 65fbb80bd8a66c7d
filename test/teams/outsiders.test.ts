import { coordination, ines, type TestBot, textOf } from '../support/bot.js';
import { kindsWith } from '../support/erasure-flows.js';
import { activityFrom, all, chatOf, says, startFast } from '../support/flows.js';
import { tenantId } from '../support/roster.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast({ env: { MicrosoftAppTenantId: tenantId } });
});
afterEach(() => bot.close());

const from = { id: ines.id, name: ines.name, aadObjectId: ines.aadObjectId };
const groupChat = { conversation: { id: '19:chat@thread.v2', conversationType: 'groupChat', tenantId } };
const refused = () => says('fr', 'refusal.unknownPerson.heading');
const lastPost = () => textOf(bot.connector.posts.at(-1)?.card);

/** In which kinds of records something of her is: her ids, her chat, her name. */
const theirs = () => kindsWith(bot, [ines.id, ines.aadObjectId, chatOf(ines), ines.name]);

const outsiders = [
  { userRole: 'guest' },
  { userRole: 'Guest' },
  { userRole: 'anonymous' },
  { userRole: 'federated', tenantId },
  { role: 'guest' },
  { role: 'skill' },
  { tenantId: '00000000-0000-0000-0000-00000000000b' },
  { tenantId: '00000000-0000-0000-0000-00000000000b', userRole: 'user' },
].map((said) => [JSON.stringify(said), said] as const);

describe.each(outsiders)('somebody of whom Teams says %s', (_, said) => {
  it.each([
    ['a group chat', groupChat, undefined],
    ['a channel', {}, coordination],
    ['a chat', {}, 'personal'],
  ] as const)('is told in %s that the bot is for people of the company', async (_place, more, where) => {
    await bot.raw(activityFrom(bot, ines, { text: 'proposer', from: { ...from, ...said }, ...more }, where));
    expect(lastPost()).toContain(refused());
    expect(await all(bot, 'people')).toEqual([]);
    expect(await theirs()).toEqual([]);
  });

  it.each([
    { type: 'installationUpdate', action: 'add' },
    { type: 'conversationUpdate', membersAdded: [{ id: '28:passerelle' }] },
    { type: 'installationUpdate', action: 'remove' },
  ])('is not greeted in a chat of their own, and nothing of it is kept: %j', async (update) => {
    await bot.raw(activityFrom(bot, ines, { ...update, from: { ...from, ...said } }, 'personal'));
    await bot.app.drain();
    expect(bot.connector.posts).toEqual([]);
    expect(await theirs()).toEqual([]);
    expect(await all(bot, 'outbox')).toEqual([]);
  });

  it('leaves a group chat or channel in which they add it as one of the company, which does not name them', async () => {
    await bot.raw(
      activityFrom(
        bot,
        ines,
        { type: 'installationUpdate', action: 'add', from: { ...from, ...said } },
        coordination,
      ),
    );
    await bot.app.drain();
    expect(lastPost()).toContain(says('fr', 'help.added'));
    expect(await theirs()).toEqual([]);
  });

  it('uses no button, even when they were taken for an employee before', async () => {
    await bot.say(ines, 'aide');
    const value = { action: { type: 'Action.Execute', verb: 'volunteer.open', data: {} } };
    const click = { type: 'invoke', name: 'adaptiveCard/action', value, ...groupChat };
    const answer = await bot.raw(activityFrom(bot, ines, { ...click, from: { ...from, ...said } }));
    expect(textOf(await answer.json())).toContain(refused());
  });
});

it.each([
  {},
  { userRole: 'user' },
  { userRole: 'Owner', tenantId },
  { userRole: 'member', role: 'user' },
  { userRole: null, role: '', tenantId: null },
  { tenantId: tenantId.toUpperCase() },
])('somebody of whom Teams says %j is an employee', async (said) => {
  await bot.raw(activityFrom(bot, ines, { text: 'aide', from: { ...from, ...said }, ...groupChat }));
  expect(lastPost()).toContain(says('fr', 'help.help.heading'));
  expect(await all(bot, 'people')).toHaveLength(1);
});

it.each(['COORDINATORS', 'ADMINS'])('a guest whom %s names is let in', async (setting) => {
  await bot.close();
  bot = await startFast({ env: { MicrosoftAppTenantId: tenantId, [setting]: ines.aadObjectId } });
  await bot.raw(
    activityFrom(bot, ines, { text: 'aide', from: { ...from, userRole: 'guest' }, ...groupChat }),
  );
  expect(lastPost()).toContain(says('fr', 'help.help.heading'));
});
