import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ines, type TestBot, textOf } from '../support/bot.js';
import { activityFrom, says, startFast, written } from '../support/flows.js';
import { dial, pour } from '../support/raw.js';

let bot: TestBot;
beforeAll(async () => {
  bot = await startFast();
  await bot.say(ines, 'aide');
});
afterAll(() => bot.close());

const base = () => bot.url.replace('/api/messages', '');

/** Nothing was stored, nothing of the inside is shown, and the next request is answered as ever. */
async function expectHarmless(request: () => Promise<{ status: number; text: string }>, status?: number) {
  const before = await written(bot);
  const answer = await request();
  if (status) expect(answer.status).toBe(status);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toMatch(/node_modules|\.ts:|\.js:| at /);
  expect(await written(bot)).toBe(before);
  expect(textOf((await bot.say(ines, 'aide'))[0])).toContain(says('fr', 'help.help.heading'));
}
const post = async (body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) => {
  const answer = await fetch(bot.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: answer.status, text: await answer.text() };
};
const good = () => JSON.stringify(activityFrom(bot, ines, { text: 'aide' }));

describe('an address that is none', () => {
  const hosts = [
    '[',
    '%',
    'a b',
    'a|b',
    'a:99999',
    '256.1.1.1',
    '1.2.3.4.5',
    'xn--a',
    'a.test, a.test',
    'a:1:1',
    '',
  ];
  it.each(hosts)('in the header Host (%j) ends nothing: the path alone counts', async (host) => {
    for (const request of ['GET /health', 'POST /api/messages', 'GET /nowhere']) {
      const head = `${request} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
      const said = await dial(bot.url, head).closed();
      expect(said).toMatch(request === 'GET /health' ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 4\d\d /);
    }
  });

  const targets = [
    'http://[::1/',
    'http://a:99999999/',
    'http://%00/',
    'http://a.test/health',
    '*',
    '//[',
    '/%',
  ];
  it.each(targets)('as a target (%j) is answered and ends nothing', async (target) => {
    const head = `GET ${target} HTTP/1.1\r\nhost: a.test\r\nconnection: close\r\n\r\n`;
    expect(await dial(bot.url, head).closed()).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await fetch(`${base()}/health`)).status).toBe(200);
  });
});

describe('a body that is no activity', () => {
  it.each([
    ['nothing', '', 400],
    ['text', 'bonjour', 400],
    ['JSON that is cut', '{"type":"message"', 400],
    ['null', 'null', 400],
    ['a number', '42', 400],
    ['a string', '"message"', 400],
    ['an array', '[{"type":"message"}]', 400],
    ['an empty object', '{}', 400],
    ['100,000 open brackets', '['.repeat(100_000), 400],
    ['100,000 nested arrays', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400],
    ['100,000 nested arrays in an object', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['__proto__ as a key', '{"__proto__":{"type":"message"},"constructor":{"prototype":{"x":1}}}', 400],
    ['65 levels', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`, 400],
    ['10,001 values', `{"a":[${'1,'.repeat(9_999)}1]}`, 400],
    ['300 KB', JSON.stringify({ type: 'message', text: 'x'.repeat(300_000) }), 413],
  ])('%s is refused', async (_, body, status) => {
    await expectHarmless(() => post(body), status);
    expect(({} as { x?: unknown; type?: unknown }).x ?? ({} as { type?: unknown }).type).toBeUndefined();
  });

  it('bytes that are not UTF-8 are refused', async () => {
    await expectHarmless(() => post(Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x22])), 400);
  });

  it('too much in chunks, whose size nobody announced, is refused', async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < 40; i++) controller.enqueue(Buffer.alloc(10_000, 'x'));
        controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    };
    await expectHarmless(async () => {
      const answer = await fetch(bot.url, init);
      return { status: answer.status, text: await answer.text() };
    }, 413);
  });

  const withValue = (value: string) => good().replace('"text":"aide"', `"text":"aide","value":${value}`);
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it('an activity nested deeper than any is refused, whatever part of it is', async () => {
    await expectHarmless(() => post(withValue(nested(64))), 400);
    await expectHarmless(() => post(withValue(nested(50_000))), 400);
    await expectHarmless(() => post(good().replace('"tenant":', `"own":${nested(50_000)},"tenant":`)), 400);
  });

  it.each([
    ['63 levels in it', nested(63)],
    ['many values in it', JSON.stringify(Array(9_900).fill(0))],
    ['brackets in its texts', JSON.stringify('[{'.repeat(50_000))],
    ['brackets after quotes that are escaped', JSON.stringify(`"[\\"${'['.repeat(100)}`)],
  ])('an activity with %s is answered', async (_, value) => {
    expect((await post(withValue(value))).status).toBe(200);
  });
});

describe('a compressed body', () => {
  const compressed: [string, (text: string) => Buffer][] = [
    ['gzip', (text) => gzipSync(text)],
    ['deflate', (text) => deflateSync(text)],
    ['br', (text) => brotliCompressSync(text)],
  ];
  it.each(compressed)('in %s is refused, whole or broken', async (encoding, compress) => {
    const headers = { 'content-encoding': encoding };
    await expectHarmless(() => post(new Uint8Array(compress(good())), headers), 415);
    await expectHarmless(() => post('this is not compressed at all', headers), 415);
    await expectHarmless(() => post(new Uint8Array(compress(good()).subarray(0, 20)), headers), 415);
  });

  it.each(['gzip, identity', 'GZIP', 'x-gzip', 'unknown'])('"%s" is refused too', async (encoding) => {
    await expectHarmless(() => post(good(), { 'content-encoding': encoding }), 415);
  });
});

