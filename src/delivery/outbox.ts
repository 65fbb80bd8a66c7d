import type { Clock, Log, Messenger, Store } from '../ports.js';
import type { OutboxMessage } from '../records.js';
import { createDelays } from './delays.js';
import { createDeliverer, type Draw } from './deliver.js';
import { createLease, type LeaseTimes, uncontestedLease } from './lease.js';
import { createPoller, maxFullPollAgeMs } from './poll.js';
import { prune } from './prune.js';
import { createRateLimiter, type RateLimiter, restoreRateLimits } from './rate-limit.js';
import { type Backoff, fullJitter, noPlaces, type Outcome, type Places } from './record.js';
import { type ConversationQueue, createSchedule } from './schedule.js';

export { enqueue, type OutgoingMessage } from './enqueue.js';
export type { Draw, Log, Outcome };

export interface OutboxOptions {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly draw: Draw;
  readonly clock: Clock;
  readonly log: Log;
  readonly rateLimiter?: RateLimiter;
  readonly backoff?: Backoff;
  /**
   * True (default): no other process sends from this store, so a row left in `sending` belongs to a dead process and
   * is dealt with at start. False: the instance that holds the lease sends for all.
   */
  readonly singleInstance?: boolean;
  readonly leaseTimes?: LeaseTimes;
  readonly places?: Places;
  /** Called with the outcome of each attempt, for metrics. */
  readonly onResult?: (outcome: Outcome, op: OutboxMessage['op']) => void;
}

export interface Outbox {
  start(): void;
  /** Takes nothing new; resolves when work in progress is finished and recorded, and the lease is released. */
  stop(): Promise<void>;
  /** Signals that a message was enqueued. Without it, the outbox notices within two seconds. */
  wake(): void;
  /**
   * Resolves when nothing is due now, or another instance is there to send it. If the outbox was not started, it runs
   * only until then.
   */
  drain(): Promise<void>;
}

/** Enough for 50 messages a second, the app's limit, even when Teams takes a second instead of the usual 300 ms. */
const maxConcurrent = 64;
const pruneEveryMs = 3_600_000;

