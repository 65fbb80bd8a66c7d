import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The network between a bot and its database, which a test can break. */
export interface Wire {
  /** The database's URL, by way of this. */
  readonly url: string;
  /** Lets nothing through any more, and says nothing of it. */
  hang(): void;
  /**
   * Breaks at the commit that writes a record, and stays broken.
   * @param at before the server has it, or after
   */
  breakAtCommitOf(id: string, at: 'before' | 'after'): void;
  /** Cuts off the bot at the commit that writes a record, which is still on its way; other connections work. */
  delayCommitOf(id: string): void;
  /** Lets the commit arrive that is on its way; resolves when the server is done with it. */
  arrive(): Promise<void>;
  /** Works again, for new connections. */
  mend(): void;
  close(): Promise<void>;
}

/** Tells the packet that ends a transaction which writes this record, among others. */
function commitWatch(): (packet: Buffer, id: string) => boolean {
  let writes = false;
  return (packet, id) => {
    writes ||= packet.includes('write ') && packet.includes(id);
    const ends = packet.includes('commit\0');
    const found = writes && ends;
    if (ends) writes = false;
    return found;
  };
}

/** Stands before the database at this URL. */
export async function startWire(database: string): Promise<Wire> {
  const target = new URL(database);
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'through' | 'hanging' | 'broken' = 'through';
  let breaks: { readonly id: string; readonly at: 'before' | 'after' } | undefined;

  let delayed: string | undefined;
  let late: { readonly there: Socket; readonly packet: Buffer } | undefined;

  const breakAll = (): void => {
    state = 'broken';
    breaks = undefined;
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((bot) => {
    if (state === 'broken') return void bot.destroy();
    const there = connect(Number(target.port), target.hostname);
    const pair = [bot, there] as const;
    pairs.add(pair);
    let breaksWithAnswer = false;
    const isCommitOf = commitWatch();
    bot.on('data', (packet) => {
      if (state === 'hanging') return;
      if (delayed && isCommitOf(packet, delayed)) {
        delayed = undefined;
        late = { there, packet };
        pairs.delete(pair);
        return void bot.destroy();
      }
      if (breaks && isCommitOf(packet, breaks.id)) {
        if (breaks.at === 'before') return breakAll();
        breaksWithAnswer = true;
      }
      there.write(packet);
    });
    there.on('data', (packet) => {
      if (breaksWithAnswer && packet.includes('COMMIT\0')) breakAll();
      else if (state !== 'hanging') bot.write(packet);
    });
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        // What is on its way outlives the bot's end of it.
        if (late?.there === there) return;
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
    breakAtCommitOf: (id, at) => {
      breaks = { id, at };
    },
    delayCommitOf: (id) => {
      delayed = id;
    },
    async arrive() {
      if (!late) throw new Error('no commit is on its way');
      const { there, packet } = late;
      const ended = Promise.race([once(there, 'data'), once(there, 'close')]);
      if (there.writable) there.write(packet);
      if (!there.destroyed) await ended;
      there.destroy();
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
