import { type Agent, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

/** What a step of the SDK's pipeline is given (`PipelineRequest` of @azure/core-rest-pipeline): one request. */
interface Request {
  readonly url: string;
  agent?: Agent;
}

export interface ConnectionOptions {
  /**
   * `shared`: requests one after the other share a connection. `own`: each has a connection of its own. Between the
   * two lies a TLS handshake for each request.
   */
  readonly connections: 'shared' | 'own';
  readonly idleMs?: number | undefined;
  readonly connectMs?: number | undefined;
}

/**
 * A connection that was idle for so long is let go. Node's servers do the same after 5 s, most others later. Node's
 * agent goes by what the server announces (`Keep-Alive: timeout=…`) only as far as it is shorter than a time of its own.
 */
const defaultIdleMs = 4_000;
/** The messenger waits 10 s for an answer: a connection that was not made is known not to have carried anything. */
const defaultConnectMs = 5_000;

/** The code of an error when the connection was never made, whichever step failed. */
export const notConnectedCode = 'ENOTCONN';
/** The code of an error when a connection that had carried other requests ended before anything of the answer came. */
const endedUnansweredCode = 'ENDED_UNANSWERED';

/**
 * The step of the SDK's pipeline that chooses connections. The other side can end an idle connection at the moment a
 * request sets out: on a shared connection, a request that came to nothing is sent once more, on a connection of its
 * own. The server may have received the first one, so that requests must do no harm twice where connections are shared.
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
      // A proxy's agent, which keeps no connection.
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

/** Gives connections so long to be made, and marks the error of one that was not. */
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

/** Marks the error of a request whose connection had carried others, and ended before anything of the answer came. */
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
