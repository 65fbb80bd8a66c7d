import type { OutboxMessage, Reader, Store } from '../ports.js';
import type { Log } from './deliver.js';
import type { Lanes } from './lanes.js';
import type { Waits } from './waits.js';

/** Listing takes a tenth of the time at most, when thousands of rows are due and each turn owes more. */
const listRestRatio = 9;
const longestListRestMs = 250;
/** Another instance can owe: whatever is known, it is looked at again after this. */
const longestOldMs = 1_000;
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

/** Keeps the lanes filled with the rows that are due or being sent. Ten thousand of them are not read at once. */
export function createListing({ store, log, lanes, waits, enough, retryMs, ...options }: ListingOptions) {
  let stale = true;
  let begun = false;
  let complete = false;
  let reading: Promise<void> | undefined;
  let listedAt = 0;
  let notBefore = 0;
  /** What became of rows while a list was read, which does not know it yet. */
  const meanwhile = new Map<string, OutboxMessage | undefined>();

  async function read(): Promise<void> {
    stale = false;
    meanwhile.clear();
    const began = performance.now();
    try {
      await store.read(async (reader) => {
        if (!begun) await options.first(reader);
        begun = true;
        await readRows(reader);
      });
      listedAt = performance.now();
      notBefore = listedAt + Math.min(longestListRestMs, (listedAt - began) * listRestRatio);
    } catch (error) {
      log.warn({ err: error }, 'the outbox cannot be read');
      stale = true;
      notBefore = performance.now() + retryMs();
    }
  }

  async function readRows(reader: Reader): Promise<void> {
    const rows = new Map<string, OutboxMessage>();
    for (const row of await reader.list('outbox', 'byState', 'sending')) rows.set(row.id, row);
    for (let from = ''; ; ) {
      const page = await reader.list('outbox', 'byState', 'due', { from, limit: rowsPerList });
      const before = rows.size;
      for (const row of page) rows.set(row.id, row);
      complete = page.length < rowsPerList || rows.size === before;
      const known = Array.from(rows.values(), (row) =>
        meanwhile.has(row.id) ? meanwhile.get(row.id) : row,
      ).filter((row) => row !== undefined);
      lanes.replaceAll(known);
      if (complete) waits.keep(known);
      if (complete || lanes.ready() >= enough) return;
      from = page.at(-1)?.order ?? '';
    }
  }

  return {
    /** Reads a list if it is time to. */
    look(): void {
      const real = performance.now();
      if (real - listedAt >= longestOldMs || (!complete && lanes.ready() < enough / 2)) stale = true;
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
      lanes.replaceAll([]);
    },
    settled: (id: string, row: OutboxMessage | undefined) => void meanwhile.set(id, row),
    /** True when the lanes have all that there is. */
    isComplete: () => complete && !stale && !reading,
    /** The milliseconds until the next list, when one is to be read. */
    nextIn: () => (stale && !reading ? notBefore - performance.now() : Infinity),
    /** Resolves when no list is being read. */
    done: async () => reading,
  };
}
