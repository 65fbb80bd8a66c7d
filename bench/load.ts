import { Agent, request } from 'node:http';

export interface Measure {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Sends activities over connections that stay open; `check` throws at an answer that is not the right one. */
export interface Load {
  send(body: object): Promise<string>;
  run(turns: number, body: () => object, check: (answer: string) => void): Promise<Measure>;
  close(): void;
}

export function createLoad(address: string, connections: number, given: Record<string, string> = {}): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const url = new URL('/api/messages', address);

  const send = (body: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const text = Buffer.from(JSON.stringify(body));
      const headers = { 'content-type': 'application/json', 'content-length': text.length, ...given };
      const sent = request(url, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8');
          if (response.statusCode === 200) resolve(answer);
          else reject(new Error(`HTTP ${response.statusCode}: ${answer}`));
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });

  return {
    send,
    async run(turns, body, check) {
      const times: number[] = [];
      let left = turns;
      const began = performance.now();
      const sendInTurn = async (): Promise<void> => {
        while (left-- > 0) {
          const next = body();
          const started = performance.now();
          const answer = await send(next);
          times.push(performance.now() - started);
          check(answer);
        }
      };
      await Promise.all(Array.from({ length: connections }, sendInTurn));
      const seconds = (performance.now() - began) / 1000;
      times.sort((a, b) => a - b);
      const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
      return { perSecond: turns / seconds, p50: at(0.5), p99: at(0.99) };
    },
    close: () => agent.destroy(),
  };
}
