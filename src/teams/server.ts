import type { IncomingMessage, Server } from 'node:http';
import { type Activity, CloudAdapter, type TurnContext } from 'botbuilder';
import {
  AuthenticationError,
  type BotFrameworkAuthentication,
  type ConnectorClient,
} from 'botframework-connector';
import type { Registry } from 'prom-client';
import restify, { type Next, type Request, type Response } from 'restify';
import type { SchoolIndex } from '../domain/schools/search.js';
import { SharedClients } from './authentication.js';
import type { Bot, Log } from './bot.js';
import { refusedAtGate } from './gate.js';
import { incomingKey, readActivity } from './incoming.js';
import { searchSchools } from './school-search.js';

/** Teams' own limit for a message with its card is 28 KB; an invoke carries what was typed besides. */
const maxBodyBytes = 256 * 1024;

/**
 * Longer than a load balancer keeps an idle connection (60 s, mostly): whichever ends it first, it must not be this
 * side, while a request is on its way.
 */
const keepAliveMs = 65_000;

/** Gives the framework's turn without its own answers, which show error texts to the caller. */
class Adapter extends CloudAdapter {
  receive(authHeader: string, activity: Partial<Activity>, logic: (context: TurnContext) => Promise<void>) {
    return this.processActivity(authHeader, activity as Activity, logic);
  }
}

export interface ServerOptions {
  readonly auth: BotFrameworkAuthentication;
  readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly bot: Bot;
  readonly schools: SchoolIndex;
  readonly tenantId?: string;
  readonly log: Log;
  readonly metrics: Registry;
  /** Resolves when the records and the outbox can be used. */
  readonly ready: () => Promise<void>;
  /** True once the bot is being stopped: each answer is then the last one of its connection. */
  readonly isStopping: () => boolean;
  readonly onTurn: (type: string, seconds: number, status: number) => void;
}

/** The HTTP side: what comes in is measured and checked here, before the framework sees it. */
export function createServer(options: ServerOptions): restify.Server {
  const { auth, connectorFor, bot, schools, tenantId, log, metrics, ready, isStopping, onTurn } = options;
  const adapter = new Adapter(new SharedClients(auth, connectorFor));
  const server = restify.createServer({
    name: 'passerelle',
    ignoreTrailingSlash: true,
    handleUncaughtExceptions: false,
  });

  /** A text is JSON already. */
  const answer = (res: Response, status: number, body?: object | string) => {
    res.statusCode = status;
    if (isStopping()) res.setHeader('connection', 'close');
    if (body === undefined) return void res.end();
    res.setHeader('content-type', 'application/json; charset=utf-8');
    res.end(typeof body === 'string' ? body : JSON.stringify(body));
  };

  // Teams compresses nothing, and a small compressed body can be a huge one.
  server.pre((req: Request, res: Response, next: Next) => {
    const encoding = req.headers['content-encoding'];
    if (encoding && encoding !== 'identity')
      return answer(res, 415, { error: 'content-encoding is not accepted' });
    return next();
  });

  const receive = async (req: Request, res: Response): Promise<void> => {
    const started = performance.now();
    let body: unknown;
    let status = 200;
    try {
      const read = await readJson(req);
      await arrivedTogether();
      if ('status' in read) return answer(res, read.status, { error: read.error });
      body = read.body;
      const activity = readActivity(body);
      if (!activity) return answer(res, 400, { error: 'this is no Bot Framework activity' });
      const refused = refusedAtGate(activity, tenantId);
      if (refused) {
        log.warn({ refused }, 'an activity was refused');
        return answer(res, 403, { error: refused });
      }
      const header = req.headers.authorization ?? '';
      // A button's answer is this response: the framework's turn, which exists to send, is not needed for it.
      if (activity.type === 'invoke' && activity.name === 'adaptiveCard/action') {
        await auth.authenticateRequest(body as Activity, header);
        return answer(res, 200, await bot.cardAction(activity));
      }
      if (activity.type === 'invoke' && activity.name === 'application/search') {
        await auth.authenticateRequest(body as Activity, header);
        return answer(res, 200, searchSchools(activity.value, schools));
      }
      const result = await adapter.receive(header, body as Partial<Activity>, (context) => {
        context.turnState.set(incomingKey, activity);
        return bot.turn(context);
      });
      status = result?.status ?? 200;
      answer(res, status, result?.body as object | undefined);
    } catch (error) {
      status = isAuthentication(error) ? 401 : 500;
      if (status === 500) log.error({ err: error }, 'an activity could not be processed');
      else log.warn({ reason: (error as Error).message }, 'an activity was not authenticated');
      answer(res, status, { error: status === 401 ? 'not authenticated' : 'it could not be processed' });
    } finally {
      const type = (body as { type?: unknown } | undefined)?.type;
      onTurn(
        type === 'message' || type === 'invoke' ? type : 'other',
        (performance.now() - started) / 1000,
        status,
      );
    }
  };

  server.post('/api/messages', (req: Request, res: Response, next: Next) => {
    void receive(req, res).finally(() => next(false));
  });
  server.get('/health', (_req: Request, res: Response, next: Next) => {
    answer(res, 200, { status: 'ok' });
    next(false);
  });
  server.get('/ready', (_req: Request, res: Response, next: Next) => {
    ready()
      .then(() => answer(res, 200, { status: 'ready' }))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'not ready');
        answer(res, 503, { status: 'not ready' });
      })
      .finally(() => next(false));
  });
  server.get('/metrics', (_req: Request, res: Response, next: Next) => {
    metrics
      .metrics()
      .then((text) => {
        res.setHeader('content-type', metrics.contentType);
        res.end(text);
      })
      .catch(() => answer(res, 500))
      .finally(() => next(false));
  });
  (server.server as Server).keepAliveTimeout = keepAliveMs;
  (server.server as Server).on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  return server;
}

