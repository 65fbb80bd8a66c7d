import { coordination, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import { activityFrom, all, keepingLog, lastPostIn, says, startFast } from '../support/flows.js';
import { appId, type Issuer, startIssuer, type TokenParts } from '../support/issuer.js';

const tenant = '00000000-0000-0000-0000-00000000000a';
const { lines, log } = keepingLog();
let issuer: Issuer;
let bot: TestBot;
beforeAll(async () => {
  // The framework writes there, by itself, why it did not like a token.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  issuer = await startIssuer();
  bot = await startFast({
    env: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'the-app-secret',
      MicrosoftAppTenantId: tenant,
      HOST: '127.0.0.1',
      ADMINS: hugo.aadObjectId,
    },
    parts: { auth: issuer.auth, log, pace: { wait: () => 0 } },
  });
});
afterAll(async () => {
  await bot.close();
  await issuer.close();
});

const sendWith = (authorization: string | undefined, more: object = {}, where?: string, who = ines) =>
  bot.raw(activityFrom(bot, who, { text: 'aide', ...more }, where), authorization ? { authorization } : {});
const send = (parts: TokenParts, more: object = {}) =>
  sendWith(issuer.bearer(bot.connector.url, parts), more);
const now = () => Math.floor(Date.now() / 1000);

it('a token of the Bot Framework is let in and answered', async () => {
  const posts = bot.connector.posts.length;
  const answer = await send({});
  expect(answer.status).toBe(200);
  expect(bot.connector.posts).toHaveLength(posts + 1);
});

describe('what is not authenticated is answered 401, does nothing and says nothing of the reason', () => {
  const elsewhere = 'https://elsewhere.example/';
  const tokens: [string, () => TokenParts][] = [
    ['another audience', () => ({ claims: { aud: 'somebody-else' } })],
    ['another issuer', () => ({ claims: { iss: 'https://issuer.example' } })],
    ['a key nobody knows', () => ({ header: { kid: 'unknown' } })],
    ['another service URL', () => ({ claims: { serviceurl: elsewhere } })],
    ['no service URL', () => ({ claims: { serviceurl: undefined } })],
    ['a key that is not endorsed for Teams', () => ({ header: { kid: 'unendorsed' } })],
    ['an expired token', () => ({ claims: { exp: now() - 3600, nbf: now() - 7200 } })],
    ['a token that is not valid yet', () => ({ claims: { nbf: now() + 3600, exp: now() + 7200 } })],
    ['no algorithm', () => ({ how: 'none' })],
    ['HS256 with the public key as its secret', () => ({ how: 'HS256' })],
    ['a signature of somebody else', () => ({ key: issuer.strangersKey })],
  ];
  const refused = async (answer: Promise<Response>) => expect((await answer).status).toBe(401);

  it.each(tokens)('%s', async (_, parts) => {
    const people = await all(bot, 'people');
    const posts = bot.connector.posts.length;
    const answer = await send(parts(), { from: { id: '29:stranger', name: 'X', aadObjectId: 'stranger' } });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ error: 'not authenticated' });
    expect(await all(bot, 'people')).toEqual(people);
    expect(bot.connector.posts).toHaveLength(posts);
  });

  it.each([
    ['no header', undefined],
    ['an empty token', 'Bearer '],
    ['no scheme', 'garbage'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['garbage in three parts', 'Bearer a.b.c'],
    ['JSON that is no token', `Bearer ${Buffer.from('{"alg":1}').toString('base64url')}.e30.x`],
    ['a very long token', `Bearer ${'x'.repeat(8_000)}`],
    ['an array as a header', `Bearer ${Buffer.from('[]').toString('base64url')}.W10.x`],
  ])('%s', async (_, header) => {
    await refused(sendWith(header));
  });

  it('a changed claim under a good signature', async () => {
    const [head, , signature] = issuer.bearer(bot.connector.url).split('.');
    const claims = Buffer.from(JSON.stringify({ aud: appId, iss: 'https://api.botframework.com' }));
    await refused(sendWith(`${head}.${claims.toString('base64url')}.${signature}`));
  });
});

it('an activity without a service URL, whose claim nobody would check, is refused', async () => {
  const activity = activityFrom(bot, ines, { text: 'aide' }) as { serviceUrl?: string };
  delete activity.serviceUrl;
  const authorization = issuer.bearer(bot.connector.url);
  expect((await bot.raw(activity, { authorization })).status).toBe(400);
});

describe('another tenant', () => {
  const other = { conversation: { id: 'a:x', conversationType: 'personal', tenantId: 'another-tenant' } };
  const invoke = {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'help.open', data: {} } },
  };

  it('is refused with 403, on messages, invokes and installations alike', async () => {
    const people = await all(bot, 'people');
    for (const more of [{}, invoke, { type: 'installationUpdate', action: 'add' }]) {
      const answer = await send({}, { ...more, ...other });
      expect([answer.status, await answer.json()]).toEqual([403, { error: 'another tenant' }]);
    }
    expect(await all(bot, 'people')).toEqual(people);
  });

  it('is refused also when the activity names none', async () => {
    const nowhere = { conversation: { id: 'a:x', conversationType: 'personal' }, channelData: null };
    expect((await send({}, nowhere)).status).toBe(403);
  });
});

describe('with an app id, the channels are chosen by those whom ADMINS names', () => {
  const inChannelAs = async (who: typeof ines, more: object) => {
    const answer = await sendWith(issuer.bearer(bot.connector.url), more, coordination, who);
    expect(answer.status).toBe(200);
    return answer;
  };
  const choose = {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'setup.choose', data: { use: 'coordinators' } } },
  };

  it('somebody else is refused, by the command and by the button', async () => {
    await inChannelAs(ines, { text: 'configurer' });
    expect(textOf(await lastPostIn(bot, coordination))).toContain(says('fr', 'refusal.notAdmin.heading'));
    const body = (await (await inChannelAs(ines, choose)).json()) as { value: object };
    expect(textOf(body.value)).toContain(says('fr', 'refusal.notAdmin.heading'));
    expect(await all(bot, 'channels')).toEqual([]);
  });

  it('an administrator chooses', async () => {
    const body = (await (await inChannelAs(hugo, choose)).json()) as { value: object };
    expect(textOf(body.value)).toContain(says('fr', 'setup.chosen.coordinators'));
    expect(await all(bot, 'channels')).toHaveLength(1);
  });
});

it('neither tokens nor secrets are ever logged', () => {
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.join('\n')).not.toMatch(/eyJ|Bearer|the-app-secret/);
});
