import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

/** A PostgreSQL server of its own, on a free port of loopback, its data in a temporary folder. */
export interface PostgresServer {
  /** Makes an empty database; gives its URL. */
  createDatabase(): Promise<string>;
  /** Runs SQL beside the store; gives the rows. */
  query(url: string, sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Stops it as an administrator would: connections are cut, what is committed is kept. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Sends a signal to the server, `SIGSTOP` for one that hangs. */
  signal(name: NodeJS.Signals): void;
  /** Stops it for good and removes its data. */
  remove(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/**
 * Starts a server.
 * @param light false where it is about speed or about what is on the disk: PostgreSQL's own memory, and syncs; with it,
 *   the tests take a fifth of the time
 */
export async function startPostgres({ light = true } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-pg-'));
  // Its own user must get in when the tests run as root.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const script = 'test/support/postgres-server.mjs';
  const child = spawn(process.execPath, [script, folder, String(port), light ? 'light' : 'full'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answered = async (): Promise<void> => {
    const { value } = await answers.next();
    if (value !== 'done') throw new Error(`the PostgreSQL server ${value}`);
  };
  const tell = (word: string): Promise<void> => {
    child.stdin.write(`${word}\n`);
    return answered();
  };
  await answered();

  const urlOf = (database: string): string => `postgres://passerelle:secret@127.0.0.1:${port}/${database}`;
  let databases = 0;
  const server: PostgresServer = {
    async createDatabase() {
      const name = `test${++databases}`;
      await server.query(urlOf('postgres'), `create database ${name} strategy file_copy`);
      return urlOf(name);
    },
    async query(url, sql, values) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql, values)).rows ?? [];
      } finally {
        await client.end();
      }
    },
    stop: () => tell('stop'),
    start: () => tell('start'),
    signal(name) {
      const [pid] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), name);
    },
    async remove() {
      child.stdin.end();
      await ended;
    },
  };
  return server;
}
