import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The network between a bot and its database, which a test can break. */
export interface Wire {
  /** The database's URL, by way of this. */
  readonly url: string;
  /** Lets nothing through any more, and says nothing of it. */
  hang(): void;
  /** Breaks at the next commit that writes, and stays broken. @param at before the server has it, or after */
  breakAtNextCommit(at: 'before' | 'after'): void;
  /** Works again, for new connections. */
  mend(): void;
  close(): Promise<void>;
}

/** What PostgreSQL's protocol has in the packet that ends a transaction with a write. */
const isCommitOfWrite = (packet: Buffer): boolean =>
  packet.includes('\0write ') && packet.includes('\0commit\0');

/** Stands before the database at this URL. */
export async function startWire(database: string): Promise<Wire> {
  const target = new URL(database);
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'through' | 'hanging' | 'broken' = 'through';
  let breaksAt: 'before' | 'after' | undefined;

  const breakAll = (): void => {
    state = 'broken';
    breaksAt = undefined;
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((bot) => {
    if (state === 'broken') return void bot.destroy();
    const there = connect(Number(target.port), target.hostname);
    const pair = [bot, there] as const;
    pairs.add(pair);
    let breaksWithAnswer = false;
    bot.on('data', (packet) => {
      if (state === 'hanging') return;
      if (breaksAt && isCommitOfWrite(packet)) {
        if (breaksAt === 'before') return breakAll();
        breaksWithAnswer = true;
      }
      there.write(packet);
    });
    there.on('data', (packet) => {
      if (breaksWithAnswer) breakAll();
      else if (state !== 'hanging') bot.write(packet);
    });
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(database);
  url.port = String((server.address() as AddressInfo).port);

  return {
    url: url.href,
    hang: () => {
      state = 'hanging';
    },
    breakAtNextCommit: (at) => {
      breaksAt = at;
    },
    mend: () => {
      for (const pair of pairs) if (state !== 'through') for (const socket of pair) socket.destroy();
      state = 'through';
    },
    close: () => {
      breakAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
