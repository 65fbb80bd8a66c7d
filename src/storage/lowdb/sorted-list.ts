import type { ListOptions } from '../../ports.js';

interface Entry<T> {
  readonly sort: string;
  readonly id: string;
  readonly record: T;
}

/**
 * The records of one partition of an index, by sort key, then by id. It is kept sorted because dates and ULIDs mostly
 * arrive at the end, and inserting into 10,000 entries takes microseconds where sorting them takes milliseconds. A
 * plain array, because most partitions are one action or one person, and there are as many partitions as records.
 */
export type SortedList<T> = Entry<T>[];

const isBefore = <T>(entry: Entry<T>, sort: string, id: string): boolean =>
  entry.sort < sort || (entry.sort === sort && entry.id < id);

/** The index of the first entry at or after this sort key and id. */
function lowerBound<T>(entries: SortedList<T>, sort: string, id: string): number {
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
  else entries.splice(lowerBound(entries, entry.sort, entry.id), 0, entry);
}

export const remove = <T>(entries: SortedList<T>, sort: string, id: string): void =>
  void entries.splice(lowerBound(entries, sort, id), 1);

export function list<T>(entries: SortedList<T>, { from, until, limit, reverse }: ListOptions): T[] {
  // No id is empty, so an empty one sorts before every record of its sort key.
  const start = from === undefined ? 0 : lowerBound(entries, from, '');
  const end = until === undefined ? entries.length : lowerBound(entries, until, '');
  const count = Math.max(0, Math.min(limit ?? end - start, end - start));
  const wanted = reverse ? entries.slice(end - count, end).reverse() : entries.slice(start, start + count);
  return wanted.map((entry) => entry.record);
}
