import type { ListOptions } from '../ports.js';

interface Entry<T> {
  readonly sort: string;
  readonly id: string;
  readonly record: T;
}

/** The records of one partition of an index, kept in the order of their sort key, then of their id. */
export interface SortedList<T> {
  insert(entry: Entry<T>): void;
  remove(sort: string, id: string): void;
  list(options: ListOptions): T[];
  isEmpty(): boolean;
}

/**
 * Makes an empty list. It is kept sorted rather than sorted when asked: dates and ULIDs mostly arrive at the
 * end, and a splice into 10,000 entries takes microseconds where sorting them takes milliseconds.
 */
export function sortedList<T>(): SortedList<T> {
  const entries: Entry<T>[] = [];

  /** The first place whose entry does not come before this sort key and id. */
  const placeOf = (sort: string, id: string): number => {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = entries[middle];
      if (entry && (entry.sort < sort || (entry.sort === sort && entry.id < id))) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    insert(entry) {
      const last = entries[entries.length - 1];
      const isLast = !last || last.sort < entry.sort || (last.sort === entry.sort && last.id < entry.id);
      if (isLast) entries.push(entry);
      else entries.splice(placeOf(entry.sort, entry.id), 0, entry);
    },
    remove: (sort, id) => void entries.splice(placeOf(sort, id), 1),
    list({ from, until, limit, reverse }) {
      // No id is empty, so that an empty one stands before every record of its sort key.
      const start = from === undefined ? 0 : placeOf(from, '');
      const end = until === undefined ? entries.length : placeOf(until, '');
      const count = Math.max(0, Math.min(limit ?? end - start, end - start));
      const wanted = reverse
        ? entries.slice(end - count, end).reverse()
        : entries.slice(start, start + count);
      return wanted.map((entry) => entry.record);
    },
    isEmpty: () => entries.length === 0,
  };
}
