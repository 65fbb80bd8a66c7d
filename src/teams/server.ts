import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ConnectorClient } from 'botframework-connector';
import type { Registry } from 'prom-client';
import restify, { type Next, type Request, type Response } from 'restify';
import type { Authentication } from './authentication.js';
import type { Bot, Log } from './bot.js';
import { createDoor } from './door.js';
import type { ServeFile } from './files.js';
import {
  type Answer,
  type ConnectionLimits,
  createHttpServer,
  isMoreToCome,
  letInEvent,
  sendResponse,
} from './http.js';
import type { Incoming } from './incoming.js';
import { RequestRejected } from './refused.js';
import { createRouter } from './routes.js';
import { createTurnRunner } from './run-turn.js';

export interface ServerOptions extends Omit<ConnectionLimits, 'onRefused'> {
  readonly authentication: Authentication;
  readonly appId: string;
  readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly bot: Bot;
  readonly serveFile: ServeFile;
  readonly tenantId: string | undefined;
  readonly log: Log;
  readonly metrics: Registry;
  /** Resolves when the store and the outbox can be used. */
  readonly ready: () => Promise<void>;
  /** True once the bot is stopping: each response then closes its connection. */
  readonly isStopping: () => boolean;
  readonly onTurn: (type: string, seconds: number, status: number) => void;
}

const isMessages = ({ method, url = '' }: IncomingMessage): boolean =>
  method === 'POST' && /^\/api\/messages\/?(\?|$)/.test(url);

/** The HTTP server. Connections stay open after an accepted request; after a rejection, the response closes them. */
export function createServer(options: ServerOptions): Server {
  const { authentication, log, metrics, ready, isStopping, onTurn } = options;
  const letIn = createDoor({ checkToken: authentication.checkToken, tenantId: options.tenantId });
  const runTurn = createTurnRunner({ ...options, outgoing: authentication.outgoing });
  const route = createRouter({ ...options, runTurn });

  const respondTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    let activity: Incoming | undefined;
    let answer: Answer;
    try {
      activity = await letIn(request, response);
      request.socket.emit(letInEvent);
      answer = await route(activity);
    } catch (error) {
      answer = toRejection(error, log);
    }
    sendResponse(request, response, answer, { last: isStopping() || !activity });
    const type = activity?.type;
    onTurn(
      type === 'message' || type === 'invoke' ? type : 'other',
      (performance.now() - started) / 1000,
      answer.status,
    );
  };

  const sendJson = (request: Request, response: Response, status: number, body: object): void =>
    sendResponse(request, response, { status, body }, { last: true });

  const routes = restify.createServer({
    name: 'passerelle',
    ignoreTrailingSlash: true,
    handleUncaughtExceptions: false,
  });
  routes.pre((request: Request, response: Response, next: Next) => {
    if (isMessages(request)) return next();
    if (isMoreToCome(request)) {
      sendJson(request, response, 400, { error: 'a body is read at POST /api/messages only' });
      return next(false);
    }
    response.setHeader('connection', 'close');
    return next();
  });
  routes.post('/api/messages', (request: Request, response: Response, next: Next) => {
    void respondTo(request, response).finally(() => next(false));
  });
  const serveFile = (request: Request, response: Response, next: Next) => {
    void options.serveFile(request, response, String(request.params.token)).finally(() => next(false));
  };
  routes.get('/files/:token', serveFile);
  routes.head('/files/:token', serveFile);
  routes.post('/files/:token', serveFile);
  routes.get('/health', (request: Request, response: Response, next: Next) => {
    sendJson(request, response, 200, { status: 'ok' });
    next(false);
  });
  routes.get('/ready', (request: Request, response: Response, next: Next) => {
    ready()
      .then(() => sendJson(request, response, 200, { status: 'ready' }))
      .catch((error: unknown) => {
        log.warn({ err: error }, 'not ready');
        sendJson(request, response, 503, { status: 'not ready' });
      })
      .finally(() => next(false));
  });
  routes.get('/metrics', (_request: Request, response: Response, next: Next) => {
    metrics
      .metrics()
      .then((text) => {
        response.setHeader('content-type', metrics.contentType);
        response.end(text);
      })
      .catch((error: unknown) => {
        log.warn({ err: error }, 'the metrics could not be read');
        response.statusCode = 500;
        response.end();
      })
      .finally(() => next(false));
  });

  const { maxConnections, maxConnectionsPerAddress } = options;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    // restify combines these two into one URL outside any `try`: an invalid one would end the process.
    request.headers.host = 'passerelle';
    const isPath = request.url?.startsWith('/') && URL.canParse(`http://passerelle${request.url}`);
    if (isPath) routes.server.emit('request', request, response);
    else sendResponse(request, response, { status: 400, body: { error: 'no such address' } }, { last: true });
  };
  // restify creates an HTTP server whose limits cannot be set, so it only routes here, and never listens.
  return createHttpServer(handle, {
    maxConnections,
    maxConnectionsPerAddress,
    onRefused: () =>
      log.warn(
        { maxConnections, maxConnectionsPerAddress },
        'connections are ended: there are more than MAX_CONNECTIONS or MAX_CONNECTIONS_PER_ADDRESS allows',
      ),
  });
}

function toRejection(error: unknown, log: Log): Answer {
  if (error instanceof RequestRejected) {
    log.warn({ status: error.status, reason: error.reason }, 'an activity was refused');
    const headers = error.status === 503 ? { 'retry-after': '5' } : {};
    return { status: error.status, body: { error: error.message }, headers };
  }
  log.error({ err: error }, 'an activity could not be processed');
  return { status: 500, body: { error: 'it could not be processed' } };
}