/**
 * The framework calls a token that is malformed, unsigned, signed by another algorithm or not valid yet an
 * error of ours; all of them are somebody who is not authenticated.
 */
const isAuthentication = (error: unknown): boolean =>
  error instanceof AuthenticationError ||
  (error instanceof Error && /^(JsonWebTokenError|TokenExpiredError|NotBeforeError)$/.test(error.name)) ||
  (error instanceof Error && /\b(jwt|token|signature|issuer|authHeader|claims?)\b/i.test(error.message));

let round: Promise<void> | undefined;

/**
 * Resolves for all that arrive in one turn of the event loop at once: their work then goes on side by side, step by
 * step. A step that is repeated is still in the processor's caches, and what they commit shares a write.
 */
function arrivedTogether(): Promise<void> {
  round ??= new Promise((resolve) => {
    setImmediate(() => {
      round = undefined;
      resolve();
    });
  });
  return round;
}

type Body = { body: unknown } | { status: number; error: string };

/** Reads a JSON object of limited size. Whatever else is sent is refused with a 4xx. */
function readJson(req: IncomingMessage): Promise<Body> {
  const type = req.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type))
    return Promise.resolve({ status: 415, error: 'application/json is expected' });
  if (Number(req.headers['content-length'] ?? 0) > maxBodyBytes) return Promise.resolve(tooLarge(req));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBodyBytes) resolve(tooLarge(req));
      else chunks.push(chunk);
    });
    req.on('error', () => resolve({ status: 400, error: 'the body was cut' }));
    req.on('aborted', () => resolve({ status: 400, error: 'the body was cut' }));
    req.on('end', () => {
      try {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
        const object = typeof body === 'object' && body !== null && !Array.isArray(body);
        resolve(object ? { body } : { status: 400, error: 'a JSON object is expected' });
      } catch {
        resolve({ status: 400, error: 'the body is not JSON' });
      }
    });
  });
}

/** The rest is not read: the connection ends with the answer. */
function tooLarge(req: IncomingMessage): Body {
  req.removeAllListeners('data');
  req.resume();
  return { status: 413, error: `more than ${maxBodyBytes} bytes` };
}
