import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that stands for Teams: takes every message and update, and knows a team without members. */
let messages = 0;
const server = createServer((request, response) => {
  const isRead = request.method === 'GET';
  const body = JSON.stringify(isRead ? { members: [] } : { id: String(++messages) });
  request.resume().on('end', () => {
    response.writeHead(isRead ? 200 : 201, { 'content-type': 'application/json' }).end(body);
  });
});
// A server that lets go of idle connections meets a request on its way now and then.
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ address: `http://127.0.0.1:${port}` })}\n`);
});
