import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { ConnectorClient } from 'botframework-connector';
import type { Next, Request, Response } from 'restify';
import { noticePath } from '../features/shared/links.js';
import type { Reaction } from './ai-marks.js';
import type { Authentication } from './authentication.js';
import type { Bot } from './bot.js';
import { createDoor } from './door.js';
import type { ServeFile } from './files.js';
import { type Answer, type ConnectionLimits, createHttpServer, letInEvent, sendResponse } from './http.js';
import type { Incoming } from './incoming.js';
import { createLogLimit } from './log-limit.js';
import { addHealth, addReadyAndMetrics, createRoutes, type ProbeOptions, toListener } from './probes.js';
import { RequestRejected } from './refused.js';
import { createRouter } from './routes.js';
import { createTurnRunner } from './run-turn.js';

export interface ServerOptions extends Omit<ConnectionLimits, 'onRefused'>, Omit<ProbeOptions, 'limitLog'> {
  readonly authentication: Authentication;
  readonly appId: string;
  readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly bot: Bot;
  readonly serveFile: ServeFile;
  readonly serveNotice: (request: IncomingMessage, response: ServerResponse) => void;
  readonly tenantId: string | undefined;
  /** True once the bot is stopping: each response then closes its connection. */
  readonly isStopping: () => boolean;
  readonly onFeedback: (reaction: Reaction) => void;
  readonly onTurn: (type: string, seconds: number, status: number) => void;
}

export interface Servers {
  /** What Teams reaches. Connections stay open after an accepted request; after a rejection, the response closes them. */
  readonly server: Server;
  /** What only those who run the bot should reach. */
  readonly adminServer: Server | undefined;
}

const isMessages = ({ method, url = '' }: IncomingMessage): boolean =>
  method === 'POST' && /^\/api\/messages\/?(\?|$)/.test(url);

/**
 * The HTTP servers.
 * @param hasAdmin whether `/ready` and `/metrics` are on a server of their own, and on no other
 */
export function createServers(options: ServerOptions, hasAdmin: boolean): Servers {
  const { authentication, log, isStopping, onTurn, maxConnections, maxConnectionsPerAddress } = options;
  const letIn = createDoor({ checkToken: authentication.checkToken, tenantId: options.tenantId });
  const runTurn = createTurnRunner({ ...options, outgoing: authentication.outgoing });
  const route = createRouter({ ...options, runTurn });
  const limitLog = createLogLimit();

  const toRejection = (error: unknown): Answer => {
    if (error instanceof RequestRejected) {
      const { status, reason } = error;
      limitLog(`${status} ${reason}`, (more) =>
        log.warn({ status, reason, ...more }, 'an activity was refused'),
      );
      const headers = status === 503 ? { 'retry-after': '5' } : {};
      return { status, body: { error: error.message }, headers };
    }
    log.error({ err: error }, 'an activity could not be processed');
    return { status: 500, body: { error: 'it could not be processed' } };
  };

  const respondTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const started = performance.now();
    let activity: Incoming | undefined;
    let answer: Answer;
    try {
      activity = await letIn(request, response);
      request.socket.emit(letInEvent);
      answer = await route(activity);
    } catch (error) {
      answer = toRejection(error);
    }
    sendResponse(request, response, answer, { last: isStopping() || !activity });
    const type = activity?.type;
    onTurn(
      type === 'message' || type === 'invoke' ? type : 'other',
      (performance.now() - started) / 1000,
      answer.status,
    );
  };

  const limits: ConnectionLimits = {
    maxConnections,
    maxConnectionsPerAddress,
    onRefused: () =>
      limitLog('connections', (more) =>
        log.warn(
          { maxConnections, maxConnectionsPerAddress, ...more },
          'connections are ended: there are more than MAX_CONNECTIONS or MAX_CONNECTIONS_PER_ADDRESS allows',
        ),
      ),
  };

  const routes = createRoutes(isMessages);
  routes.post('/api/messages', (request: Request, response: Response, next: Next) => {
    void respondTo(request, response).finally(() => next(false));
  });
  const serveFile = (request: Request, response: Response, next: Next) => {
    void options.serveFile(request, response, String(request.params.token)).finally(() => next(false));
  };
  routes.get('/files/:token', serveFile);
  routes.head('/files/:token', serveFile);
  routes.post('/files/:token', serveFile);
  const serveNotice = (request: Request, response: Response, next: Next) => {
    options.serveNotice(request, response);
    next(false);
  };
  routes.get(noticePath, serveNotice);
  routes.head(noticePath, serveNotice);
  addHealth(routes);
  const server = createHttpServer(toListener(routes), limits);
  const adminRoutes = hasAdmin ? createRoutes(() => false) : routes;
  addReadyAndMetrics(adminRoutes, { ...options, limitLog });
  if (!hasAdmin) return { server, adminServer: undefined };
  addHealth(adminRoutes);
  return { server, adminServer: createHttpServer(toListener(adminRoutes), limits) };
}
