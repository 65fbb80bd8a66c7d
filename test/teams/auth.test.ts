import { readActivity } from '../../src/teams/incoming.js';
import { findRoute, routes } from '../../src/teams/routes.js';
import { coordination, hugo, ines, type TestBot, textOf } from '../support/bot.js';
import { activityFrom, all, keepingLog, lastPostIn, says, startFast } from '../support/flows.js';
import { appId, type Issuer, startIssuer, type TokenParts } from '../support/issuer.js';
import { sampleRows, samples } from '../support/ways.js';

const tenant = '00000000-0000-0000-0000-00000000000a';
const { lines, log } = keepingLog();
let issuer: Issuer;
let bot: TestBot;
beforeAll(async () => {
  issuer = await startIssuer();
  bot = await startFast({
    env: {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'the-app-secret',
      MicrosoftAppTenantId: tenant,
      HOST: '127.0.0.1',
      ADMINS: hugo.aadObjectId,
    },
    parts: { auth: issuer.auth, log, rateLimiter: { acquire: () => 0 } },
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

/** All that an activity could have left behind. */
const traces = async () => {
  await bot.app.drain();
  const kinds = ['people', 'conversations', 'outbox', 'history', 'channels'] as const;
  return {
    records: await Promise.all(kinds.map((kind) => all(bot, kind))),
    requests: bot.connector.requests.length,
  };
};

/** The answers to every sample, by its name. */
async function byEachWay(authorization: string | undefined, more: object): Promise<object> {
  const answers: [string, unknown][] = [];
  for (const [sample, activity] of sampleRows) {
    const answer = await sendWith(authorization, { ...activity, ...more });
    answers.push([sample, [answer.status, await answer.json()]]);
  }
  return Object.fromEntries(answers);
}
const eachWay = (answer: unknown): object =>
  Object.fromEntries(sampleRows.map(([sample]) => [sample, answer]));

describe('the samples that everything below is sent with', () => {
  it('have every way in', () => {
    expect(Object.keys(samples).sort()).toEqual(Object.keys(routes).sort());
  });

  it.each(sampleRows)('%s goes that way', (_, more, way) => {
    const activity = readActivity(activityFrom(bot, ines, more));
    expect(activity && findRoute(activity)).toBe(way);
  });
});

it.each(sampleRows)('%s with a token of the Bot Framework is let in', async (_, more, way) => {
  expect((await send({}, more)).status).toBe(way === 'unknownInvoke' ? 501 : 200);
});

describe('what is not authenticated is answered 401, does nothing and says nothing of the reason', () => {
  const elsewhere = 'https://elsewhere.example/';
  const emulator = (iss: string, ver: string) => () => ({
    claims: { iss, ver, azp: appId, appid: appId, serviceurl: undefined },
  });
  const tokens: [string, () => TokenParts][] = [
    ['another audience', () => ({ claims: { aud: 'somebody-else' } })],
    ['no audience', () => ({ claims: { aud: undefined } })],
    ['another issuer', () => ({ claims: { iss: 'https://issuer.example' } })],
    ['no issuer', () => ({ claims: { iss: undefined } })],
    ['the Emulator of 1.0', emulator('https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/', '1.0')],
    [
      'the Emulator of 2.0',
      emulator('https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0', '2.0'),
    ],
    [
      'the Emulator of the US government',
      emulator('https://login.microsoftonline.us/f8cdef31-a31e-4b4a-93e4-5f571e91255a/v2.0', '2.0'),
    ],
    [
      'a tenant that names itself as an issuer',
      () => ({
        claims: {
          iss: 'https://sts.windows.net/11111111-0000-0000-0000-000000000000/',
          tid: '11111111-0000-0000-0000-000000000000',
          ver: '1.0',
          appid: appId,
        },
      }),
    ],
    [
      'another bot, as a skill',
      () => ({
        claims: {
          ver: '1.0',
          appid: 'another-bot',
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
        },
      }),
    ],
    ['a key nobody knows', () => ({ header: { kid: 'unknown' } })],
    ['no key', () => ({ header: { kid: undefined } })],
    ['a key that is no name', () => ({ header: { kid: { toString: 1 } } })],
    ['another service URL', () => ({ claims: { serviceurl: elsewhere } })],
    ['no service URL', () => ({ claims: { serviceurl: undefined } })],
    ['a service URL that is no text', () => ({ claims: { serviceurl: [bot.connector.url] } })],
    ['a key that is not endorsed for Teams', () => ({ header: { kid: 'unendorsed' } })],
    ['an expired token', () => ({ claims: { exp: now() - 3600, nbf: now() - 7200 } })],
    ['no expiry', () => ({ claims: { exp: undefined } })],
    ['an expiry that is no number', () => ({ claims: { exp: '9999999999' } })],
    ['a token that is not valid yet', () => ({ claims: { nbf: now() + 3600, exp: now() + 7200 } })],
    ['no algorithm', () => ({ how: 'none' })],
    ['HS256 with the public key as its secret', () => ({ how: 'HS256' })],
    ['a signature of somebody else', () => ({ key: issuer.strangersKey })],
    ['claims that are null', () => ({ claims: null })],
  ];
  const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const headers: [string, () => string | undefined][] = [
    ['no header', () => undefined],
    ['an empty token', () => 'Bearer '],
    ['no scheme', () => 'garbage'],
    ['another scheme', () => 'Basic dXNlcjpwYXNz'],
    ['garbage in three parts', () => 'Bearer a.b.c'],
    ['JSON that is no token', () => `Bearer ${json({ alg: 1 })}.e30.x`],
    ['a header that is null', () => `Bearer ${json(null)}.e30.x`],
    ['a very long token', () => `Bearer ${'x'.repeat(8_000)}`],
    ['an array as a header', () => `Bearer ${json([])}.W10.x`],
    [
      'claims of a thousand levels',
      () => `Bearer ${json({ kid: 'good' })}.${Buffer.from('['.repeat(1_000)).toString('base64url')}.x`,
    ],
    [
      'a changed claim under a good signature',
      () => {
        const [head, , signature] = issuer.bearer(bot.connector.url).split('.');
        const claims = {
          aud: appId,
          iss: 'https://api.botframework.com',
          exp: now() + 7200,
          serviceurl: bot.connector.url,
        };
        return `${head}.${json(claims)}.${signature}`;
      },
    ],
    ['a good token twice', () => `${issuer.bearer(bot.connector.url)}, ${issuer.bearer(bot.connector.url)}`],
  ];
  const senders = [
    ...tokens.map(([name, parts]) => [name, () => issuer.bearer(bot.connector.url, parts())] as const),
    ...headers,
  ];

  it.each(senders)('%s, whichever way it comes', async (_, header) => {
    const before = await traces();
    const answers = await byEachWay(header(), {
      from: { id: '29:stranger', name: 'X', aadObjectId: 'stranger' },
    });
    expect(answers).toEqual(eachWay([401, { error: 'not authenticated' }]));
    expect(await traces()).toEqual(before);
  });

  it.each<[string, () => string | undefined, string]>([
    ['no header', () => undefined, 'there is no bearer token'],
    ['a very long token', () => `Bearer ${'x'.repeat(8_000)}`, 'there is no bearer token'],
    ['garbage in three parts', () => 'Bearer a.b.c', 'the token is no JSON Web Token'],
    [
      'another issuer',
      () => issuer.bearer(bot.connector.url, { claims: { iss: 'https://issuer.example' } }),
      'another issuer',
    ],
    [
      'a key nobody knows',
      () => issuer.bearer(bot.connector.url, { header: { kid: 'unknown' } }),
      'the issuer has no such key',
    ],
    [
      'no expiry',
      () => issuer.bearer(bot.connector.url, { claims: { exp: undefined } }),
      'the token has no expiry',
    ],
    [
      'no service URL',
      () => issuer.bearer(bot.connector.url, { claims: { serviceurl: undefined } }),
      'the token names no service URL',
    ],
    [
      'another service URL',
      () => issuer.bearer(bot.connector.url, { claims: { serviceurl: elsewhere } }),
      'a token for another service URL or channel',
    ],
  ])('for %s, the log says why', async (_, header, reason) => {
    // The first of a kind has a line; later ones are counted.
    await bot.restart();
    await sendWith(header());
    expect(lines.at(-1)).toBe(`an activity was refused ${JSON.stringify({ status: 401, reason })}`);
  });

  it('whoever has no token is told so before anything is read of what they send', async () => {
    for (const body of ['this is no JSON', '['.repeat(200_000), '{"type":"message"}'])
      expect((await bot.raw(body)).status).toBe(401);
  });
});

it('a token that names an extra audience besides this app is let in', async () => {
  expect((await send({ claims: { aud: [appId, 'another'] } })).status).toBe(200);
});

it('a key that is endorsed for no channel in particular is good for Teams', async () => {
  expect((await send({ header: { kid: 'free' } })).status).toBe(200);
});

it('an activity without a service URL, whose claim nobody would check, is refused', async () => {
  const activity = activityFrom(bot, ines, { text: 'aide' }) as { serviceUrl?: string };
  delete activity.serviceUrl;
  const authorization = issuer.bearer(bot.connector.url);
  expect((await bot.raw(activity, { authorization })).status).toBe(400);
});

describe('another tenant', () => {
  const inTenants = (conversation: string | undefined, channelData: string | undefined | null) => ({
    conversation: { id: 'a:x', conversationType: 'personal', tenantId: conversation },
    channelData: channelData === null ? null : { tenant: { id: channelData } },
  });
  const foreign: [string, object][] = [
    ['named by the conversation', inTenants('another-tenant', undefined)],
    ['named by the channel data', inTenants(undefined, 'another-tenant')],
    ['named by both', inTenants('another-tenant', 'another-tenant')],
    ['in the conversation, ours in the channel data', inTenants('another-tenant', tenant)],
    ['in the channel data, ours in the conversation', inTenants(tenant, 'another-tenant')],
    ['that nobody names', inTenants(undefined, null)],
    ['that is empty', inTenants('', '')],
  ];
  it.each(foreign)('%s is refused with 403, whichever way it comes', async (_, where) => {
    const before = await traces();
    expect(await byEachWay(issuer.bearer(bot.connector.url), where)).toEqual(
      eachWay([403, { error: 'another tenant' }]),
    );
    expect(await traces()).toEqual(before);
  });

  it.each([
    ['the conversation', inTenants(tenant, undefined)],
    ['the channel data', inTenants(undefined, tenant)],
    ['the channel data, with an empty one in the conversation', inTenants('', tenant)],
  ])('ours is let in when only %s names it', async (_, where) => {
    expect((await send({}, where)).status).toBe(200);
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
  expect(lines.join('\n')).not.toMatch(/eyJ|Bearer|the-app-secret|another-tenant|stranger/);
});
