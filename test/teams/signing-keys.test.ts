import { once } from 'node:events';
import { createServer } from 'node:net';
import { createSigningKeys, KeysUnavailable } from '../../src/teams/signing-keys.js';
import { ines, type TestBot } from '../support/bot.js';
import { activityFrom, all, keepingLog, startFast } from '../support/flows.js';
import { appId, type Issuer, startIssuer } from '../support/issuer.js';

const hours = (n: number) => n * 3_600_000;
/** Long enough for an answer on a busy machine. */
const answerMs = 600;
let issuer: Issuer;
beforeEach(async () => {
  issuer = await startIssuer(answerMs);
});
afterEach(() => issuer.close());

describe('the keys of an issuer', () => {
  let now = 0;
  const keys = () => createSigningKeys({ url: issuer.metadataUrl, answerMs, now: () => now });

  it('are asked for once, by all who need them', async () => {
    const { find } = keys();
    const found = await Promise.all([find('good'), find('good'), find('unendorsed'), find('unknown')]);
    expect(found.map((key) => key?.endorsements)).toEqual([['msteams'], ['msteams'], ['webchat'], undefined]);
    await find('good');
    expect(issuer.asked()).toBe(1);
  });

  it('are good for a day, and asked for again long before', async () => {
    const { find } = keys();
    await find('good');
    now += hours(3);
    const asked = issuer.nextQuestion();
    expect(await find('good')).toBeDefined();
    await asked;
    expect(issuer.asked()).toBe(2);
  });

  it.each([
    'cuts',
    'hangs',
    'hangs at the keys',
    'fails',
  ] as const)('stay good for a day when the issuer %s, and not for longer', async (how) => {
    const { find } = keys();
    await find('good');
    issuer.behave(how);
    now += hours(23.9);
    expect(await find('good')).toBeDefined();
    now += hours(0.2);
    await expect(find('good')).rejects.toThrow(KeysUnavailable);
    issuer.behave('well');
    now += hours(0.1);
    expect(await find('good')).toBeDefined();
  });

  it('that nobody knows are asked for every five minutes, not by every token', async () => {
    const { find } = keys();
    await find('good');
    now += 4 * 60_000;
    expect(await find('new')).toBeUndefined();
    expect(issuer.asked()).toBe(1);
    now += 2 * 60_000;
    expect(await find('new')).toBeUndefined();
    expect(await find('other')).toBeUndefined();
    expect(issuer.asked()).toBe(2);
  });

  it('are not asked for again in the second after a failure', async () => {
    const { find } = keys();
    issuer.behave('fails');
    await expect(find('good')).rejects.toThrow('500');
    for (let n = 0; n < 20; n++) await expect(find('good')).rejects.toThrow(KeysUnavailable);
    expect(issuer.asked()).toBe(1);
    now += 1_001;
    issuer.behave('well');
    expect(await find('good')).toBeDefined();
  });

  it('cannot be read from an answer that has none', async () => {
    const { find } = createSigningKeys({ url: issuer.metadataUrl.replace('/metadata', '/keys'), answerMs });
    await expect(find('good')).rejects.toThrow(KeysUnavailable);
  });
});

describe('while the issuer is away', () => {
  let bot: TestBot;
  const { lines, log } = keepingLog();
  beforeEach(async () => {
    bot = await startFast({
      env: {
        MicrosoftAppId: appId,
        MicrosoftAppPassword: 'secret',
        MicrosoftAppTenantId: '00000000-0000-0000-0000-00000000000a',
        HOST: '127.0.0.1',
        ADMINS: 'nobody',
      },
      parts: { auth: issuer.auth, log, rateLimiter: { acquire: () => 0 } },
    });
  });
  afterEach(() => bot.close());
  const send = (claims: object = {}) =>
    bot.raw(activityFrom(bot, ines, { text: 'aide' }), {
      authorization: issuer.bearer(bot.connector.url, { claims }),
    });

  it.each([
    'cuts',
    'hangs',
    'hangs at the keys',
    'fails',
  ] as const)('and %s, nobody is let in and everybody is asked to come again', async (how) => {
    issuer.behave(how);
    const answers = await Promise.all([send(), send(), send()]);
    for (const answer of answers) {
      expect([answer.status, await answer.json()]).toEqual([503, { error: 'try again later' }]);
      expect(answer.headers.get('retry-after')).toBe('5');
    }
    expect(await all(bot, 'people')).toEqual([]);
    expect(bot.connector.posts).toEqual([]);
    expect(lines.at(-1)).toContain('the signing keys');
  });

  it('a token that names another issuer is refused without asking for keys', async () => {
    issuer.behave('hangs');
    expect((await send({ iss: 'https://issuer.example' })).status).toBe(401);
    expect(issuer.asked()).toBe(0);
  });

  it('those whose key is known are answered as ever', async () => {
    expect((await send()).status).toBe(200);
    issuer.behave('hangs');
    expect((await send()).status).toBe(200);
  });
});

it('an address where nobody listens is nobody who answers', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as { port: number };
  await new Promise((resolve) => gone.close(resolve));
  const { find } = createSigningKeys({ url: `http://127.0.0.1:${port}/`, answerMs });
  await expect(find('good')).rejects.toThrow('ECONNREFUSED');
});

it('the issuer is waited for less than Teams waits for an answer', async () => {
  const timeout = jest.spyOn(AbortSignal, 'timeout');
  await createSigningKeys({ url: issuer.metadataUrl }).find('good');
  expect(timeout.mock.calls).toEqual([[4_000]]);
});
