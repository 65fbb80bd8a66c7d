import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** How a connection that was kept open ends when its next request comes: without a word, or within the answer. */
export type Ending = 'silent' | 'in the head' | 'in the body';

const lastWords: Record<Ending, string> = {
  silent: '',
  'in the head': 'HTTP/1.1 201 Created\r\nContent-Ty',
  'in the body': 'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"id"',
};

/** The connections of a double. */
export function watchSockets(server: Server, onClosed: () => void) {
  /** How many requests each one has brought. */
  const sockets = new Map<Socket, number>();
  let ending: Ending | undefined;
  let ended = 0;

  server.on('connection', (socket) => {
    sockets.set(socket, 0);
    socket.on('close', () => {
      sockets.delete(socket);
      onClosed();
    });
  });

  return {
    /** Ends each connection from its second request on, which is lost. */
    endKept(how: Ending): void {
      ending = how;
    },
    /** How many it ended like this. */
    ended: () => ended,
    open: () => sockets.size,
    /** Takes note of a request; true when its connection was ended instead. */
    endsWith({ socket }: IncomingMessage): boolean {
      const before = sockets.get(socket) ?? 0;
      sockets.set(socket, before + 1);
      if (!ending || before === 0) return false;
      ended += 1;
      socket.end(lastWords[ending]);
      return true;
    },
    destroy(): void {
      for (const socket of sockets.keys()) socket.destroy();
    },
  };
}
