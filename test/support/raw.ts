import { connect, type Socket } from 'node:net';

/** What a client sends that keeps to no library's idea of HTTP. */
export interface Raw {
  readonly socket: Socket;
  /** All that was said to it so far. */
  said(): string;
  /** Resolves with all that was said as soon as that matches. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves with all that was said when the other side has ended the connection; this side never does. */
  closed(): Promise<string>;
}

export function dial(url: string, bytes = '', localAddress = '127.0.0.1'): Raw {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, localAddress, allowHalfOpen: true });
  let text = '';
  let isClosed = false;
  const watchers = new Set<() => void>();
  const look = () => {
    for (const watcher of watchers) watcher();
  };
  socket.on('data', (chunk) => {
    text += chunk.toString();
    look();
  });
  // Ended, or reset.
  for (const event of ['end', 'error', 'close'])
    socket.on(event, () => {
      isClosed = true;
      socket.destroy();
      look();
    });
  if (bytes) socket.write(bytes);
  const when = (condition: () => boolean, what: string) =>
    new Promise<string>((resolve, reject) => {
      const watcher = () => {
        if (condition()) resolve(text);
        else if (isClosed) reject(new Error(`closed before ${what}: ${text}`));
        else return;
        watchers.delete(watcher);
      };
      watchers.add(watcher);
      watcher();
    });
  return {
    socket,
    said: () => text,
    until: (pattern) => when(() => pattern.test(text), String(pattern)),
    closed: () => when(() => isClosed, 'the end'),
  };
}

/** Sends without an end, as fast as it is taken. */
export function pour({ socket }: Raw, chunk: string): void {
  const more = (): void => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}
