import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Longer than any turn takes: a connection still open after this is idle or stuck. */
const closeTimeoutMs = 10_000;

/** Starts listening; returns the port. Rejects if the port is taken. */
export async function startServer(server: Server, port: number, host: string | undefined): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  return (server.address() as AddressInfo).port;
}

/** Stops accepting connections, and waits for the requests in progress. */
export async function stopServer(server: Server): Promise<void> {
  // The close callback of a server that never listened is not called.
  if (!server.listening) return;
  const closeTimer = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(closeTimer);
}
