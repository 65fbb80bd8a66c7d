import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { ConnectorClient, MicrosoftAppCredentials } from 'botframework-connector';
import type { Messenger, SendResult } from '../../src/ports.js';
import type { Conversation } from '../../src/records.js';
import { createConnectors } from '../../src/teams/connectors.js';
import { createMessenger } from '../../src/teams/messenger.js';
import { type Connector, startConnector } from '../support/connector.js';

const card = {
  content: { type: 'AdaptiveCard', version: '1.5', body: [] },
  summary: 'Nouvelle demande n° 41',
};
const channelId = '19:coordinators@thread.tacv2';

let connector: Connector;
let messenger: Messenger;
let logged: string[];

const connectorFor = () =>
  createConnectors({ auth: new ConfigurationBotFrameworkAuthentication({}), appId: '', connections: 'own' });
const messengerWith = (timeoutMs: number) =>
  createMessenger({
    connectorFor: connectorFor(),
    log: { error: (_, text) => logged.push(text) },
    timeoutMs,
  });

const aConversation = (overrides: Partial<Conversation> = {}): Conversation => ({
  id: 'a:chat-1',
  kind: 'personal',
  serviceUrl: connector.url,
  tenantId: 'tenant-1',
  botId: '28:bot',
  active: true,
  ...overrides,
});
const aChannel = () => aConversation({ id: channelId, kind: 'channel', teamId: '19:team' });

beforeEach(async () => {
  connector = await startConnector();
  logged = [];
  messenger = messengerWith(5_000);
});
afterEach(() => connector.close());

describe('a post', () => {
  it.each([
    'personal',
    'groupChat',
  ] as const)('is one card with a summary and no text in a %s chat', async (kind) => {
    const delivery = await messenger.post(aConversation({ kind }), card);
    const [post] = connector.posts;
    expect(delivery).toEqual({ outcome: 'sent', activityId: post?.activityId });
    expect(post).toMatchObject({ conversationId: 'a:chat-1', card: card.content });
    expect(post?.activity).toMatchObject({
      type: 'message',
      summary: card.summary,
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card.content }],
    });
    expect(post?.activity).not.toHaveProperty('text');
  });

  it('is a thread of its own in a channel', async () => {
    const delivery = await messenger.post(aChannel(), card);
    expect(delivery).toEqual({ outcome: 'sent', activityId: connector.posts[0]?.activityId });
    expect(connector.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v3/conversations',
        body: {
          isGroup: true,
          bot: { id: '28:bot' },
          channelData: { channel: { id: channelId } },
          tenantId: 'tenant-1',
        },
      },
    ]);
    expect(connector.personal(channelId)).toMatchObject([{ card: card.content }]);
  });

  it('opens the chat of a person whom the app never wrote to, once', async () => {
    const person = aConversation({ id: 'member:29:ana', memberId: '29:ana' });
    await messenger.post(person, card);
    await messenger.post(person, card);
    expect(connector.requests.map(({ path }) => path)).toEqual([
      '/v3/conversations',
      '/v3/conversations/a:29:ana/activities',
      '/v3/conversations/a:29:ana/activities',
    ]);
    expect(connector.requests[0]?.body).toMatchObject({
      isGroup: false,
      members: [{ id: '29:ana' }],
      tenantId: 'tenant-1',
      channelData: { tenant: { id: 'tenant-1' } },
    });
  });

  it('is refused, and the conversation stays, when its service URL would let others read the token', async () => {
    const unsafe = aConversation({ serviceUrl: connector.url.replace('127.0.0.1', 'teams.invalid') });
    expect(await messenger.post(unsafe, card)).toEqual({
      outcome: 'refused',
      gone: false,
      reason: expect.stringContaining('is not https'),
    });
  });

  it('can still be sent when the chat was not opened, whatever the reason', async () => {
    connector.fail({ cut: 'after' });
    const person = aConversation({ id: 'member:29:ana', memberId: '29:ana' });
    expect(await messenger.post(person, card)).toMatchObject({ outcome: 'retry' });
    expect(connector.posts).toEqual([]);
  });
});

describe('an update', () => {
  const redrawn = { content: { type: 'AdaptiveCard', body: ['approved'] }, summary: 'Validée' };
  const idOf = (delivery: SendResult) => (delivery.outcome === 'sent' && delivery.activityId) || '';

  it('redraws the card in a chat', async () => {
    const activityId = idOf(await messenger.post(aConversation(), card));
    expect(await messenger.update(aConversation(), activityId, redrawn)).toEqual({
      outcome: 'sent',
      activityId,
    });
    expect(connector.cardOf(activityId)).toEqual(redrawn.content);
  });

  it('is addressed to the thread in a channel', async () => {
    const activityId = idOf(await messenger.post(aChannel(), card));
    await messenger.update(aChannel(), activityId, redrawn);
    expect(connector.requests.at(-1)).toMatchObject({
      method: 'PUT',
      path: `/v3/conversations/${channelId};messageid=${activityId}/activities/${activityId}`,
    });
    expect(connector.cardOf(activityId)).toEqual(redrawn.content);
  });

  it('of a message that was deleted is refused, and the conversation stays', async () => {
    expect(await messenger.update(aConversation(), '17', redrawn)).toMatchObject({
      outcome: 'refused',
      gone: false,
      reason: expect.stringContaining('ActivityNotFoundInConversation'),
    });
  });
});

describe('the token of the app', () => {
  const messengerWhoseToken = (getToken: () => Promise<string>, timeoutMs = 20) => {
    const credentials = Object.assign(new MicrosoftAppCredentials('app-id', 'secret', 'tenant-1'), {
      getToken,
    });
    const client = new ConnectorClient(credentials, { baseUri: connector.url });
    return createMessenger({
      connectorFor: async () => client,
      log: { error: (_, text) => logged.push(text) },
      timeoutMs,
    });
  };

  it('goes with the request', async () => {
    await messengerWhoseToken(async () => 'a-token', 10_000).post(aConversation(), card);
    expect(connector.requests[0]?.headers.authorization).toBe('Bearer a-token');
  });

  it.each([
    ['cannot be had', () => Promise.reject(new Error('AADSTS7000222: the client secret has expired'))],
    ['does not come', () => new Promise<string>(() => undefined)],
  ])('that %s means that nothing was sent: it can be tried again', async (_, getToken) => {
    expect(await messengerWhoseToken(getToken).post(aConversation(), card)).toMatchObject({
      outcome: 'retry',
    });
    expect(logged).toEqual([expect.stringContaining('no token for Teams')]);
    expect(connector.requests).toEqual([]);
  });
});