/**
 * Sends the messages of the store's outbox: within a conversation one at a time, with people taking turns;
 * conversations in parallel, within the rate limits of Teams. Reads only the rows that are due or being sent, oldest
 * first.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const {
    store,
    log,
    rateLimiter = createRateLimiter(),
    backoff = fullJitter,
    singleInstance = true,
  } = options;
  const now = createMsClock(options.clock);
  const lease = singleInstance
    ? uncontestedLease
    : createLease({ store, log, times: options.leaseTimes, onAcquired: onLeaseAcquired });
  const delays = createDelays({ now, lease });
  const schedule = createSchedule(delays.remaining, rateLimiter.shareWait);
  const poller = createPoller({
    store,
    log,
    schedule,
    delays,
    enoughReady: 2 * maxConcurrent,
    retryMs: () => backoff(1),
    beforeFirstPoll: (reader) => restoreRateLimits(reader, rateLimiter, now()),
    onPolled: tick,
  });
  const isRunning = () => running;
  const onResult = options.onResult ?? (() => undefined);
  const places = options.places ?? noPlaces;
  const deliver = createDeliverer({ ...options, onResult, places, backoff, rateLimiter, lease, isRunning });

  let running = false;
  let timer: NodeJS.Timeout | undefined;
  /** When the timer fires, on `performance.now()`. */
  let tickAt = Infinity;
  let pruning: Promise<void> | undefined;
  let pruneNotBefore = 0;
  const inFlight = new Set<Promise<void>>();
  const drainWaiters = new Set<() => void>();

  const canSend = (): boolean => running && lease.heldMs() !== undefined;

  function onLeaseAcquired(): void {
    poller.reset();
    tick();
  }

  async function deliverNext(queue: ConversationQueue, row: OutboxMessage): Promise<void> {
    queue.busy = true;
    try {
      const wait = rateLimiter.acquire(queue.conversationId, row.by);
      if (wait > 0) {
        queue.pausedUntil = performance.now() + wait;
      } else {
        const others = queue.rows.map(({ id }) => id).filter((id) => id !== row.id);
        const { remaining, contactedTeams, hasEnqueued } = await deliver(row, others);
        if (!contactedTeams) rateLimiter.release?.(queue.conversationId, row.by);
        poller.noteChange(row);
        if (hasEnqueued) poller.invalidate();
        schedule.replace(queue, row, remaining);
      }
    } catch (error) {
      log.error({ err: error, order: row.order }, 'a message could not be taken from the outbox');
      queue.pausedUntil = performance.now() + backoff(1);
    }
    queue.busy = false;
    schedule.reschedule(queue);
  }

  /** Starts every delivery that is possible now; returns the milliseconds until there may be another. */
  function startDeliveries(): number {
    poller.pollIfDue();
    const nextQueueMs = schedule.promote();
    const blockedMs = () => rateLimiter.blockedMs?.() ?? 0;
    while (inFlight.size < maxConcurrent && blockedMs() === 0) {
      const next = schedule.takeNext();
      if (!next) break;
      const done = deliverNext(next.queue, next.row).finally(() => {
        inFlight.delete(done);
        tick();
      });
      inFlight.add(done);
    }
    if (poller.isComplete() && inFlight.size === 0) whenIdle();
    const nextSlotMs = inFlight.size < maxConcurrent && schedule.ready() > 0 ? blockedMs() : Infinity;
    return Math.min(nextQueueMs, poller.msUntilNextPoll(), nextSlotMs);
  }

  function whenIdle(): void {
    // This runs after every message; checking every queue is worth it only when somebody waits for `drain` or old
    // rows are to be pruned.
    const mayPrune = !pruning && performance.now() >= pruneNotBefore;
    if ((drainWaiters.size === 0 && !mayPrune) || schedule.hasDue()) return;
    resolveDrains();
    if (!mayPrune) return;
    pruneNotBefore = performance.now() + pruneEveryMs;
    pruning = prune({ store, now, isBusy: () => !canSend() || schedule.ready() > 0 })
      .catch((error: unknown) => log.warn({ err: error }, 'old messages could not be removed'))
      .finally(() => {
        pruning = undefined;
      });
  }

  function tick(): void {
    if (!running) return;
    let next = Infinity;
    if (canSend()) next = startDeliveries();
    else if (lease.isHeldElsewhere()) resolveDrains();
    scheduleTick(Math.min(maxFullPollAgeMs, next));
  }

  function scheduleTick(ms: number): void {
    clearTimeout(timer);
    tickAt = performance.now() + ms;
    timer = setTimeout(tick, Math.max(1, ms));
    // While somebody waits for `drain`, the timer must keep the process alive.
    if (drainWaiters.size === 0) timer.unref();
  }

  function resolveDrains(): void {
    for (const resolve of drainWaiters) resolve();
    drainWaiters.clear();
  }

  /** Called for each activity, so it only makes sure that new messages are polled in time. */
  function wake(): void {
    poller.invalidate();
    const ms = poller.msUntilNextPoll();
    if (ms <= 0) tick();
    else if (running && performance.now() + ms < tickAt) scheduleTick(ms);
  }

  function start(): void {
    running = true;
    lease.start();
    poller.invalidate();
    tick();
  }

  async function stop(): Promise<void> {
    running = false;
    clearTimeout(timer);
    const release = await lease.stop();
    await Promise.all([poller.idle(), pruning, ...inFlight]);
    await release();
    resolveDrains();
  }

  return {
    start,
    stop,
    wake,
    async drain() {
      const started = running;
      await new Promise<void>((resolve) => {
        drainWaiters.add(resolve);
        if (!started) return start();
        poller.invalidateAll();
        tick();
      });
      if (!started) await stop();
    },
  };
}

/** The clock in milliseconds, parsed once per reading: thousands of rows are compared with the same time. */
function createMsClock(clock: Clock): () => number {
  let instant = '';
  let ms = Number.NaN;
  return () => {
    const now = clock.now();
    if (now !== instant) ms = Date.parse(now);
    instant = now;
    return ms;
  };
}
