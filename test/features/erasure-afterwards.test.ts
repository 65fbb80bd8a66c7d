/** What a client goes on sending once somebody has been erased leaves nothing of them. */
import { makeEverything } from '../../src/features/data/file.js';
import { coordination, hugo, ines, type TestBot } from '../support/bot.js';
import { erase, kindsWith } from '../support/erasure-flows.js';
import { aRecordOf } from '../support/every-kind.js';
import { activityFrom, all, chatOf, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
});
afterEach(() => bot.close());

const theirs = [ines.aadObjectId, ines.id, chatOf(ines), ines.name];
const nameless = { id: ines.id, name: ines.name };
const bots = [{ id: '28:passerelle' }];

it.each([
  ['an uninstallation', { type: 'installationUpdate', action: 'remove' }],
  ['an uninstallation that older clients send', { type: 'conversationUpdate', membersRemoved: bots }],
  ['a message that does not say whose account it is', { text: 'aide', from: nameless }],
  [
    'an installation that does not say whose it is',
    { type: 'installationUpdate', action: 'add', from: nameless },
  ],
  [
    'an installation as older clients send it',
    { type: 'conversationUpdate', membersAdded: bots, from: nameless },
  ],
])('%s leaves no trace', async (_, activity) => {
  await bot.say(ines, 'aide');
  await erase(bot);
  expect((await bot.raw(activityFrom(bot, ines, activity))).status).toBeLessThan(300);
  await bot.app.drain();
  expect(await kindsWith(bot, theirs)).toEqual([]);
});

it('an uninstallation from a team that is not known keeps nothing of it', async () => {
  const elsewhere = '19:ailleurs@thread.tacv2';
  const removed = { type: 'installationUpdate', action: 'remove' };
  const conversation = { id: elsewhere, conversationType: 'channel' };
  await bot.raw(
    activityFrom(bot, hugo, { ...removed, conversation, channelData: { team: { id: elsewhere } } }),
  );
  expect((await all(bot, 'conversations')).map(({ id }) => id)).not.toContain(elsewhere);
  await bot.raw(activityFrom(bot, hugo, removed, coordination));
  expect(await all(bot, 'conversations')).toContainEqual(
    expect.objectContaining({ id: coordination, active: false }),
  );
});

describe('the chats that somebody had before', () => {
  const earlier = 'a:old-chat-of-ines';
  const conversation = { id: earlier, conversationType: 'personal' };
  const stored = async () => (await all(bot, 'people')).find(({ id }) => id === ines.aadObjectId);
  beforeEach(async () => {
    await bot.raw(activityFrom(bot, ines, { type: 'installationUpdate', action: 'add', conversation }));
    await bot.app.drain();
    await bot.say(ines, 'aide');
  });

  it('are shown, and erased with what was sent there', async () => {
    expect(await kindsWith(bot, [earlier])).toEqual([
      `people: ${earlier}`,
      `conversations: ${earlier}`,
      `outbox: ${earlier}`,
    ]);
    const link = { ...aRecordOf.links, personId: ines.aadObjectId };
    const made = await makeEverything(link, bot.app.services);
    const file = JSON.parse(String(made?.content));
    expect(file.identité['conversation avec Passerelle']).toEqual([chatOf(ines), earlier]);
    expect(file['messages reçus']).toHaveLength(1);
    await erase(bot);
    expect(await kindsWith(bot, [...theirs, earlier])).toEqual([]);
  });

  it('are known once each, also when they go back to one', async () => {
    await bot.raw(activityFrom(bot, ines, { text: 'aide', conversation }));
    expect(await stored()).toMatchObject({ conversationId: earlier, earlierChats: [chatOf(ines)] });
    await bot.say(ines, 'aide', coordination);
    await bot.say(ines, 'aide');
    expect(await stored()).toMatchObject({ conversationId: chatOf(ines), earlierChats: [earlier] });
  });

  it('cost no write while somebody stays in the same one', async () => {
    await bot.restart();
    const transact = jest.spyOn(bot.app.services.store, 'transact');
    await bot.say(ines, 'aide');
    expect(transact).not.toHaveBeenCalled();
  });
});
