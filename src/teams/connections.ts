import { type Agent, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

/** One request, as steps of the SDK's pipeline get it (`PipelineRequest` of @azure/core-rest-pipeline). */
interface Request {
  readonly url: string;
  agent?: Agent;
}

export interface ConnectionOptions {
  /**
   * `shared`: successive requests share a connection. `own`: each request has its own, at the cost of a TLS
   * handshake.
   */
  readonly connections: 'shared' | 'own';
  readonly idleMs?: number | undefined;
  readonly connectMs?: number | undefined;
}

/**
 * Idle connections are closed after this. Node's servers close them after 5 s, most others later. Node's agent
 * respects the server's announcement (`Keep-Alive: timeout=…`) only if it is shorter than its own timeout.
 */
const defaultIdleMs = 4_000;
/**
 * Shorter than the 10 s that the messenger waits for a response, so that a connection never made is known to have
 * carried nothing.
 */
const defaultConnectMs = 5_000;

/** The error code of a connection that was never made, whichever step failed. */
export const notConnectedCode = 'ENOTCONN';
/** The error code of a reused connection that ended before any of the response arrived. */
const endedUnansweredCode = 'ENDED_UNANSWERED';

/**
 * The step of the SDK's pipeline that selects connections. The server may close an idle connection just as a request
 * is sent, so on a shared connection such a request is sent once more, on a connection of its own. The server may
 * have received the first one: where connections are shared, requests must be harmless when repeated.
 */
export function connectionPolicy({ connections, ...times }: ConnectionOptions) {
  const shared = connections === 'shared' ? createAgents(true, times) : undefined;
  const own = createAgents(false, times);

  return {
    name: 'connectionPolicy',
    async sendRequest<Response>(
      request: Request,
      next: (request: Request) => Promise<Response>,
    ): Promise<Response> {
      // The agent of a proxy, which keeps no connections.
      if (request.agent) return next(request);
      const protocol = new URL(request.url).protocol === 'http:' ? 'http:' : 'https:';
      if (shared) {
        request.agent = shared[protocol];
        try {
          return await next(request);
        } catch (error) {
          if ((error as { code?: unknown }).code !== endedUnansweredCode) throw error;
        }
      }
      request.agent = own[protocol];
      return next(request);
    },
  };
}

function createAgents(keepAlive: boolean, times: Omit<ConnectionOptions, 'connections'>) {
  const { idleMs = defaultIdleMs, connectMs = defaultConnectMs } = times;
  const options = keepAlive ? { keepAlive, timeout: idleMs } : { keepAlive };
  const agents = { 'http:': new HttpAgent(options), 'https:': new HttpsAgent(options) };
  markNotConnected(agents['http:'], 'connect', connectMs);
  markNotConnected(agents['https:'], 'secureConnect', connectMs);
  for (const agent of Object.values(agents)) markUnanswered(agent);
  return agents;
}

/** Limits the time for making a connection, and marks the error of one that was not made. */
function markNotConnected(agent: Agent, made: 'connect' | 'secureConnect', connectMs: number): void {
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = create(options, callback);
    const mark = (error: NodeJS.ErrnoException) => {
      error.code = notConnectedCode;
    };
    const late = () => socket?.destroy(new Error(`no connection within ${connectMs} ms`));
    const timer = setTimeout(late, connectMs);
    socket?.once('error', mark);
    socket?.once('close', () => clearTimeout(timer));
    socket?.once(made, () => {
      clearTimeout(timer);
      socket.off('error', mark);
    });
    return socket;
  };
}

/** Marks the error of a request whose connection was reused and ended before any of the response arrived. */
function markUnanswered(agent: Agent): void {
  const reuse = agent.reuseSocket.bind(agent);
  agent.reuseSocket = (socket, request) => {
    reuse(socket, request);
    const { bytesRead } = socket as Socket;
    request.prependOnceListener('error', (error: NodeJS.ErrnoException) => {
      const isEnded = error.code === 'ECONNRESET' || error.code === 'EPIPE';
      if (isEnded && (socket as Socket).bytesRead === bytesRead) error.code = endedUnansweredCode;
    });
  };
}
