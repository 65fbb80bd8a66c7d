import type { OutboxMessage, Reader, Store } from '../ports.js';
import type { Log } from './deliver.js';
import type { Lanes } from './lanes.js';
import type { Waits } from './waits.js';

/** Listing takes a tenth of the time at most, when thousands of rows are due and each turn owes more. */
const listRestRatio = 9;
/** A message is not late by this, and what is owed at the same time is listed at once. */
const shortestListRestMs = 20;
const longestListRestMs = 250;
/**
 * All is listed again after this: another instance can owe, with its clock behind, and this one's can jump. On
 * PostgreSQL these lists are most of what an idle instance does.
 */
export const longestOldMs = 2_000;
/** Listing all again takes a fiftieth of the time at most. */
const allAgainRestRatio = 49;
/** Rows are listed so many at a time, the oldest first, until enough conversations can send. */
const rowsPerList = 500;

export interface ListingOptions {
  readonly store: Store;
  readonly log: Log;
  readonly lanes: Lanes;
  readonly waits: Waits;
  /** So many conversations that can send are enough; with fewer than half of them more rows are listed. */
  readonly enough: number;
  readonly retryMs: () => number;
  /** Read before the first list, and after each `forget`. */
  readonly first: (reader: Reader) => Promise<void>;
  /** Called after each list. */
  readonly onListed: () => void;
}

/**
 * Keeps the lanes filled with the rows that are due or being sent. Ten thousand of them are not read at once, nor
 * again when one is added: a list goes on where the last one ended.
 */
export function createListing({ store, log, lanes, waits, enough, retryMs, ...options }: ListingOptions) {
  let stale = true;
  let begun = false;
  let complete = false;
  /** What comes before this place in the order is in the lanes. */
  let from = '';
  let reading: Promise<void> | undefined;
  let notBefore = 0;
  let allAgainAt = 0;
  /** The places of rows whose state changed while a list was read, which does not know it yet. */
  const meanwhile = new Set<string>();

  async function read(): Promise<void> {
    const began = performance.now();
    const all = !begun || began >= allAgainAt;
    stale = false;
    meanwhile.clear();
    try {
      let tookMs = await timed(() => readFirst(all));
      for (complete = false; !complete; ) {
        tookMs += await timed(readDue);
        if (lanes.ready() >= enough) break;
        // Thousands of rows take longer than people should wait for an answer.
        if (!complete) await othersTurn();
      }
      if (all) lanes.placeAll();
      if (all && complete) waits.keep(lanes.rows);
      const now = performance.now();
      notBefore = now + Math.min(longestListRestMs, Math.max(shortestListRestMs, tookMs * listRestRatio));
      if (all) allAgainAt = now + Math.max(longestOldMs, tookMs * allAgainRestRatio);
    } catch (error) {
      log.warn({ err: error }, 'the outbox cannot be read');
      allAgainAt = 0;
      stale = true;
      notBefore = performance.now() + retryMs();
    }
  }

  async function readFirst(all: boolean): Promise<void> {
    const isFirst = !begun;
    const sending = await store.read(async (reader) => {
      if (isFirst) await options.first(reader);
      return all ? reader.list('outbox', 'byState', 'sending') : [];
    });
    begun = true;
    if (all) from = '';
    add(sending);
  }

  async function readDue(): Promise<void> {
    const page = await store.read((reader) =>
      reader.list('outbox', 'byState', 'due', { from, limit: rowsPerList }),
    );
    const last = page.at(-1)?.order ?? from;
    complete = page.length < rowsPerList || last === from;
    from = last;
    add(page);
  }

  const add = (rows: readonly OutboxMessage[]): void =>
    lanes.add(rows.filter(({ order }) => !meanwhile.has(order)));

  return {
    /** Reads a list if it is time to. */
    look(): void {
      const real = performance.now();
      if (real >= allAgainAt || (!complete && lanes.ready() < enough / 2)) stale = true;
      if (!stale || reading || real < notBefore) return;
      reading = read().finally(() => {
        reading = undefined;
        options.onListed();
      });
    },
    /** Something was owed. */
    spoil(): void {
      stale = true;
    },
    /** Somebody else sends: the next list is a first one. */
    forget(): void {
      begun = false;
      complete = false;
      stale = true;
      lanes.clear();
    },
    /** The state of a row has changed. */
    settled: ({ order }: OutboxMessage) => void meanwhile.add(order),
    /** True when the lanes have all that there is. */
    isComplete: () => complete && !stale && !reading,
    /** The milliseconds until the next list, when one is to be read. */
    nextIn: () => (stale && !reading ? notBefore - performance.now() : Infinity),
    /** Resolves when no list is being read. */
    done: async () => reading,
  };
}

/** Runs something, and gives the milliseconds it took. */
async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
