/** Channels that are lost and come back, as Teams tells of it. */
import { type CardJson, coordination, hugo, type TestBot, type TestPerson, team, textOf } from './bot.js';
import { activityFrom, all, chatOf, postsIn, says } from './flows.js';

export const other = '19:autre@thread.tacv2';
const botId = '28:passerelle';

/** As Teams says it of a team: the conversation is the team's, no channel is named. */
const ofTeam = {
  conversation: { id: team, conversationType: 'channel' },
  channelData: { team: { id: team } },
};

export const isChannelPost = ({
  method,
  path,
  body,
}: {
  method: string;
  path: string;
  body?: object | undefined;
}) => method === 'POST' && path === '/v3/conversations' && body !== undefined && 'activity' in body;

/** The channels of a bot. */
export function channelsOf(bot: TestBot) {
  const event = async (more: object, where = coordination): Promise<void> => {
    const { status } = await bot.raw(activityFrom(bot, hugo, more, where));
    if (status >= 300) throw new Error(`the event was answered ${status}`);
  };
  const member = (how: 'membersAdded' | 'membersRemoved') => (where?: string) =>
    event({ type: 'conversationUpdate', [how]: [{ id: botId }] }, where);
  const app = (action: 'add' | 'remove') => () => event({ type: 'installationUpdate', action, ...ofTeam });
  return {
    event,
    removeMember: member('membersRemoved'),
    addMember: member('membersAdded'),
    removeApp: app('remove'),
    addApp: app('add'),
    refusePosts: (status: number, code: string) =>
      bot.connector.fail({ match: isChannelPost, status, code, times: 999 }),
    choose: (where: string, use = 'coordinators') => bot.click(hugo, 'setup.choose', { use }, { where }),
    /** The cards about a request that were posted in a place. */
    cardsOf: async (id: string, place: string): Promise<CardJson[]> =>
      (await postsIn(bot, place)).filter((card) => JSON.stringify(card).includes(id)),
    /** What a person was told of a lost channel. */
    warnings: async (who: TestPerson, lang: 'fr' | 'en' = 'fr', use = 'coordinators'): Promise<CardJson[]> =>
      (await postsIn(bot, chatOf(who))).filter((card) =>
        textOf(card).includes(says(lang, `setup.lost.${use}.heading`)),
      ),
    /** What coordinators are asked to look after. */
    undelivered: async () =>
      (await all(bot, 'outbox')).filter(
        ({ op, state }) => op === 'post' && (state === 'failed' || state === 'unknown'),
      ),
  };
}
export type Channels = ReturnType<typeof channelsOf>;

/** What breaks the coordinators' channel; refusals do with the next post. */
export const breakdowns: Record<string, (channels: Channels) => unknown> = {
  '404 ConversationNotFound': (c) => c.refusePosts(404, 'ConversationNotFound'),
  '403 BotNotInConversationRoster': (c) => c.refusePosts(403, 'BotNotInConversationRoster'),
  '403 BotDisabledByAdmin': (c) => c.refusePosts(403, 'BotDisabledByAdmin'),
  'a 403 of another kind': (c) => c.refusePosts(403, 'MessageWritesBlocked'),
  'a 404 of another kind': (c) => c.refusePosts(404, 'NotFound'),
  'the bot being no member any more': (c) => c.removeMember(),
  'the app being removed from the team': (c) => c.removeApp(),
};

/** What brings it back, and where its messages go then. */
export const mends: Record<string, { mend: (channels: Channels, bot: TestBot) => unknown; to: string }> = {
  'it is chosen again': { mend: (c) => c.choose(coordination), to: coordination },
  'another one is chosen': { mend: (c) => c.choose(other), to: other },
  'the app is added to the team again': { mend: (c) => c.addApp(), to: coordination },
  'the bot is a member again': { mend: (c) => c.addMember(), to: coordination },
  'somebody writes in it': { mend: (_, bot) => bot.say(hugo, 'aide', coordination), to: coordination },
};
