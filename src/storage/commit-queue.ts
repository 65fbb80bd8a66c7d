import type { StoreUnavailable } from '../ports.js';

/** What a turn came to. */
export interface Turn<T> {
  readonly result: PromiseSettledResult<T>;
  /** The last turn that changed what it read; absent when it is to wait for every earlier turn. */
  readonly saw?: number;
  /** Takes back what it changed; absent when there is nothing to write. */
  readonly undo?: () => void;
}

/** A turn that is over and waits for the disk before its caller is told. */
interface Ended {
  readonly undo: (() => void) | undefined;
  tell(): void;
  refuse(error: StoreUnavailable): void;
}

export interface CommitQueue {
  /**
   * Runs a turn alone, and gives it its number: they count up. Resolves or rejects as the turn did, once everything
   * it saw or changed is on the disk; rejects with what `failed` gives, and takes the turn back, when that cannot be
   * written.
   */
  run<T>(turn: (number: number) => Promise<Turn<T>>): Promise<T>;
  /** True from a failed write to the next one that succeeds. */
  lastWriteFailed(): boolean;
}

/** No stream of commits, however dense, puts off the write for longer than this many. */
const mostPerWrite = 1000;

/**
 * Turns run one at a time, and those that end while a write is under way share the next one.
 * @param write puts the present state on the disk; it must take its copy of the state before it first waits
 * @param failed words a failed write for those who waited for it
 */
export function createCommitQueue(
  write: () => Promise<void>,
  failed: (cause: unknown) => StoreUnavailable,
): CommitQueue {
  const queue: (() => Promise<void>)[] = [];
  let running = false;
  let writing = false;
  /** Ended turns that wait for the write under way, and those that wait for the one after it. */
  let covered: Ended[] = [];
  let waiting: Ended[] = [];
  /** A turn in `waiting` has something to write. */
  let owed = false;
  /** The last turn there was, the last that a write took along, and the last that is on the disk. */
  let lastTurn = 0;
  let lastTaken = 0;
  let lastWritten = 0;
  /** A write failed while a turn was running: that turn must end before anything can be taken back. */
  let failure: StoreUnavailable | undefined;
  let lastFailed = false;

  const ended = (saw: number, turn: Ended): void => {
    if (turn.undo) owed = true;
    // A failed turn waits too: what made it fail ("exists already") may be about to be taken back.
    if (turn.undo || failure || (owed && saw > lastTaken)) waiting.push(turn);
    else if (writing && saw > lastWritten) covered.push(turn);
    else turn.tell();
  };

  /** Every turn not on the disk is taken back, the last one first, since each built on those before it. */
  const takeBack = (error: StoreUnavailable): void => {
    const lost = [...covered, ...waiting];
    covered = [];
    waiting = [];
    owed = false;
    failure = undefined;
    for (const turn of lost.toReversed()) turn.undo?.();
    for (const turn of lost) turn.refuse(error);
  };

  const startWrite = (): void => {
    if (writing || !owed || failure) return;
    covered = waiting;
    waiting = [];
    lastTaken = lastTurn;
    owed = false;
    writing = true;
    write().then(
      () => {
        const written = covered;
        covered = [];
        lastWritten = lastTaken;
        writing = false;
        lastFailed = false;
        for (const turn of written) turn.tell();
        if (!running) startWrite();
      },
      (cause: unknown) => {
        writing = false;
        lastFailed = true;
        failure = failed(cause);
        if (!running) takeBack(failure);
      },
    );
  };

  const work = async (): Promise<void> => {
    if (running) return;
    running = true;
    // The queue is emptied before the write starts, so that what came together is written together.
    for (let next = queue.shift(); next; next = queue.shift()) {
      await next();
      if (failure) takeBack(failure);
      if (waiting.length >= mostPerWrite) startWrite();
    }
    running = false;
    startWrite();
  };

  return {
    run: (turn) =>
      new Promise((resolve, reject) => {
        queue.push(async () => {
          const { result, undo, saw = Infinity } = await turn(++lastTurn);
          const tell = () => (result.status === 'fulfilled' ? resolve(result.value) : reject(result.reason));
          ended(saw, { undo, tell, refuse: reject });
        });
        void work();
      }),
    lastWriteFailed: () => lastFailed,
  };
}
