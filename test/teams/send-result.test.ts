import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Messenger } from '../../src/ports.js';
import type { Conversation } from '../../src/records.js';
import { createConnectors } from '../../src/teams/connectors.js';
import { createMessenger } from '../../src/teams/messenger.js';
import { type Connector, type Fault, startConnector } from '../support/connector.js';

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

describe('an answer of Teams', () => {
  const gone = { outcome: 'refused', gone: true };
  const refused = { outcome: 'refused', gone: false };
  const retry = { outcome: 'retry' };
  const cases: [Fault & { status: number }, object][] = [
    [{ status: 403, code: 'ConversationBlockedByUser' }, gone],
    [{ status: 403, code: 'BotNotInConversationRoster' }, gone],
    [{ status: 403, code: 'BotDisabledByAdmin' }, gone],
    [{ status: 404, code: 'ConversationNotFound' }, gone],
    [{ status: 403, code: 'ForbiddenOperationException' }, refused],
    [{ status: 404, code: 'ActivityNotFoundInConversation' }, refused],
    [{ status: 307 }, refused],
    [{ status: 400, code: 'BadArgument' }, refused],
    [{ status: 401, code: 'BotNotRegistered' }, refused],
    [{ status: 413, code: 'MessageSizeTooBig' }, refused],
    [{ status: 418 }, refused],
    [{ status: 412, code: 'PreconditionFailed' }, retry],
    [{ status: 429, code: 'Throttled' }, retry],
    [{ status: 502 }, retry],
    [{ status: 503 }, retry],
    [{ status: 504 }, retry],
    [{ status: 500, code: 'ServiceError' }, { outcome: 'unknown' }],
    [{ status: 501 }, { outcome: 'unknown' }],
  ];
  it.each(cases)('%j means %j, and the SDK asks once', async (fault, delivery) => {
    connector.fail({ ...fault, times: 10 });
    for (const conversation of [aConversation(), aChannel()]) {
      expect(await messenger.post(conversation, card)).toMatchObject(delivery);
      expect(await messenger.update(conversation, '17', card)).toMatchObject(delivery);
    }
    expect(connector.requests).toHaveLength(4);
  });

  it('says in its reason what Teams said', async () => {
    connector.fail({
      status: 403,
      code: 'BotDisabledByAdmin',
      message: 'The tenant admin disabled this bot',
    });
    expect(await messenger.post(aConversation(), card)).toMatchObject({
      reason: '403 BotDisabledByAdmin The tenant admin disabled this bot',
    });
  });

  it('is logged loudly when Teams does not accept the app', async () => {
    connector.fail({ status: 401 });
    await messenger.post(aConversation(), card);
    expect(logged).toEqual([expect.stringContaining('does not accept the app')]);
  });

  it.each([
    ['seconds', 17, 17_000],
    ['a date', new Date(Date.now() + 60_000).toUTCString(), 60_000],
    ['a date gone by', 'Mon, 23 Nov 2020 08:00:00 GMT', 0],
  ])('names its delay in %s', async (_, retryAfter, expected) => {
    connector.fail({ status: 429, retryAfter });
    const delivery = await messenger.post(aConversation(), card);
    const afterMs = delivery.outcome === 'retry' ? (delivery.afterMs ?? -1) : -1;
    expect(Math.abs(afterMs - expected)).toBeLessThan(10_000);
  });

  it('names no delay when it cannot be read', async () => {
    connector.fail({ status: 429, retryAfter: 'soon' });
    expect(await messenger.post(aConversation(), card)).not.toHaveProperty('afterMs');
  });
});

describe('a connection', () => {
  it.each([
    'before',
    'after',
  ] as const)('that is cut %s Teams took the message leaves it unknown', async (cut) => {
    connector.fail({ cut });
    expect(await messenger.post(aConversation(), card)).toMatchObject({ outcome: 'unknown' });
    expect(connector.requests).toHaveLength(1);
  });

  it('that gives no answer in time leaves it unknown', async () => {
    // Long enough for the connection itself on a busy machine.
    connector.fail({ delayMs: 2_000 });
    const hasty = messengerWith(700);
    expect(await hasty.post(aConversation(), card)).toEqual({
      outcome: 'unknown',
      reason: 'no answer in time',
    });
  });

  it('that is refused can be tried again', async () => {
    const serviceUrl = connector.url;
    await connector.close();
    expect(await messenger.post(aConversation({ serviceUrl }), card)).toMatchObject({ outcome: 'retry' });
  });

  it('to a name that does not exist can be tried again', async () => {
    const serviceUrl = 'https://nowhere.invalid/';
    expect(await messenger.post(aConversation({ serviceUrl }), card)).toMatchObject({ outcome: 'retry' });
  });

  it.each([
    'http://smba.trafficmanager.net/emea/',
    'http://127.0.0.1.evil.example/',
    'smba',
    '',
  ])('to %j is not made: the token would be readable', async (serviceUrl) => {
    expect(await messenger.post(aConversation({ serviceUrl }), card)).toMatchObject({
      outcome: 'refused',
      gone: false,
      reason: expect.stringContaining('not https'),
    });
  });

  it('is had once for all that is sent to a service URL', async () => {
    const one = connectorFor();
    expect(await one(connector.url)).toBe(await one(connector.url));
  });
});
