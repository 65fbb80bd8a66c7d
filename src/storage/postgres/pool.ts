import { type Connection, connect } from './connection.js';
import { type Role, sessionOf } from './sql.js';

/** A database that is away is asked this often whether it is back. */
export const betweenAttemptsMs = 100;

/** Connections of one role, opened when they are needed and kept. */
export interface Pool {
  /** Gives one that nobody else uses; waits when all are in use. Rejects when a new one cannot be made. */
  take(): Promise<Connection>;
  give(connection: Connection): void;
  /** Lets go of all; those in use are cut. */
  close(): Promise<void>;
}

/** @param most how many there may be at a time */
export function createPool(url: string, role: Role, most: number): Pool {
  const all = new Set<Connection>();
  const idle: Connection[] = [];
  const waiting: (() => void)[] = [];
  let opening = 0;
  let closed = false;

  const open = async (): Promise<Connection> => {
    opening += 1;
    try {
      const connection = await connect(url);
      await connection.send([sessionOf(role)]);
      if (closed) connection.destroy();
      all.add(connection);
      connection.onEnd(() => {
        all.delete(connection);
        if (idle.includes(connection)) idle.splice(idle.indexOf(connection), 1);
        waiting.shift()?.();
      });
      return connection;
    } finally {
      opening -= 1;
    }
  };

  const take = async (): Promise<Connection> => {
    const known = idle.pop();
    if (known) return known;
    if (all.size + opening < most) return open().finally(() => waiting.shift()?.());
    await new Promise<void>((resolve) => waiting.push(resolve));
    return take();
  };

  return {
    take,
    give(connection) {
      if (connection.broken()) return;
      idle.push(connection);
      waiting.shift()?.();
    },
    async close() {
      closed = true;
      await Promise.all([...all].map((connection) => connection.close()));
    },
  };
}
