import type { ListOptions } from '../../ports.js';
import type { RecordKind } from '../../records.js';
import { type AnyRecord, compareKeys, indexesOf, recordKinds } from '../kinds.js';

/** The records of one kind in memory, with the lists that ports.ts declares. No I/O, no transactions. */
export interface Table {
  get(id: string): AnyRecord | undefined;
  all(): AnyRecord[];
  list(by: string, partition: string, options: ListOptions): AnyRecord[];
  /**
   * Gives an id this record in the place of its former one; null for none.
   * @throws Error if a list cannot place the record; nothing has changed then
   */
  set(id: string, record: AnyRecord | null): void;
}

/** Everything that is stored: one table per kind of record, in the order of the file. */
export type Tables = Readonly<Record<RecordKind, Table>>;

export const createTables = (): Tables =>
  Object.fromEntries(recordKinds.map((kind) => [kind, createTable(kind)])) as Tables;

interface Entry {
  readonly sort: string;
  readonly record: AnyRecord;
}

function createTable(kind: RecordKind): Table {
  const records = new Map<string, AnyRecord>();
  const lists = Object.entries(indexesOf(kind)).map(([by, placeOf]) => ({
    by,
    placeOf,
    /** Each sorted by sort key, then by id. */
    partitions: new Map<string, Entry[]>(),
  }));

  const placesOf = (record: AnyRecord) =>
    lists.flatMap(({ by, placeOf, partitions }) => {
      const place = placeOf(record);
      if (!place) return [];
      if (typeof place.partition !== 'string' || typeof place.sort !== 'string')
        throw new Error(`record "${record.id}" lacks a field that the index "${by}" needs`);
      return [{ ...place, partitions }];
    });

  return {
    get: (id) => records.get(id),
    all: () => [...records.values()],
    list(by, partition, options) {
      const found = lists.find((list) => list.by === by);
      if (!found) throw new Error(`There is no index "${by}": ports.ts declares them.`);
      return select(found.partitions.get(partition) ?? [], options);
    },
    set(id, record) {
      const former = records.get(id);
      const places = record ? placesOf(record) : [];
      for (const { partitions, partition, sort } of former ? placesOf(former) : []) {
        const entries = partitions.get(partition) ?? [];
        entries.splice(findPosition(entries, sort, id), 1);
        // Most partitions are one action or one person, so empty ones would accumulate for ever.
        if (entries.length === 0) partitions.delete(partition);
      }
      if (!record) return void records.delete(id);
      records.set(id, record);
      for (const { partitions, partition, sort } of places) {
        const entries = partitions.get(partition) ?? [];
        if (entries.length === 0) partitions.set(partition, entries);
        entries.splice(findPosition(entries, sort, id), 0, { sort, record });
      }
    },
  };
}

/** The index of the first entry that is not before this sort key and id. */
function findPosition(entries: readonly Entry[], sort: string, id: string): number {
  const isBefore = (entry: Entry | undefined) =>
    entry && (compareKeys(entry.sort, sort) || compareKeys(entry.record.id, id)) < 0;
  // Dates and ULIDs mostly arrive at the end.
  if (isBefore(entries.at(-1))) return entries.length;
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(entries[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

function select(entries: readonly Entry[], { from, until, limit, reverse }: ListOptions): AnyRecord[] {
  // No id is empty, so an empty one sorts before every record of its sort key.
  const start = from === undefined ? 0 : findPosition(entries, from, '');
  const end = until === undefined ? entries.length : findPosition(entries, until, '');
  const count = Math.max(0, Math.min(limit ?? end - start, end - start));
  const wanted = reverse ? entries.slice(end - count, end).reverse() : entries.slice(start, start + count);
  return wanted.map(({ record }) => record);
}
