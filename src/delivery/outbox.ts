import type { Clock, Messenger, OutboxMessage, Store } from '../ports.js';
import { type Backoff, fullJitter } from './backoff.js';
import { createDeliver, type Draw, type Log } from './deliver.js';
import { createLanes, type Lane } from './lanes.js';
import { createPace, type Pace } from './pace.js';
import type { Outcome } from './settle.js';

export { type Owed, owe } from './owe.js';
export type { Draw, Log, Outcome };

export interface OutboxOptions {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly draw: Draw;
  readonly clock: Clock;
  readonly log: Log;
  readonly pace?: Pace;
  readonly backoff?: Backoff;
  /**
   * True (default): no other process sends from this store, so a row left in `sending` is that of a dead
   * process and is dealt with at start. False: only once its minute is over, it may be another instance's.
   */
  readonly sole?: boolean;
  /** Called with what came of each attempt, for metrics. */
  readonly onResult?: (outcome: Outcome, op: OutboxMessage['op']) => void;
}

export interface Outbox {
  start(): void;
  /** Takes nothing new, and resolves when what is under way is finished and recorded. */
  stop(): Promise<void>;
  /** Says that something was owed. Without it the outbox finds out within a second. */
  wake(): void;
  /** Resolves when nothing is due now. An outbox that was not started runs until then only. */
  drain(): Promise<void>;
}

/** 50 a second, the app's limit, at the 300 ms that Teams takes. */
const inParallel = 16;
/** The clock can jump, and another instance can owe: whatever is known, it is looked at again after this. */
const longestSleepMs = 1_000;
/** Listing takes a tenth of the time at most, when thousands of rows are due and each turn owes more. */
const listRestRatio = 9;
const longestListRestMs = 250;

/**
 * Sends what the store's outbox holds: each conversation in order, one message at a time; conversations next
 * to each other, at the pace Teams allows. Reads only the rows that are due or being sent.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, log, pace = createPace(), backoff = fullJitter, sole = true } = options;
  const now = () => Date.parse(options.clock.now());
  const lanes = createLanes({ now, sole });
  const deliver = createDeliver({
    onResult: () => undefined,
    ...options,
    backoff,
    sole,
    isRunning: () => running,
  });

  let running = false;
  let stale = true;
  let listing: Promise<void> | undefined;
  let listedAt = 0;
  let listNotBefore = 0;
  let timer: NodeJS.Timeout | undefined;
  const underWay = new Set<Promise<void>>();
  const drained = new Set<() => void>();

  async function list(): Promise<void> {
    stale = false;
    const began = performance.now();
    try {
      lanes.replaceAll(
        await store.read(async (reader) => [
          ...(await reader.list('outbox', 'byState', 'due')),
          ...(await reader.list('outbox', 'byState', 'sending')),
        ]),
      );
      listedAt = performance.now();
      listNotBefore = listedAt + Math.min(longestListRestMs, (listedAt - began) * listRestRatio);
    } catch (error) {
      log.warn({ err: error }, 'the outbox cannot be read');
      stale = true;
      listNotBefore = performance.now() + backoff(1);
    }
  }

  function look(): void {
    const real = performance.now();
    if (real - listedAt >= longestSleepMs) stale = true;
    if (!stale || listing || real < listNotBefore) return;
    listing = list().finally(() => {
      listing = undefined;
      turn();
    });
  }

  async function work(lane: Lane, { id }: OutboxMessage): Promise<void> {
    lane.busy = true;
    try {
      const wait = await pace.wait(lane.conversationId);
      if (wait > 0) {
        lane.pausedUntil = performance.now() + wait;
      } else {
        const others = lane.rows.map((row) => row.id).filter((other) => other !== id);
        lanes.replace(lane, id, await deliver(id, others));
      }
    } catch (error) {
      log.error({ err: error, id }, 'a message could not be taken from the outbox');
      lane.pausedUntil = performance.now() + backoff(1);
    }
    lane.busy = false;
    lanes.place(lane);
  }

  function turn(): void {
    if (!running) return;
    clearTimeout(timer);
    look();
    const nextLane = lanes.promote();
    const pause = pace.pause?.() ?? 0;
    while (pause === 0 && underWay.size < inParallel) {
      const next = lanes.take();
      if (!next) break;
      const done = work(next.lane, next.row).finally(() => {
        underWay.delete(done);
        turn();
      });
      underWay.add(done);
    }
    if (drained.size > 0 && !stale && !listing && underWay.size === 0 && !lanes.anyDue()) letGo();
    const nextList = stale && !listing ? listNotBefore - performance.now() : Infinity;
    const nextSlot = pause > 0 && lanes.anyReady() ? pause : Infinity;
    timer = setTimeout(turn, Math.max(1, Math.min(longestSleepMs, nextLane, nextList, nextSlot)));
    // A job that waits for the outbox has nothing else to keep its process alive.
    if (drained.size === 0) timer.unref();
  }

  function letGo(): void {
    for (const resolve of drained) resolve();
    drained.clear();
  }

  function wake(): void {
    stale = true;
    turn();
  }

  function start(): void {
    running = true;
    wake();
  }

  async function stop(): Promise<void> {
    running = false;
    clearTimeout(timer);
    await Promise.all([listing, ...underWay]);
    letGo();
  }

  return {
    start,
    stop,
    wake,
    async drain() {
      const started = running;
      running = true;
      await new Promise<void>((resolve) => {
        drained.add(resolve);
        wake();
      });
      if (!started) await stop();
    },
  };
}