describe('a request of another kind', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
  ])('a content type of %s is refused', async (type) =>
    expectHarmless(() => post(good(), { 'content-type': type }), 415));

  it('a content type with a charset is taken', async () => {
    expect((await post(good(), { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
  });

  it.each([
    ['GET', '/api/messages', 405],
    ['PUT', '/api/messages', 405],
    ['DELETE', '/api/messages', 405],
    ['POST', '/health', 405],
    ['GET', '/', 404],
    ['GET', '/api', 404],
    ['POST', '/api/messages/1', 404],
    ['GET', '/../../etc/passwd', 404],
    ['GET', '/%2e%2e/%2e%2e/etc/passwd', 404],
    ['GET', '/%00', 404],
    ['GET', '/%', 400],
    ['GET', '/__proto__', 404],
    ['GET', `/${'x'.repeat(10_000)}`, 404],
  ])('%s %s', async (method, path, status) => {
    await expectHarmless(
      async () => {
        const answer = await fetch(`${base()}${path}`, { method });
        return { status: answer.status, text: await answer.text() };
      },
      path === '/%' ? undefined : status,
    );
  });
});

describe('whoever is refused while still sending is told why, and the connection is ended', () => {
  const head = (start: string, ...headers: string[]) =>
    [`${start} HTTP/1.1`, 'host: x', ...headers, '', ''].join('\r\n');
  const json = 'content-type: application/json';
  const chunked = 'transfer-encoding: chunked';
  const chunk = `10000\r\n${'x'.repeat(0x1_00_00)}\r\n`;

  it.each([
    ['an activity that never ends', 'POST /api/messages', 413],
    ['an activity to somewhere else', 'POST /api/others', 400],
    ['another method', 'PUT /api/messages', 400],
    ['a body beside a question', 'GET /health', 400],
  ])('%s', async (_, start, status) => {
    const client = dial(base(), head(start, json, chunked));
    pour(client, chunk);
    expect(await client.closed()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect((await post(good())).status).toBe(200);
  });

  it.each([
    ['too much, as it says itself', 413, [json, 'content-length: 10000000']],
    ['another type', 415, ['content-type: text/plain', 'content-length: 100']],
    ['compressed', 415, [json, 'content-encoding: gzip', 'content-length: 100']],
    ['no length and no chunks', 400, [json]],
  ] as const)('%s: before any of it is sent', async (_, status, headers) => {
    const said = await dial(base(), head('POST /api/messages', ...headers)).closed();
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*connection: close`, 'i'));
  });

  it('a client that asks first is told to send what will be read, and nothing else', async () => {
    const body = good();
    const expecting = (length: number) =>
      head('POST /api/messages', json, `content-length: ${length}`, 'expect: 100-continue');
    const client = dial(base(), expecting(Buffer.byteLength(body)));
    await client.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    client.socket.write(body);
    await client.until(/HTTP\/1\.1 200 OK/);
    client.socket.destroy();
    expect(await dial(base(), expecting(10_000_000)).closed()).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('many activities in one packet are not many turns', async () => {
    const posts = bot.connector.posts.length;
    const body = good();
    const one = head('POST /api/messages', json, `content-length: ${Buffer.byteLength(body)}`) + body;
    const said = await dial(base(), one.repeat(50)).closed();
    expect(said.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
    expect(bot.connector.posts).toHaveLength(posts + 1);
  });

  it('a body of which more is to come leaves the bot to answer others', async () => {
    const client = dial(base(), `${head('POST /api/messages', json, 'content-length: 1000')}{"type":`);
    expect((await post(good())).status).toBe(200);
    client.socket.destroy();
    expect((await post(good())).status).toBe(200);
  });

  it('only a connection over which something was let in is kept', async () => {
    const body = good();
    const one = head('POST /api/messages', json, `content-length: ${Buffer.byteLength(body)}`) + body;
    const client = dial(base(), one);
    await client.until(/HTTP\/1\.1 200/);
    client.socket.write(one);
    await client.until(/HTTP\/1\.1 200[\s\S]*HTTP\/1\.1 200/);
    client.socket.write(`${head('POST /api/messages', json, 'content-length: 2')}{}`);
    expect(await client.closed()).toMatch(/HTTP\/1\.1 400 /);
    for (const path of ['/health', '/ready', '/metrics', '/nowhere'])
      expect(await dial(base(), head(`GET ${path}`)).closed()).toMatch(/connection: close/i);
  });
});

it('health, readiness and metrics are there for those who run it', async () => {
  expect(await (await fetch(`${base()}/health`)).json()).toEqual({ status: 'ok' });
  expect(await (await fetch(`${base()}/ready/`)).json()).toEqual({ status: 'ready' });
  const metrics = await (await fetch(`${base()}/metrics`)).text();
  expect(metrics).toMatch(/passerelle_turn_seconds_count\{type="message",status="200"\} \d+/);
  const [, busy] = /^nodejs_eventloop_utilization (.+)$/m.exec(metrics) ?? [];
  expect(Number(busy)).toBeGreaterThan(0);
  expect(Number(busy)).toBeLessThanOrEqual(1);
  expect(metrics).toMatch(/^nodejs_eventloop_lag_seconds /m);
  expect(metrics).not.toMatch(/nodejs_eventloop_lag_p99|NaN/);
  expect(metrics).not.toContain(ines.name);
});

it('whatever JSON comes as the body is answered with a 4xx', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (body) => {
      const { status } = await post(body);
      expect(status).toBe(400);
    }),
    { numRuns: 150 },
  );
});
