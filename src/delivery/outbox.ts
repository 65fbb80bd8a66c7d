import type { Clock, Messenger, OutboxMessage, Store } from '../ports.js';
import { type Backoff, fullJitter } from './backoff.js';
import { createDeliver, type Draw, type Log } from './deliver.js';
import { createLanes, type Lane } from './lanes.js';
import { createLease, type LeaseTimes, soleLease } from './lease.js';
import { createListing, longestOldMs } from './listing.js';
import { createPace, type Pace } from './pace.js';
import { noPlaces, type Places } from './places.js';
import { prune } from './prune.js';
import { recallSent } from './recall.js';
import type { Outcome } from './settle.js';
import { createWaits } from './waits.js';

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
   * process and is dealt with at start. False: the instance that holds the lease sends for all.
   */
  readonly sole?: boolean;
  readonly leaseTimes?: LeaseTimes;
  /** Whether a row must be kept for ever, because its key may be owed again however late. */
  readonly keeps?: (row: OutboxMessage) => boolean;
  readonly places?: Places;
  /** Called with what came of each attempt, for metrics. */
  readonly onResult?: (outcome: Outcome, op: OutboxMessage['op']) => void;
}

export interface Outbox {
  start(): void;
  /** Takes nothing new, and resolves when what is under way is finished and recorded, and the lease given back. */
  stop(): Promise<void>;
  /** Says that something was owed. Without it the outbox finds out within two seconds. */
  wake(): void;
  /**
   * Resolves when nothing is due now, or another instance is there to send it. An outbox that was not started
   * runs until then only.
   */
  drain(): Promise<void>;
}

/** 50 a second, the app's limit, also when Teams takes a second instead of the usual 300 ms. */
const inParallel = 64;
const pruneEveryMs = 3_600_000;

/**
 * Sends what the store's outbox holds: in each conversation one message at a time, the people who caused them in turn;
 * conversations next to each other, at the pace Teams allows. Reads only the rows that are due or being sent, the oldest first.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, log, pace = createPace(), backoff = fullJitter, sole = true, keeps = () => false } = options;
  const now = msOf(options.clock);
  const lease = sole ? soleLease : createLease({ store, log, times: options.leaseTimes, onTaken });
  const waits = createWaits({ now, lease });
  const lanes = createLanes(waits.of, pace.shareWait);
  const listing = createListing({
    store,
    log,
    lanes,
    waits,
    enough: 2 * inParallel,
    retryMs: () => backoff(1),
    first: (reader) => recallSent(reader, pace, now()),
    onListed: turn,
  });
  const isRunning = () => running;
  const onResult = options.onResult ?? (() => undefined);
  const places = options.places ?? noPlaces;
  const deliver = createDeliver({ ...options, onResult, places, backoff, pace, lease, isRunning });

  let running = false;
  let timer: NodeJS.Timeout | undefined;
  /** When the timer goes off, on `performance.now()`. */
  let turnAt = Infinity;
  let pruning: Promise<void> | undefined;
  let pruneNotBefore = 0;
  const underWay = new Set<Promise<void>>();
  const drained = new Set<() => void>();

  const maySend = (): boolean => running && lease.heldMs() !== undefined;

  function onTaken(): void {
    listing.forget();
    turn();
  }

  async function work(lane: Lane, row: OutboxMessage): Promise<void> {
    lane.busy = true;
    try {
      const wait = pace.wait(lane.conversationId, row.by);
      if (wait > 0) {
        lane.pausedUntil = performance.now() + wait;
      } else {
        const others = lane.rows.map(({ id }) => id).filter((id) => id !== row.id);
        const { row: left, asked, owes } = await deliver(row, others);
        if (!asked) pace.giveBack?.(lane.conversationId, row.by);
        listing.settled(row);
        if (owes) listing.spoil();
        lanes.replace(lane, row, left);
      }
    } catch (error) {
      log.error({ err: error, id: row.id }, 'a message could not be taken from the outbox');
      lane.pausedUntil = performance.now() + backoff(1);
    }
    lane.busy = false;
    lanes.place(lane);
  }

  /** Starts all that may go now; gives the milliseconds until there may be more. */
  function sendSome(): number {
    listing.look();
    const nextLane = lanes.promote();
    const pause = () => pace.pause?.() ?? 0;
    while (underWay.size < inParallel && pause() === 0) {
      const next = lanes.take();
      if (!next) break;
      const done = work(next.lane, next.row).finally(() => {
        underWay.delete(done);
        turn();
      });
      underWay.add(done);
    }
    if (listing.isComplete() && underWay.size === 0) rest();
    const nextSlot = underWay.size < inParallel && lanes.ready() > 0 ? pause() : Infinity;
    return Math.min(nextLane, listing.nextIn(), nextSlot);
  }

  function rest(): void {
    // Asking every lane is worth it only for those who wait for the answer: this comes after each message.
    const mayPrune = !pruning && performance.now() >= pruneNotBefore;
    if ((drained.size === 0 && !mayPrune) || lanes.anyDue()) return;
    letGo();
    if (!mayPrune) return;
    pruneNotBefore = performance.now() + pruneEveryMs;
    pruning = prune({ store, now, keeps, isBusy: () => !maySend() || lanes.ready() > 0 })
      .catch((error: unknown) => log.warn({ err: error }, 'old messages could not be removed'))
      .finally(() => {
        pruning = undefined;
      });
  }

  function turn(): void {
    if (!running) return;
    let next = Infinity;
    if (maySend()) next = sendSome();
    else if (lease.isAnothers()) letGo();
    turnIn(Math.min(longestOldMs, next));
  }

  function turnIn(ms: number): void {
    clearTimeout(timer);
    turnAt = performance.now() + ms;
    timer = setTimeout(turn, Math.max(1, ms));
    // A job that waits for the outbox has nothing else to keep its process alive.
    if (drained.size === 0) timer.unref();
  }

  function letGo(): void {
    for (const resolve of drained) resolve();
    drained.clear();
  }

  /** Called for each activity: it does no more than see to it that what was owed is listed in time. */
  function wake(): void {
    listing.spoil();
    const ms = listing.nextIn();
    if (ms <= 0) turn();
    else if (running && performance.now() + ms < turnAt) turnIn(ms);
  }

  function start(): void {
    running = true;
    lease.start();
    listing.spoil();
    turn();
  }

  async function stop(): Promise<void> {
    running = false;
    clearTimeout(timer);
    const release = await lease.stop();
    await Promise.all([listing.done(), pruning, ...underWay]);
    await release();
    letGo();
  }

  return {
    start,
    stop,
    wake,
    async drain() {
      const started = running;
      await new Promise<void>((resolve) => {
        drained.add(resolve);
        if (!started) return start();
        listing.spoil();
        turn();
      });
      if (!started) await stop();
    },
  };
}

/** The clock in milliseconds: rows by the thousand are compared with the same moment, which is read once. */
function msOf(clock: Clock): () => number {
  let instant = '';
  let ms = Number.NaN;
  return () => {
    const now = clock.now();
    if (now !== instant) ms = Date.parse(now);
    instant = now;
    return ms;
  };
}
