import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createLimiter } from '../test/support/limits.js';

/**
 * Stands for Teams in a process of its own: takes messages within the documented limits, answers 429 with
 * Retry-After beyond them, and takes as long as Teams does. `GET /report` says what came.
 */
export interface Report {
  /** Of each message that was taken: its conversation, the number in its text, and when it came. */
  readonly taken: readonly (readonly [conversationId: string, number: number, at: number])[];
  /** What a moment here is counted from, in milliseconds since 1970. */
  readonly timeOrigin: number;
  /** When a request was refused. */
  readonly refused: readonly number[];
  /** The longest time in which it could not note what came, in milliseconds: what came then came as one. */
  readonly stallMs: number;
}

const [least, most] = [150, 350];
const limiter = createLimiter();
const taken: [string, number, number][] = [];
const refused: number[] = [];
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

interface Body {
  readonly channelData?: { readonly channel?: { readonly id: string } };
}

const server = createServer((request, response) => {
  const at = performance.now();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = (status: number, body: object, headers = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
    if (request.url === '/report')
      return answer(200, {
        taken,
        timeOrigin: performance.timeOrigin,
        refused,
        stallMs: delay.max / 1e6,
      } satisfies Report);
    if (request.method === 'GET') return answer(200, { members: [] });
    const text = Buffer.concat(chunks).toString('utf8');
    const [, chat] = /^\/v3\/conversations\/([^/]+)\/activities/.exec(request.url ?? '') ?? [];
    const channel = (JSON.parse(text) as Body).channelData?.channel?.id;
    const conversationId = chat === undefined ? channel : decodeURIComponent(chat);
    const wait = limiter.ask(conversationId, at);
    const latency = least + Math.random() * (most - least);
    if (wait > 0) {
      refused.push(at);
      const after = { 'retry-after': String(Math.ceil(wait / 1_000)) };
      return setTimeout(
        () => answer(429, { error: { code: 'TooManyRequests', message: 'wait' } }, after),
        latency,
      );
    }
    if (conversationId !== undefined)
      taken.push([conversationId, Number(/message-(\d+)/.exec(text)?.[1]), at]);
    return setTimeout(() => answer(201, { id: `${taken.length}`, activityId: `${taken.length}` }), latency);
  });
});
// A server that lets go of idle connections meets a request on its way now and then.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${port}` })}\n`);
});
