import type { StoreUnavailable } from '../../ports.js';

/** The outcome of a transaction. */
export interface TransactionOutcome<T> {
  readonly result: PromiseSettledResult<T>;
  /** The last version that changed what it read; absent if it must wait for every earlier transaction. */
  readonly versionRead?: number;
  /** Undoes its changes; absent if it made none. */
  readonly undo?: () => void;
}

/** A transaction that has ended and waits for the disk before its caller is answered. */
interface PendingTransaction {
  readonly undo: (() => void) | undefined;
  answer(): void;
  reject(error: StoreUnavailable): void;
}

export interface CommitQueue {
  /**
   * Runs a transaction in isolation with the next version number. Resolves or rejects as the transaction did, once
   * everything it read or changed is on the disk. If that cannot be written, undoes the transaction and rejects with
   * what `toError` returns.
   */
  run<T>(transaction: (version: number) => Promise<TransactionOutcome<T>>): Promise<T>;
  /** True from a failed flush until one succeeds. */
  lastFlushFailed(): boolean;
}

/** However dense the stream of commits, a flush starts after this many. */
const maxPerFlush = 1000;

/**
 * Runs transactions one at a time; those that end during a flush share the next one.
 * @param flush writes the current state to the disk; it must copy the state before it first waits
 * @param toError words the failure of a flush for those who waited for it
 */
export function createCommitQueue(
  flush: () => Promise<void>,
  toError: (cause: unknown) => StoreUnavailable,
): CommitQueue {
  const queue: (() => Promise<void>)[] = [];
  let running = false;
  let flushing = false;
  /** Transactions that wait for the flush in progress, and those that wait for the next one. */
  let inFlush: PendingTransaction[] = [];
  let waitingForNextFlush: PendingTransaction[] = [];
  /** A transaction in `waitingForNextFlush` has changes. */
  let needsFlush = false;
  /** The versions of the last transaction, of the last one in a flush, and of the last one on the disk. */
  let lastVersion = 0;
  let lastVersionInFlush = 0;
  let lastVersionFlushed = 0;
  /** A flush failed while a transaction was running, which must end before anything can be rolled back. */
  let failure: StoreUnavailable | undefined;
  let lastFailed = false;

  const whenEnded = (versionRead: number, transaction: PendingTransaction): void => {
    if (transaction.undo) needsFlush = true;
    // A failed transaction waits too: its reason ("exists already") may be about to be rolled back.
    if (transaction.undo || failure || (needsFlush && versionRead > lastVersionInFlush))
      waitingForNextFlush.push(transaction);
    else if (flushing && versionRead > lastVersionFlushed) inFlush.push(transaction);
    else transaction.answer();
  };

  /** Undoes every transaction that is not on the disk, last one first, since each builds on those before it. */
  const rollBack = (error: StoreUnavailable): void => {
    const lost = [...inFlush, ...waitingForNextFlush];
    inFlush = [];
    waitingForNextFlush = [];
    needsFlush = false;
    failure = undefined;
    for (const transaction of lost.toReversed()) transaction.undo?.();
    for (const transaction of lost) transaction.reject(error);
  };

  const startFlush = (): void => {
    if (flushing || !needsFlush || failure) return;
    inFlush = waitingForNextFlush;
    waitingForNextFlush = [];
    lastVersionInFlush = lastVersion;
    needsFlush = false;
    flushing = true;
    flush().then(
      () => {
        const flushed = inFlush;
        inFlush = [];
        lastVersionFlushed = lastVersionInFlush;
        flushing = false;
        lastFailed = false;
        for (const transaction of flushed) transaction.answer();
        if (!running) startFlush();
      },
      (cause: unknown) => {
        flushing = false;
        lastFailed = true;
        failure = toError(cause);
        if (!running) rollBack(failure);
      },
    );
  };

  const runQueue = async (): Promise<void> => {
    if (running) return;
    running = true;
    // The queue is emptied before the flush starts, so that transactions that arrive together are written together.
    for (let next = queue.shift(); next; next = queue.shift()) {
      await next();
      if (failure) rollBack(failure);
      if (waitingForNextFlush.length >= maxPerFlush) startFlush();
    }
    running = false;
    startFlush();
  };

  return {
    run: (transaction) =>
      new Promise((resolve, reject) => {
        queue.push(async () => {
          const { result, undo, versionRead = Infinity } = await transaction(++lastVersion);
          const answer = () =>
            result.status === 'fulfilled' ? resolve(result.value) : reject(result.reason);
          whenEnded(versionRead, { undo, answer, reject });
        });
        void runQueue();
      }),
    lastFlushFailed: () => lastFailed,
  };
}
