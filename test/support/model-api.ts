import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface ModelRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model?: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly tools: readonly { readonly function: { readonly name: string; readonly parameters: object } }[];
  };
  /** As it was sent. */
  readonly text: string;
}

export interface ModelAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
  /** The body is never ended. */
  readonly endless?: boolean;
}

export interface ModelApi {
  readonly url: string;
  readonly requests: readonly ModelRequest[];
  /** What it answers from now on; `nothing`: it takes the request and says nothing. */
  answerWith(answer: ModelAnswer | 'nothing'): void;
  /** What it answers to the next requests, one each. */
  answerInTurn(answers: readonly ModelAnswer[]): void;
  /** Resolves with the next request. */
  arrival(): Promise<void>;
  /** Resolves once nobody waits for an answer any more. */
  letGo(): Promise<void>;
  close(): Promise<void>;
}

/** A function call as the API words it. */
export const toolCall = (name: unknown, parameters: unknown): object => ({
  id: 'call_1',
  type: 'function',
  function: { name, arguments: typeof parameters === 'string' ? parameters : JSON.stringify(parameters) },
});

/** A completion that calls functions, as the API words it. */
export const completion = (calls: readonly unknown[], content: unknown = null): ModelAnswer => ({
  body: JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_795_000_000,
    model: 'a-model',
    choices: [
      {
        index: 0,
        finish_reason: 'tool_calls',
        message: { role: 'assistant', content, ...(calls.length > 0 ? { tool_calls: calls } : {}) },
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }),
});

/** A double of the chat completions API of OpenAI and Azure on a free port of 127.0.0.1. */
export async function startModelApi(): Promise<ModelApi> {
  const requests: ModelRequest[] = [];
  const closed: Promise<void>[] = [];
  let onArrival = () => {};
  let always: ModelAnswer | 'nothing' = completion([]);
  const inTurn: ModelAnswer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      requests.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(text), text });
      closed.push(new Promise((resolve) => response.once('close', () => resolve())));
      onArrival();
      const answer = inTurn.shift() ?? always;
      if (answer === 'nothing') return;
      response.writeHead(answer.status ?? 200, { 'content-type': answer.type ?? 'application/json' });
      if (answer.endless) response.write(answer.body);
      else response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerWith: (next) => {
      always = next;
    },
    answerInTurn: (answers) => void inTurn.push(...answers),
    arrival: () =>
      new Promise((resolve) => {
        onArrival = resolve;
      }),
    letGo: async () => void (await Promise.all(closed)),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
