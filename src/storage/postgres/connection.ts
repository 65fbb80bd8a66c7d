import pg from 'pg';
import { type Call, exchangeOf, type Result } from './exchange.js';

/** One connection to the database. The first error ends it: the server undoes what it was in the middle of. */
export interface Connection {
  /**
   * Sends calls and gives their results. What is asked while an answer is on its way goes out together after it.
   * Rejects, and the connection is broken, with the first error or when there is no answer in time.
   */
  send(calls: readonly Call[], limitMs?: number): Promise<readonly Result[]>;
  /** Sends a call with whatever is sent next, or by itself when nothing is; nobody waits for its answer. */
  later(call: Call): void;
  /** Why nothing can be sent any more. */
  broken(): Error | undefined;
  /** Calls the listener when it breaks; gives what takes the listener away. */
  onEnd(listener: (reason: Error) => void): () => void;
  /** Lets go of it at once; what is not committed is undone. */
  destroy(): void;
  /** Lets go of it politely. */
  close(): Promise<void>;
}

/** What was asked of a connection and is not answered. */
interface Asked {
  readonly calls: readonly Call[];
  readonly limitMs: number;
  resolve(results: readonly Result[]): void;
  reject(error: Error): void;
}

/** A server that does not answer this long is taken for dead. */
const answerLimitMs = 2_000;
/** The most that saying goodbye may take. */
const politenessMs = 500;

/**
 * Connects.
 * @param url `postgres://…`; `sslmode` and the like are honoured as node-postgres does
 * @throws what the system or the server says; the password is never in it
 */
export async function connect(url: string): Promise<Connection> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: answerLimitMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    fallback_application_name: 'passerelle',
  });
  const letGo = new Error('the connection was let go of');
  let reason: Error | undefined;
  const listeners = new Set<(reason: Error) => void>();
  const breakWith = (error: Error): void => {
    if (reason) return;
    reason = error;
    // Ending politely waits for the server, which may be what is hanging.
    client.connection.stream.destroy();
    for (const { reject } of waiting.splice(0)) reject(error);
    for (const listener of listeners) listener(error);
  };

  const prepared = new Set<string>();
  const waiting: Asked[] = [];
  let underWay = false;

  const pump = (): void => {
    if (underWay || reason || waiting.length === 0) return;
    underWay = true;
    const asked = waiting.splice(0);
    const limitMs = Math.max(...asked.map((one) => one.limitMs));
    const fail = (error: Error): void => {
      clearTimeout(timer);
      for (const { reject } of asked) reject(error);
      breakWith(error);
    };
    const timer = setTimeout(() => fail(new Error(`no answer within ${limitMs} ms`)), limitMs);
    const answer = (results: readonly Result[]): void => {
      clearTimeout(timer);
      underWay = false;
      let at = 0;
      for (const { calls, resolve } of asked) {
        resolve(results.slice(at, at + calls.length));
        at += calls.length;
      }
      pump();
    };
    const calls = asked.flatMap((one) => one.calls);
    client.query(exchangeOf(calls, prepared, (error, results) => (error ? fail(error) : answer(results))));
  };

  client.on('error', breakWith);
  client.on('end', () => breakWith(new Error('the connection was closed')));
  await client.connect().catch((error: Error) => {
    breakWith(error);
    throw error;
  });

  return {
    send: (calls, limitMs = answerLimitMs) =>
      new Promise((resolve, reject) => {
        if (reason) return reject(reason);
        waiting.push({ calls, limitMs, resolve, reject });
        pump();
      }),
    later(call) {
      const ignore = (): void => {};
      waiting.push({ calls: [call], limitMs: answerLimitMs, resolve: ignore, reject: ignore });
      setImmediate(pump);
    },
    broken: () => reason,
    onEnd(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    destroy: () => breakWith(letGo),
    async close() {
      if (reason) return;
      reason = letGo;
      const timer = setTimeout(() => client.connection.stream.destroy(), politenessMs);
      await client.end();
      clearTimeout(timer);
    },
  };
}
