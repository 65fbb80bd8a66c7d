import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDirectory, type Member } from './connector-directory.js';
import { watchSockets } from './connector-sockets.js';

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  /** The conversation and the activity that it is about, decoded. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: SeenBody | undefined;
  /** Milliseconds, `performance.now()`. */
  readonly at: number;
}

export interface SeenActivity {
  readonly type?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly attachments?: readonly { contentType: string; content: unknown }[];
  readonly entities?: readonly object[];
  readonly channelData?: {
    readonly channel?: { readonly id: string };
    readonly feedbackLoop?: { readonly type: string };
  };
}

/** The parts of a body that the double reads: those of an activity, or of a conversation to create. */
export interface SeenBody extends SeenActivity {
  readonly activity?: SeenActivity;
  readonly isGroup?: boolean;
  readonly bot?: { readonly id: string };
  readonly members?: readonly { readonly id: string }[];
  readonly tenantId?: string;
}

/** A message that Teams took. */
export interface SeenMessage {
  /** Without `;messageid=`. */
  readonly conversationId: string;
  readonly activityId: string;
  readonly activity: SeenActivity;
  /** The first attachment's content. */
  readonly card: unknown;
  readonly at: number;
}

/** What goes wrong with the next matching request. */
export interface Fault {
  /** Writes (POST and PUT) when nothing is said. */
  readonly match?: (request: SeenRequest) => boolean;
  /** How many requests; 1 when nothing is said. */
  readonly times?: number;
  readonly status?: number;
  /** Seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
  readonly code?: string;
  readonly message?: string;
  readonly delayMs?: number;
  /** Answers once this has come to pass. */
  readonly until?: Promise<void>;
  /** Cuts the connection, with the message lost (`before`) or taken (`after`). */
  readonly cut?: 'before' | 'after';
}

