import { createServer, type Server } from 'node:net';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createConnectors } from '../../src/teams/connectors.js';
import { toSendResult } from '../../src/teams/send-result.js';
import { amy, coordination, hugo, ines, type TestBot, type TestPerson, textOf } from '../support/bot.js';
import {
  activityFrom,
  all,
  chatOf,
  inChannel,
  offerTalk,
  says,
  shownIn,
  startFast,
  tidy,
} from '../support/flows.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startFast();
});
afterEach(() => bot.close());

const broken = says('fr', 'refusal.failure.heading');
const send = async (who: TestPerson, more: object) => {
  const { status } = await bot.raw(activityFrom(bot, who, more));
  expect(status).toBe(200);
};
const ask = (who: TestPerson) => send(who, { text: 'aide' });
const install = (who: TestPerson) => send(who, { type: 'installationUpdate', action: 'add' });
const postsTo = (who: TestPerson) =>
  bot.connector.personal(chatOf(who)).map(({ card }) => tidy(textOf(card)).slice(0, 60));

/** So many people whom the bot has not met. */
let met = 0;
const newcomers = (count: number): TestPerson[] =>
  Array.from({ length: count }, () => ({ ...amy, id: `29:${++met}`, aadObjectId: `aad-${met}` }));

describe('when Teams ends each kept connection at the moment its next request comes', () => {
  it('three hundred times, every command is answered and every message arrives once', async () => {
    const { sockets } = bot.connector;
    sockets.endKept('silent');
    const welcome: TestPerson[] = [];
    let asked = 0;
    while (sockets.ended() < 300) {
      const few = newcomers(5);
      await Promise.all([...few.map(install), ...Array.from({ length: 20 }, () => ask(ines))]);
      welcome.push(...few);
      asked += 20;
    }
    await bot.app.drain();
    const answers = postsTo(ines);
    expect(answers).toHaveLength(asked);
    expect(answers.filter((answer) => answer !== answers[0] || answer.includes(broken))).toEqual([]);
    expect(welcome.filter((who) => postsTo(who).length !== 1)).toEqual([]);
    const outbox = await all(bot, 'outbox');
    expect(outbox.filter(({ state }) => state !== 'sent')).toEqual([]);
    expect(outbox).toHaveLength(welcome.length);
  }, 60_000);

  it('cards are updated and the coordinators’ team is read', async () => {
    await bot.setUp([hugo]);
    bot.connector.sockets.endKept('silent');
    const id = await offerTalk(bot, ines);
    bot.setNow(new Date(Date.parse(bot.now()) + 11 * 60_000).toISOString());
    await ask(ines);
    await bot.click(hugo, 'approval.approve', { id }, inChannel);
    const [card] = await shownIn(bot, coordination);
    expect(textOf(card)).toContain('Approuvée');
    expect(bot.connector.sockets.ended()).toBeGreaterThan(0);
  });
});

describe('a request is not sent again', () => {
  const requestsTo = (who: TestPerson) =>
    bot.connector.requests.filter(({ path }) => path.startsWith(`/v3/conversations/${chatOf(who)}/`)).length;

  it.each([
    'in the head',
    'in the body',
  ] as const)('once some of its answer was read, cut %s', async (how) => {
    await ask(ines);
    bot.connector.sockets.endKept(how);
    await ask(ines);
    expect(bot.connector.sockets.ended()).toBe(1);
    expect(postsTo(ines)).toEqual([expect.not.stringContaining(broken), expect.stringContaining(broken)]);
    expect(requestsTo(ines)).toBe(2);
  });

  it.each([
    'before',
    'after',
  ] as const)('when its connection had carried no other, cut %s Teams took it', async (cut) => {
    bot.connector.fail({ cut });
    await ask(ines);
    expect(postsTo(ines).at(-1)).toContain(broken);
    expect(requestsTo(ines)).toBe(2);
  });
});

describe('a connection that is idle', () => {
  const connectorWith = (times: object) => {
    const auth = new ConfigurationBotFrameworkAuthentication({});
    return createConnectors({ auth, appId: '', connections: 'shared', ...times })(bot.connector.url);
  };
  const post = async (times: object) =>
    (await connectorWith(times)).conversations.sendToConversation('a:1', { type: 'message' });

  it('is let go after its time', async () => {
    await post({ idleMs: 50 });
    await bot.connector.waitFor(() => bot.connector.sockets.open() === 0);
  });

  it('is let go a second before Teams does, when Teams says when', async () => {
    bot.connector.announce(2);
    const began = performance.now();
    await post({});
    await bot.connector.waitFor(() => bot.connector.sockets.open() === 0);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('is not used again when Teams lets it go within a second', async () => {
    bot.connector.announce(1);
    bot.connector.sockets.endKept('silent');
    for (let i = 0; i < 20; i++) await ask(ines);
    expect(postsTo(ines).filter((answer) => answer.includes(broken))).toEqual([]);
    expect(postsTo(ines)).toHaveLength(20);
  });

  it('is no other than one on which an answer takes long', async () => {
    bot.connector.fail({ delayMs: 200, match: () => true, times: 2 });
    await post({ idleMs: 50 });
    expect(bot.connector.posts).toHaveLength(1);
  });
});

describe('a connection that was not made has carried nothing', () => {
  let server: Server;
  afterEach(() => server.close());
  const attempt = async (onConnection: Parameters<typeof createServer>[1]) => {
    server = createServer(onConnection);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const auth = new ConfigurationBotFrameworkAuthentication({});
    const connectorFor = createConnectors({ auth, appId: '', connections: 'own', connectMs: 100 });
    const { conversations } = await connectorFor(`https://127.0.0.1:${port}/`);
    return conversations.sendToConversation('a:1', { type: 'message' }).then(
      () => undefined,
      (error: unknown) => toSendResult(error),
    );
  };

  it.each<[string, Parameters<typeof createServer>[1]]>([
    ['is ended while it is being secured', (socket) => void socket.once('data', () => socket.destroy())],
    ['is not secured', (socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request'))],
    ['is not answered', () => undefined],
  ])('when it %s: the message can be sent again', async (_, onConnection) => {
    expect(await attempt(onConnection)).toMatchObject({ outcome: 'retry' });
  });
});
