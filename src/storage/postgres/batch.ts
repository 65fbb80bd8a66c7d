import { setImmediate } from 'node:timers/promises';
import type { Transaction } from '../../ports.js';
import { settledOf } from '../settled.js';
import { type Changes, createChanges } from './changes.js';
import type { Connection } from './connection.js';
import { unavailable } from './faults.js';
import type { Line, Waiter } from './line.js';
import type { Stored } from './stored.js';
import { openTurn } from './turn.js';

/** A transaction that somebody asked for. */
export interface Turn extends Waiter {
  readonly work: (tx: Transaction) => Promise<unknown>;
  /** Asks something of the connection before the work; rejects as the work would. */
  readonly probe?: ((connection: Connection) => Promise<void>) | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
  /** How often it ran and came to nothing. */
  failures: number;
  /** It shares its commit with nobody, since somebody's records were at fault when it did. */
  alone: boolean;
}

/** A turn that ran; nobody is told before its batch is committed. */
export interface Ran {
  readonly turn: Turn;
  readonly result: PromiseSettledResult<unknown>;
}

/** A batch holds the lock, and its first turn waits for its last: these bound both. */
export const mostTurns = 100;
const mostMs = 25;

/** Takes out those who may run now, in their order: one that is to be alone only as the first, and then nobody else. */
function takeGroup(line: Line<Turn>, most: number, isFirst: boolean): Turn[] {
  const group: Turn[] = [];
  while (group.length < most && !group[0]?.alone) {
    const turn = line.take(({ alone }) => !alone || (isFirst && group.length === 0));
    if (!turn) break;
    group.push(turn);
  }
  return group;
}

/**
 * Runs turns next to each other for nothing but what they read: they ask the database together, in a few exchanges,
 * for what they would otherwise ask for one after the other while everybody waits. The cache keeps it. What they
 * change is thrown away, and whatever becomes of them: they are run in earnest afterwards.
 */
async function readAhead(turns: readonly Turn[], stored: Stored): Promise<void> {
  await Promise.all(
    turns.map(async ({ work }) => {
      const { tx, end } = openTurn(stored, createChanges());
      await settledOf(() => work(tx));
      end();
    }),
  );
}

/**
 * Runs turns one after the other, each on what those before it have changed. Ends early when the connection breaks;
 * a turn that waits for something else than the database then is refused, since it cannot be run again.
 * @param stored reads through a cache
 * @param line those who wait for their turn
 */
export async function runTurns(
  connection: Connection,
  stored: Stored,
  changes: Changes,
  line: Line<Turn>,
): Promise<Ran[]> {
  const ran: Ran[] = [];
  let began = performance.now();
  let stop = (): void => {};
  const broken = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const forget = connection.onEnd(stop);
  const isOver = (): boolean =>
    ran.length >= mostTurns || performance.now() - began >= mostMs || connection.broken() !== undefined;
  let group: Turn[] = [];
  while (!isOver()) {
    if (group.length === 0) {
      group = takeGroup(line, mostTurns - ran.length, ran.length === 0);
      if (group.length > 1) await Promise.race([readAhead(group, stored), broken]);
      if (ran.length === 0) began = performance.now();
    }
    const turn = group.shift();
    if (!turn) break;
    const { tx, undo, end } = openTurn(stored, changes);
    const working = settledOf(async () => {
      await turn.probe?.(connection);
      return turn.work(tx);
    });
    // What waited for the connection hears of it at once, and ends.
    const hangs = broken.then(() => setImmediate()).then(() => undefined);
    const settled = await Promise.race([working, hangs]);
    end();
    if (!settled) {
      turn.refuse(unavailable(connection.broken() ?? new Error('it was cut off')));
      break;
    }
    if (settled.status === 'rejected') undo();
    ran.push({ turn, result: settled });
    if (turn.alone) break;
  }
  line.putBack(group);
  forget();
  return ran;
}