export interface Connector {
  /** Its service URL. */
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  readonly posts: readonly SeenMessage[];
  readonly updates: readonly SeenMessage[];
  readonly deletes: readonly { conversationId: string; activityId: string }[];
  /** The card that an activity shows now. */
  cardOf(activityId: string): unknown;
  /** The messages of one conversation, in order. */
  personal(conversationId: string): readonly SeenMessage[];
  fail(fault: Fault): void;
  /** Nothing goes wrong any more. */
  heal(): void;
  /** Remembers nothing of what came so far. */
  forget(): void;
  /** Its connections, which it can end. */
  readonly sockets: Pick<ReturnType<typeof watchSockets>, 'endKept' | 'ended' | 'open'>;
  /** Says in each answer after how many seconds it lets go of an idle connection. */
  announce(seconds: number): void;
  /** The members of a conversation or team. */
  setMembers(id: string, members: readonly Member[]): void;
  setTeam(team: { id: string; name?: string; channels?: readonly { id: string; name?: string }[] }): void;
  /** Resolves as soon as the condition holds, looked at after each request and connection; rejects after `timeoutMs`. */
  waitFor(condition: () => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** A double of the Bot Framework connector on a free port of 127.0.0.1, that takes and remembers all. */
export async function startConnector(): Promise<Connector> {
  const requests: SeenRequest[] = [];
  const posts: SeenMessage[] = [];
  const updates: SeenMessage[] = [];
  const deletes: { conversationId: string; activityId: string }[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  const watchers = new Set<() => void>();
  const directory = createDirectory();
  const cards = new Map<string, unknown>();
  let lastActivity = 1_700_000_000_000;
  let announced = {};

  const server = createServer((request, response) => {
    serve(request, response).catch((error) =>
      answer(response, 500, { error: { code: 'Double', message: String(error) } }),
    );
  });
  const lookAll = () => watchers.forEach((look) => void look());
  const sockets = watchSockets(server, lookAll);
  // A server that lets go of idle connections meets a request on its way now and then.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (sockets.endsWith(incoming)) return;
    const request = await read(incoming);
    requests.push(request);
    const fault = nextFault(request);
    if (fault?.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    await fault?.until;
    if (fault?.status !== undefined) {
      const after = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      const error = { code: fault.code ?? 'ServiceError', message: fault.message ?? 'as the test asked' };
      answer(response, fault.status, { error }, { ...announced, ...after });
    } else if (fault?.cut === 'before') {
      incoming.socket.destroy();
    } else {
      const { status, body } = take(request);
      if (fault?.cut === 'after') incoming.socket.destroy();
      else answer(response, status, body, announced);
    }
    lookAll();
  }

  function nextFault(request: SeenRequest): Fault | undefined {
    const isWrite = request.method === 'POST' || request.method === 'PUT';
    const next = faults.find(({ fault, left }) => left > 0 && (fault.match?.(request) ?? isWrite));
    if (next) next.left -= 1;
    return next?.fault;
  }

  function take(request: SeenRequest): { status: number; body: unknown } {
    const { method, path, body } = request;
    const [rawId = '', activityId] = request.ids;
    const conversationId = withoutThread(rawId);
    if (method === 'POST' && path === '/v3/conversations') return createConversation(request);
    if (method === 'POST' && rawId && body) {
      return { status: 201, body: { id: remember(posts, conversationId, nextId(), body, request.at) } };
    }
    if (method === 'PUT' && activityId !== undefined && body) {
      const message = 'Message does not exist in the thread.';
      if (!cards.has(activityId)) return notFound('ActivityNotFoundInConversation', message);
      return { status: 200, body: { id: remember(updates, conversationId, activityId, body, request.at) } };
    }
    if (method === 'DELETE' && activityId !== undefined) {
      deletes.push({ conversationId, activityId });
      return { status: 200, body: {} };
    }
    return directory.answer(request) ?? notFound('NotFound', `${method} ${path} is not doubled`);
  }

  function createConversation({ body, at }: SeenRequest): { status: number; body: unknown } {
    const channelId = body?.channelData?.channel?.id;
    if (channelId === undefined || !body?.activity) {
      return { status: 201, body: { id: `a:${body?.members?.[0]?.id ?? 'nobody'}`, serviceUrl: url } };
    }
    const activityId = remember(posts, channelId, nextId(), body.activity, at);
    return { status: 201, body: { id: `${channelId};messageid=${activityId}`, activityId, serviceUrl: url } };
  }

  function remember(
    where: SeenMessage[],
    conversationId: string,
    activityId: string,
    activity: SeenActivity,
    at: number,
  ): string {
    const card = activity.attachments?.[0]?.content;
    where.push({ conversationId, activityId, activity, card, at });
    cards.set(activityId, card);
    return activityId;
  }

  const nextId = () => String(++lastActivity);

  return {
    url,
    requests,
    posts,
    updates,
    deletes,
    cardOf: (activityId) => cards.get(activityId),
    personal: (conversationId) => posts.filter((post) => post.conversationId === conversationId),
    fail: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    heal: () => void faults.splice(0),
    forget: () => {
      for (const seen of [requests, posts, updates, deletes]) seen.length = 0;
      cards.clear();
    },
    sockets,
    announce: (seconds) => {
      announced = { 'keep-alive': `timeout=${seconds}` };
    },
    setMembers: directory.setMembers,
    setTeam: directory.setTeam,
    waitFor: (condition, timeoutMs = 5_000) =>
      new Promise((resolve, reject) => {
        if (condition()) return resolve();
        const done = (end: () => void) => {
          clearTimeout(timer);
          watchers.delete(look);
          end();
        };
        const look = () => condition() && done(resolve);
        const late = () => new Error(`${condition} did not come to hold; ${requests.length} requests came`);
        const timer = setTimeout(() => done(() => reject(late())), timeoutMs);
        watchers.add(look);
        return undefined;
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.destroy();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const at = performance.now();
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://connector');
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const body = text === '' ? undefined : (JSON.parse(text) as SeenBody);
  const path = decodeURIComponent(pathname);
  const named = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(pathname) ?? [];
  const ids = named.slice(1).filter(Boolean).map(decodeURIComponent);
  return {
    method: incoming.method ?? '',
    path,
    ids,
    query: searchParams,
    headers: incoming.headers,
    body,
    at,
  };
}

function answer(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  // Not chained: restify replaces writeHead for the whole process, by one that gives nothing back.
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

const withoutThread = (conversationId: string): string => conversationId.split(';messageid=')[0] ?? '';

const notFound = (code: string, message: string) => ({ status: 404, body: { error: { code, message } } });
