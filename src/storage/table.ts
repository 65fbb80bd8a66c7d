import type { ListOptions } from '../ports.js';
import { createPages, type Page } from './pages.js';
import { type SortedList, sortedList } from './sorted-list.js';

/** Where a record stands in an index, or nothing when it is not in it. */
export type Indexes<T> = Readonly<Record<string, (record: T) => Place | undefined>>;
interface Place {
  readonly partition: string;
  readonly sort: string;
}

/** The records of one kind in memory, with their indexes and their text. Holds no I/O and no transactions. */
export interface Table<T> {
  get(id: string): T | undefined;
  /** Adds or replaces a record; gives what was there. Throws, with nothing changed, when an index cannot place it. */
  set(record: T): T | undefined;
  /** Removes a record; gives what was there. */
  delete(id: string): T | undefined;
  all(): T[];
  list(by: string, partition: string, options: ListOptions): T[];
  /** The table as JSON lines, page by page. */
  texts(): Buffer[];
  /** What changed since it was last asked: ids, with the record as it is now, or null when it is gone. */
  takeChanges(): [string, T | null][];
}

/** Makes an empty table that keeps these indexes. */
export function createTable<T extends { readonly id: string }>(indexes: Indexes<T>): Table<T> {
  const changed = new Set<string>();
  const rows = new Map<string, { record: T; page: Page<T>; places: (Place | undefined)[] }>();
  const pages = createPages<T>();
  const names = Object.keys(indexes);
  const partitions = names.map(() => new Map<string, SortedList<T>>());

  const placesOf = (record: T): (Place | undefined)[] =>
    names.map((name) => {
      const place = indexes[name]?.(record);
      if (place && (typeof place.partition !== 'string' || typeof place.sort !== 'string')) {
        throw new Error(`record "${record.id}" lacks a field that the index "${name}" needs`);
      }
      return place;
    });

  const enter = (record: T, places: (Place | undefined)[]): void => {
    for (const [i, index] of partitions.entries()) {
      const place = places[i];
      if (!place) continue;
      const list = index.get(place.partition) ?? sortedList<T>();
      index.set(place.partition, list);
      list.insert({ sort: place.sort, id: record.id, record });
    }
  };

  const leave = (id: string, places: (Place | undefined)[]): void => {
    for (const [i, index] of partitions.entries()) {
      const place = places[i];
      const list = place && index.get(place.partition);
      if (!list) continue;
      list.remove(place.sort, id);
      // Most partitions are one action or one person: empty ones would pile up for ever.
      if (list.isEmpty()) index.delete(place.partition);
    }
  };

  return {
    get: (id) => rows.get(id)?.record,
    set(record) {
      const places = placesOf(record);
      const known = rows.get(record.id);
      if (known) leave(record.id, known.places);
      enter(record, places);
      rows.set(record.id, { record, places, page: pages.set(record, known?.page) });
      changed.add(record.id);
      return known?.record;
    },
    delete(id) {
      const known = rows.get(id);
      if (!known) return undefined;
      leave(id, known.places);
      pages.remove(id, known.page);
      rows.delete(id);
      changed.add(id);
      return known.record;
    },
    all: () => Array.from(rows.values(), (row) => row.record),
    list(by, partition, options) {
      const index = partitions[names.indexOf(by)];
      if (!index) throw new Error(`There is no index "${by}": ports.ts declares them.`);
      return index.get(partition)?.list(options) ?? [];
    },
    texts: pages.texts,
    takeChanges() {
      const changes = Array.from(changed, (id): [string, T | null] => [id, rows.get(id)?.record ?? null]);
      changed.clear();
      return changes;
    },
  };
}
