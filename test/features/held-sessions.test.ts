import { announcements, coordination, hugo, louis, type TestBot, textOf } from '../support/bot.js';
import { fill, inChannel, postsIn, publishSession, says, startFast, talk } from '../support/flows.js';
import { type Channels, channelsOf, other } from '../support/lost.js';

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

describe('sessions', () => {
  it('published meanwhile say so, and appear in both channels once they are back', async () => {
    await start();
    await channels.choose(announcements, 'announcements');
    await channels.removeApp();
    const { value } = await fill(bot, hugo, 'publier', { ...talk, seats: '2' });
    expect(textOf(value)).toContain(says('fr', 'publish.sentLost'));
    await bot.app.drain();
    expect(await channels.warnings(louis)).toHaveLength(1);
    expect(await channels.warnings(louis, 'fr', 'announcements')).toEqual([]);
    for (let time = 0; time < 2; time++) {
      await channels.addApp();
      for (const place of [coordination, announcements])
        expect((await postsIn(bot, place)).filter((c) => textOf(c).includes('Collège'))).toHaveLength(1);
    }
  });

  it('for a lost announcements channel alone are held, told of, and go where the announcements go next', async () => {
    await start();
    await channels.choose(announcements, 'announcements');
    bot.connector.fail({
      match: (r) => r.body?.channelData?.channel?.id === announcements,
      status: 404,
      code: 'ConversationNotFound',
      times: 99,
    });
    const id = await publishSession(bot, hugo);
    await bot.app.drain();
    expect(await channels.cardsOf(id, coordination)).toHaveLength(1);
    expect(await channels.warnings(louis, 'fr', 'announcements')).toHaveLength(1);
    expect(await channels.warnings(louis)).toEqual([]);
    for (let time = 0; time < 2; time++) {
      await channels.choose(other, 'announcements');
      expect(await channels.cardsOf(id, other)).toHaveLength(1);
      expect(await channels.undelivered()).toEqual([]);
    }
    expect(await channels.cardsOf(id, coordination)).toHaveLength(1);
  });

  it.each([
    ['waits for it', 404, 0],
    ['did not arrive there', 413, 1],
  ])('whose announcement %s are posted in a new coordinators’ channel all the same', async (_, status, listed) => {
    await start();
    await channels.choose(announcements, 'announcements');
    bot.connector.fail({
      match: (r) => r.body?.channelData?.channel?.id === announcements,
      status,
      code: 'ConversationNotFound',
      times: 99,
    });
    const id = await publishSession(bot, hugo);
    await bot.app.drain();
    await channels.choose(other);
    expect(await channels.cardsOf(id, other)).toHaveLength(1);
    // Whoever looks after what did not arrive still finds the announcement.
    expect(await channels.undelivered()).toHaveLength(listed);
  });

  it('are not announced later when announcements were stopped', async () => {
    await start();
    await channels.choose(announcements, 'announcements');
    const gone = { type: 'conversationUpdate', membersRemoved: [{ id: '28:passerelle' }] };
    await channels.event({ ...gone, channelData: { channel: { id: announcements } } }, announcements);
    const id = await publishSession(bot, hugo);
    await bot.app.drain();
    await bot.click(hugo, 'setup.stopAnnouncements', {}, inChannel);
    await bot.say(hugo, 'aide', announcements);
    expect(await channels.cardsOf(id, announcements)).toEqual([]);
    expect(await channels.cardsOf(id, coordination)).toHaveLength(1);
  });
});
