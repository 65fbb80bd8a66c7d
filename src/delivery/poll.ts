import type { Log, Reader, Store } from '../ports.js';
import type { OutboxMessage } from '../records.js';
import type { Delays } from './delays.js';
import type { Schedule } from './schedule.js';

/** Polling takes a tenth of the time at most, even when thousands of rows are due and every turn enqueues more. */
const pollRestRatio = 9;
/** Short enough not to delay a message noticeably; messages enqueued together are polled together. */
const minPollRestMs = 20;
const maxPollRestMs = 250;
/**
 * A full poll at least this often: another instance may enqueue with a clock that is behind, and this one's clock may
 * jump. With PostgreSQL, these polls are most of what an idle instance does.
 */
export const maxFullPollAgeMs = 2_000;
/** Full polls take a fiftieth of the time at most. */
const fullPollRestRatio = 49;
/** Rows are read in pages, oldest first, until enough conversations are ready. */
const pageSize = 500;

export interface PollerOptions {
  readonly store: Store;
  readonly log: Log;
  readonly schedule: Schedule;
  readonly delays: Delays;
  /** Enough conversations ready to send; below half of this, another page is read. */
  readonly enoughReady: number;
  readonly retryMs: () => number;
  /** Called in the transaction of the first poll, and of the first one after each `reset`. */
  readonly beforeFirstPoll: (reader: Reader) => Promise<void>;
  /** Called after each poll. */
  readonly onPolled: () => void;
}

/**
 * Keeps the schedule filled with the rows that are due or being sent. A poll continues where the last one ended,
 * because rereading ten thousand rows for each new one would be too slow.
 */
export function createPoller({
  store,
  log,
  schedule,
  delays,
  enoughReady,
  retryMs,
  ...options
}: PollerOptions) {
  let stale = true;
  let begun = false;
  let complete = false;
  /** Every row before this order is in the schedule. */
  let from = '';
  let polling: Promise<void> | undefined;
  let notBefore = 0;
  let fullPollAt = 0;
  /** The orders of rows that changed while a poll was reading: its result is outdated for them. */
  const changedDuringPoll = new Set<string>();

  async function poll(): Promise<void> {
    const startedAt = performance.now();
    const isFull = !begun || startedAt >= fullPollAt;
    stale = false;
    changedDuringPoll.clear();
    try {
      let tookMs = await measureMs(() => readSending(isFull));
      for (complete = false; !complete; ) {
        tookMs += await measureMs(readDue);
        if (schedule.ready() >= enoughReady) break;
        // Thousands of rows take longer to read than people should wait for an answer.
        if (!complete) await yieldToEventLoop();
      }
      if (isFull) schedule.rescheduleAll();
      if (isFull && complete) delays.retain(schedule.rows);
      const now = performance.now();
      notBefore = now + Math.min(maxPollRestMs, Math.max(minPollRestMs, tookMs * pollRestRatio));
      if (isFull) fullPollAt = now + Math.max(maxFullPollAgeMs, tookMs * fullPollRestRatio);
    } catch (error) {
      log.warn({ err: error }, 'the outbox cannot be read');
      fullPollAt = 0;
      stale = true;
      notBefore = performance.now() + retryMs();
    }
  }

  async function readSending(isFull: boolean): Promise<void> {
    const isFirst = !begun;
    const sending = await store.read(async (reader) => {
      if (isFirst) await options.beforeFirstPoll(reader);
      return isFull ? reader.list('outbox', 'byState', 'sending') : [];
    });
    begun = true;
    if (isFull) from = '';
    add(sending);
  }

  async function readDue(): Promise<void> {
    const page = await store.read((reader) =>
      reader.list('outbox', 'byState', 'due', { from, limit: pageSize }),
    );
    const last = page.at(-1)?.order ?? from;
    complete = page.length < pageSize || last === from;
    from = last;
    add(page);
  }

  const add = (rows: readonly OutboxMessage[]): void =>
    schedule.add(rows.filter(({ order }) => !changedDuringPoll.has(order)));

  return {
    /** Polls if it is time to. */
    pollIfDue(): void {
      const now = performance.now();
      if (now >= fullPollAt || (!complete && schedule.ready() < enoughReady / 2)) stale = true;
      if (!stale || polling || now < notBefore) return;
      polling = poll().finally(() => {
        polling = undefined;
        options.onPolled();
      });
    },
    /** A message has been enqueued. */
    invalidate(): void {
      stale = true;
    },
    /** Somebody waits for what is due now: the next poll is a full one and does not rest before, as the clock may have jumped. */
    invalidateAll(): void {
      stale = true;
      fullPollAt = 0;
      notBefore = 0;
    },
    /** Another process sends now: the next poll starts from the beginning. */
    reset(): void {
      begun = false;
      complete = false;
      stale = true;
      schedule.clear();
    },
    /** A row has changed its state. */
    noteChange: ({ order }: OutboxMessage) => void changedDuringPoll.add(order),
    /** Whether the schedule holds every row there is. */
    isComplete: () => complete && !stale && !polling,
    /** The milliseconds until the next poll; Infinity if none is needed. */
    msUntilNextPoll: () => (stale && !polling ? notBefore - performance.now() : Infinity),
    /** Resolves when no poll is running. */
    idle: async () => polling,
  };
}

/** Runs something and returns how many milliseconds it took. */
async function measureMs(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
