/** What a client goes on sending once somebody has been erased leaves nothing of them. */
import { coordination, hugo, ines, type TestBot } from '../support/bot.js';
import { erase, kindsWith } from '../support/erasure-flows.js';
import { activityFrom, all, chatOf, startFast } from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
  await bot.setUp([hugo]);
  await bot.say(ines, 'aide');
  await erase(bot);
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
