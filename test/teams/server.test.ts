import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ines, type TestBot, textOf } from '../support/bot.js';
import { activityFrom, says, startFast, written } from '../support/flows.js';

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

  it('deep nesting inside a good activity is answered, and deep data stored nowhere', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const before = await written(bot);
    const activity = good().replace('"text":"aide"', `"text":"aide","value":${deep}`);
    expect((await post(activity)).status).toBe(200);
    expect(await written(bot)).toBe(before);
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

  it.each([
    'NONSENSE\r\n\r\n',
    'POST /api/messages HTTP/9.9\r\n\r\n',
    `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
  ])('what is not HTTP is answered and the connection closed', async (bytes) => {
    const { hostname, port } = new URL(base());
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
      });
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await post(good())).status).toBe(200);
  });

  it('a body that never ends leaves the bot to answer others', async () => {
    const { hostname, port } = new URL(base());
    const socket = connect(Number(port), hostname);
    socket.write('POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n');
    socket.write('content-length: 1000\r\n\r\n{"type":');
    expect((await post(good())).status).toBe(200);
    socket.destroy();
    expect((await post(good())).status).toBe(200);
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
