import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Registry } from 'prom-client';
import restify, { type Next, type Request, type Response } from 'restify';
import type { Log } from './bot.js';
import { isMoreToCome, sendResponse } from './http.js';
import type { createLogLimit } from './log-limit.js';

export interface ProbeOptions {
  readonly metrics: Registry;
  /** Resolves when the store and the outbox can be used. */
  readonly ready: () => Promise<void>;
  readonly log: Log;
  readonly limitLog: ReturnType<typeof createLogLimit>;
}

const sendJson = (request: Request, response: Response, status: number, body: object): void =>
  sendResponse(request, response, { status, body }, { last: true });

/** A router for addresses without a body: `takesBody` says which requests are exceptions. */
export function createRoutes(takesBody: (request: IncomingMessage) => boolean): restify.Server {
  const routes = restify.createServer({
    name: 'passerelle',
    ignoreTrailingSlash: true,
    handleUncaughtExceptions: false,
  });
  routes.pre((request: Request, response: Response, next: Next) => {
    if (takesBody(request)) return next();
    if (isMoreToCome(request)) {
      sendJson(request, response, 400, { error: 'a body is read at POST /api/messages only' });
      return next(false);
    }
    response.setHeader('connection', 'close');
    return next();
  });
  return routes;
}

/** Answers that the process lives, which tells a stranger nothing. */
export function addHealth(routes: restify.Server): void {
  routes.get('/health', (request: Request, response: Response, next: Next) => {
    sendJson(request, response, 200, { status: 'ok' });
    next(false);
  });
}

/** Answers whether the bot can work, and its figures. */
export function addReadyAndMetrics(
  routes: restify.Server,
  { metrics, ready, log, limitLog }: ProbeOptions,
): void {
  const warn = (error: unknown, text: string) =>
    limitLog(text, (more) => log.warn({ err: error, ...more }, text));
  routes.get('/ready', (request: Request, response: Response, next: Next) => {
    ready()
      .then(() => sendJson(request, response, 200, { status: 'ready' }))
      .catch((error: unknown) => {
        warn(error, 'not ready');
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
        warn(error, 'the metrics could not be read');
        response.statusCode = 500;
        response.end();
      })
      .finally(() => next(false));
  });
}

/**
 * What an HTTP server calls for its requests. restify creates an HTTP server whose limits cannot be set, so it only
 * routes, and never listens.
 */
export function toListener(routes: restify.Server): RequestListener {
  return (request: IncomingMessage, response: ServerResponse): void => {
    // restify combines these two into one URL outside any `try`: an invalid one would end the process.
    request.headers.host = 'passerelle';
    const isPath = request.url?.startsWith('/') && URL.canParse(`http://passerelle${request.url}`);
    if (isPath) routes.server.emit('request', request, response);
    else sendResponse(request, response, { status: 400, body: { error: 'no such address' } }, { last: true });
  };
}
