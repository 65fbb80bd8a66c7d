import type { ListOptions } from '../ports.js';

interface Entry<T> {
  readonly sort: string;
  readonly id: string;
  readonly record: T;
}

/**
 * The records of one partition of an index, in the order of their sort key, then of their id. It is kept sorted
 * rather than sorted when asked: dates and ULIDs mostly arrive at the end, and a splice into 10,000 entries takes
 * microseconds where sorting them takes milliseconds. A bare array, because most partitions are one action or one
 * person and there are as many of them as records.
 */
export type SortedList<T> = Entry<T>[];

const isBefore = <T>(entry: Entry<T>, sort: string, id: string): boolean =>
  entry.sort < sort || (entry.sort === sort && entry.id < id);

/** The first place whose entry does not come before this sort key and id. */
function placeOf<T>(entries: SortedList<T>, sort: string, id: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry && isBefore(entry, sort, id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function insert<T>(entries: SortedList<T>, entry: Entry<T>): void {
  const last = entries.at(-1);
  if (!last || isBefore(last, entry.sort, entry.id)) entries.push(entry);
  else entries.splice(placeOf(entries, entry.sort, entry.id), 0, entry);
}

export const remove = <T>(entries: SortedList<T>, sort: string, id: string): void =>
  void entries.splice(placeOf(entries, sort, id), 1);

export function list<T>(entries: SortedList<T>, { from, until, limit, reverse }: ListOptions): T[] {
  // No id is empty, so that an empty one stands before every record of its sort key.
  const start = from === undefined ? 0 : placeOf(entries, from, '');
  const end = until === undefined ? entries.length : placeOf(entries, until, '');
  const count = Math.max(0, Math.min(limit ?? end - start, end - start));
  const wanted = reverse ? entries.slice(end - count, end).reverse() : entries.slice(start, start + count);
  return wanted.map((entry) => entry.record);
}
