import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ConnectionLimits, createHttpServer, letInEvent, sendResponse } from '../../src/teams/http.js';
import { dial, type Raw } from '../support/raw.js';

const open = { maxConnections: 100, maxConnectionsPerAddress: 0, onRefused: () => undefined };
const impatient = { headersMs: 60, requestMs: 120, checkEveryMs: 20 };
let server: Server;
let url: string;
let handled: IncomingMessage[];
let connected: number;
/** Ends the requests that wait for it. */
let finish: (() => void)[];

async function start(limits: Partial<ConnectionLimits> = {}, patience?: typeof impatient): Promise<void> {
  handled = [];
  connected = 0;
  finish = [];
  server = createHttpServer(
    (request, response) => {
      handled.push(request);
      const answer = () => {
        request.socket.emit(letInEvent);
        sendResponse(request, response, { status: 200, body: {} }, { last: false });
      };
      if (request.method === 'GET') return answer();
      finish.push(answer);
      request.resume();
    },
    { ...open, ...limits },
    patience,
  );
  server.on('connection', () => {
    connected += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Ends the first connection over which something was handled; resolves when the server knows. */
async function hangUp(client: Raw): Promise<void> {
  client.socket.destroy();
  const socket = handled[0]?.socket;
  if (socket && !socket.destroyed) await once(socket, 'close');
}

const get = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const post = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n';
const answered = async (client: Raw) => expect(await client.until(/\{\}$/)).toMatch(/^HTTP\/1\.1 200 /);

describe('who takes too long is told so, and the connection is ended', () => {
  beforeEach(() => start({}, impatient));

  it.each([
    ['nothing at all', ''],
    ['half a request line', 'POST /api/mess'],
    ['headers without an end', 'POST / HTTP/1.1\r\nhost: x\r\nx-a: 1\r\n'],
    ['a body that is not all there', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{'],
    [
      'a chunk that is not all there',
      'POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\na\r\n{',
    ],
    ['half a second request', `${get}GET / HT`],
  ])('%s', async (_, bytes) => {
    expect(await dial(url, bytes).closed()).toMatch(
      /HTTP\/1\.1 408 Request Timeout\r\nConnection: close\r\n/,
    );
  });

  it('also when a byte comes every now and then', async () => {
    const client = dial(url, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n');
    const drip = setInterval(() => client.socket.write(' '), 10);
    expect(await client.closed()).toMatch(/ 408 /);
    clearInterval(drip);
  });

  it('a connection is kept that only waits between two requests', async () => {
    const client = dial(url, get);
    await answered(client);
    const slow = dial(url);
    await slow.closed();
    expect(client.socket.destroyed).toBe(false);
  });
});

it('what Teams needs is far less than what is waited for', async () => {
  await start();
  expect([server.headersTimeout, server.requestTimeout]).toEqual([5_000, 10_000]);
});

describe('connections', () => {
  it('more than there may be are refused, and told of; with one that has ended there is room again', async () => {
    const onRefused = jest.fn();
    await start({ maxConnections: 2, onRefused });
    const [first, second] = [dial(url, get), dial(url, get)];
    await answered(first);
    await answered(second);
    expect(await dial(url, get).closed()).toBe('');
    expect(await dial(url, get).closed()).toBe('');
    expect(onRefused).toHaveBeenCalledTimes(2);
    await hangUp(first);
    await answered(dial(url, get));
  });

  it('make room for others when nothing has been let in over them, the longest there first', async () => {
    await start({ maxConnections: 3 });
    const kept = dial(url, get);
    await answered(kept);
    const strangers = [dial(url, 'GET'), dial(url, 'GET')];
    while (connected < 3) await once(server, 'connection');
    await answered(dial(url, get));
    expect(await strangers[0]?.closed()).toBe('');
    await answered(dial(url, get));
    expect(await strangers[1]?.closed()).toBe('');
    expect(await dial(url, get).closed()).toBe('');
    expect(kept.socket.destroyed).toBe(false);
  });

  it('of one address are limited apart from those of another', async () => {
    await start({ maxConnectionsPerAddress: 1 });
    const first = dial(url, get);
    await answered(first);
    expect(await dial(url, get).closed()).toBe('');
    await answered(dial(url, get, '127.0.0.2'));
    await hangUp(first);
    await answered(dial(url, get));
  });

  it('serve one request after the other', async () => {
    await start();
    const client = dial(url, get);
    await answered(client);
    client.socket.write(get);
    await client.until(/\{\}[\s\S]*\{\}$/);
    expect(handled).toHaveLength(2);
  });

  it('end after the answer to the first of many requests sent at once; the others are not handled', async () => {
    await start();
    const client = dial(url, post.repeat(500));
    while (finish.length === 0) await once(server, 'request');
    finish[0]?.();
    expect((await client.closed()).match(/HTTP\/1\.1 200/g)).toHaveLength(1);
    expect(handled).toHaveLength(1);
  });
});

describe('what is not HTTP is answered and the connection ended', () => {
  beforeEach(() => start());

  const head = 'POST / HTTP/1.1\r\nhost: x\r\n';
  it.each([
    ['nonsense', 'NONSENSE\r\n\r\n', 400],
    ['another version', 'POST / HTTP/9.9\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a long address', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431],
    ['a long header', `GET / HTTP/1.1\r\nhost: x\r\nx-a: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'a length, and chunks beside it',
      `${head}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['two lengths', `${head}content-length: 3\r\ncontent-length: 4\r\n\r\nabc`, 400],
    ['a negative length', `${head}content-length: -1\r\n\r\n`, 400],
    ['a chunk without a length', `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`, 400],
  ])('%s', async (_, bytes, status) => {
    expect(await dial(url, bytes).closed()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('a tunnel is not opened', async () => {
    expect(await dial(url, 'CONNECT example.org:443 HTTP/1.1\r\nhost: example.org\r\n\r\n').closed()).toBe(
      '',
    );
    expect(handled).toEqual([]);
  });

  it("a connection is not made another protocol's", async () => {
    const client = dial(
      url,
      get.replace('\r\n\r\n', '\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
    );
    await answered(client);
  });
});
