import type { ListOptions } from '../../ports.js';
import { createPages, type Page } from './pages.js';
import { insert, list, remove, type SortedList } from './sorted-list.js';

/** The place of a record in each index; nothing if it is not in it. */
export type Indexes<T> = Readonly<Record<string, (record: T) => Place | undefined>>;
interface Place {
  readonly partition: string;
  readonly sort: string;
}

/** The records of one kind in memory, with their indexes and their text. No I/O, no transactions. */
export interface Table<T> {
  get(id: string): T | undefined;
  /** A record with the version that last changed it; 0 if none did. */
  find(id: string): { readonly record: T | undefined; readonly version: number };
  /**
   * Adds or replaces a record in a version. Returns a function that undoes it, valid only while no later change has
   * been made.
   * @throws Error if an index cannot place the record; nothing has changed then
   */
  set(record: T, version: number): () => void;
  /** Removes a record in a version. Returns a function that undoes it; nothing if there was no record. */
  delete(id: string, version: number): (() => void) | undefined;
  /** The last version that changed anything; 0 if none did. */
  lastChange(): number;
  all(): T[];
  list(by: string, partition: string, options: ListOptions): T[];
  /** Functions that render the table as it is now as JSON lines, page by page. */
  snapshot(): (() => Buffer)[];
  /** The changes since the last call: ids, each with the current record, or null if it was removed. */
  takeChanges(): [string, T | null][];
}

interface Row<T> {
  readonly record: T;
  readonly page: Page<T>;
  readonly places: readonly (Place | undefined)[];
  readonly version: number;
}

export function createTable<T extends { readonly id: string }>(indexes: Indexes<T>): Table<T> {
  const changed = new Set<string>();
  const rows = new Map<string, Row<T>>();
  /** The last version that changed something, and the last that removed something. */
  let last = { change: 0, removal: 0 };
  const pages = createPages<T>();
  const names = Object.keys(indexes);
  const partitions = names.map(() => new Map<string, SortedList<T>>());

  const findPlaces = (record: T): (Place | undefined)[] =>
    names.map((name) => {
      const place = indexes[name]?.(record);
      if (place && (typeof place.partition !== 'string' || typeof place.sort !== 'string')) {
        throw new Error(`record "${record.id}" lacks a field that the index "${name}" needs`);
      }
      return place;
    });

  const addToIndexes = (record: T, places: Row<T>['places']): void => {
    for (let i = 0; i < partitions.length; i++) {
      const place = places[i];
      const index = partitions[i];
      if (!place || !index) continue;
      const entry = { sort: place.sort, id: record.id, record };
      const known = index.get(place.partition);
      if (known) insert(known, entry);
      else index.set(place.partition, [entry]);
    }
  };

  const removeFromIndexes = (id: string, places: Row<T>['places']): void => {
    for (let i = 0; i < partitions.length; i++) {
      const place = places[i];
      const index = partitions[i];
      const known = place && index?.get(place.partition);
      if (!known) continue;
      remove(known, place.sort, id);
      // Most partitions are one action or one person, so empty ones would accumulate for ever.
      if (known.length === 0) index?.delete(place.partition);
    }
  };

  const putRow = (record: T, version: number, known: Row<T> | undefined): void => {
    const places = findPlaces(record);
    if (known) removeFromIndexes(record.id, known.places);
    addToIndexes(record, places);
    rows.set(record.id, { record, places, page: pages.set(record, known?.page), version });
    changed.add(record.id);
  };

  const dropRow = (id: string, known: Row<T>): void => {
    removeFromIndexes(id, known.places);
    pages.remove(id, known.page);
    rows.delete(id);
    changed.add(id);
  };

  return {
    get: (id) => rows.get(id)?.record,
    find: (id) => rows.get(id) ?? { record: undefined, version: last.removal },
    set(record, version) {
      const known = rows.get(record.id);
      putRow(record, version, known);
      const before = last;
      last = { change: version, removal: last.removal };
      return () => {
        const now = rows.get(record.id);
        if (known) putRow(known.record, known.version, now);
        else if (now) dropRow(record.id, now);
        last = before;
      };
    },
    delete(id, version) {
      const known = rows.get(id);
      if (!known) return undefined;
      dropRow(id, known);
      const before = last;
      last = { change: version, removal: version };
      return () => {
        putRow(known.record, known.version, undefined);
        last = before;
      };
    },
    lastChange: () => last.change,
    all: () => Array.from(rows.values(), (row) => row.record),
    list(by, partition, options) {
      const index = partitions[names.indexOf(by)];
      if (!index) throw new Error(`There is no index "${by}": ports.ts declares them.`);
      const known = index.get(partition);
      return known ? list(known, options) : [];
    },
    snapshot: pages.snapshot,
    takeChanges() {
      const changes = Array.from(changed, (id): [string, T | null] => [id, rows.get(id)?.record ?? null]);
      changed.clear();
      return changes;
    },
  };
}
