import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';

/**
 * Longer than load balancers keep idle connections (mostly 60 s), so that this side never closes one while a request
 * is on its way.
 */
const keepAliveMs = 65_000;

/** How long a client may take to send a request. */
interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often both are checked. */
  readonly checkEveryMs: number;
}
/** Teams sends a few kilobytes at once; a client that needs longer takes a connection from others. */
const patienceWithAll: Patience = { headersMs: 5_000, requestMs: 10_000, checkEveryMs: 1_000 };

/** How long a rejected client has to read the response, and how much of its body is read meanwhile. */
const lingerMs = 500;
const lingerBytes = 32 * 1024;

/** A mark on a socket over which an authenticated sender was accepted: it is never closed to make room. */
export const letInEvent = 'passerelle:letIn';

export interface ConnectionLimits {
  readonly maxConnections: number;
  /** 0: no limit. */
  readonly maxConnectionsPerAddress: number;
  /** A connection was rejected. */
  readonly onRefused: () => void;
}

/**
 * Creates an HTTP server on which unauthenticated clients can hold neither a connection for long, nor many of them.
 */
export function createHttpServer(
  handle: RequestListener,
  limits: ConnectionLimits,
  { headersMs, requestMs, checkEveryMs } = patienceWithAll,
): Server {
  const underWay = new Map<Socket, ServerResponse>();
  const handleOne: RequestListener = (request, response) => {
    const { socket } = request;
    const before = underWay.get(socket);
    if (before && !before.writableEnded) {
      // Teams never sends a second request before the first is answered. Such a request is dropped with the
      // connection, as RFC 9112, section 9.3.2, allows; many of them would cause many turns for the price of one
      // packet.
      if (!before.headersSent) before.setHeader('connection', 'close');
      socket.pause();
      return;
    }
    underWay.set(socket, response);
    response.on('close', () => {
      if (underWay.get(socket) === response) underWay.delete(socket);
    });
    handle(request, response);
  };

  const server = createServer({
    keepAliveTimeout: keepAliveMs,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkEveryMs,
  });
  server.on('request', handleOne);
  server.on('checkContinue', handleOne);
  // For a client that does not read its responses.
  server.timeout = keepAliveMs;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const status = errorStatus(error.code);
    if (socket.writable && !underWay.get(socket)?.headersSent)
      socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    socket.destroySoon();
  });
  limitConnections(server, limits);
  return server;
}

const errorStatus = (code: string | undefined): string => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
};

/**
 * Limits the number of connections. If there are too many, the one that has gone longest without an accepted request
 * is closed, so that strangers cannot occupy them all, however patient they are.
 */
function limitConnections(server: Server, limits: ConnectionLimits): void {
  const { maxConnections, maxConnectionsPerAddress, onRefused } = limits;
  /** With their addresses, which a closed socket no longer knows. */
  const all = new Map<Socket, string>();
  const strangers = new Set<Socket>();
  const perAddress = new Map<string, number>();

  const forget = (socket: Socket): void => {
    strangers.delete(socket);
    const address = all.get(socket);
    if (address === undefined) return;
    all.delete(socket);
    const left = (perAddress.get(address) ?? 0) - 1;
    if (left > 0) perAddress.set(address, left);
    else perAddress.delete(address);
  };
  const refuse = (socket: Socket): void => {
    socket.destroy();
    onRefused();
  };
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (perAddress.get(address) ?? 0) + 1;
    if (maxConnectionsPerAddress > 0 && count > maxConnectionsPerAddress) return refuse(socket);
    perAddress.set(address, count);
    all.set(socket, address);
    strangers.add(socket);
    socket.once(letInEvent, () => strangers.delete(socket));
    socket.on('close', () => forget(socket));
    if (all.size <= maxConnections) return;
    const [longest = socket] = strangers;
    forget(longest);
    refuse(longest);
  });
}

/** Tells a client that waits for it (`Expect: 100-continue`) to send the body. */
export function askForBody(request: IncomingMessage, response: ServerResponse): void {
  if (request.httpVersion === '1.1' && request.headers.expect) response.writeContinue();
}

/** Whether a body was announced but has not been read to its end. */
export const isMoreToCome = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

export interface Answer {
  readonly status: number;
  /** A string is JSON already. */
  readonly body?: object | string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Sends a response. It closes the connection when asked to, or when the body has not been read to its end; a client
 * that is still sending gets a moment to read the response.
 */
export function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, headers = {} }: Answer,
  { last }: { last: boolean },
): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
  if (text) response.setHeader('content-type', 'application/json; charset=utf-8');
  const more = isMoreToCome(request);
  if (last || more) response.setHeader('connection', 'close');
  if (!more || request.destroyed) return void response.end(text);

  // Sends the complete response, but does not close the connection yet: closed with unread data, it would be reset,
  // and the client could lose the response.
  response.setHeader('content-length', Buffer.byteLength(text));
  response.write(text);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > lingerBytes) request.pause();
  });
  request.on('end', end);
  request.on('close', end);
}
