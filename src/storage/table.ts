import type { ListOptions } from '../ports.js';
import { createPages, type Page } from './pages.js';
import { insert, list, remove, type SortedList } from './sorted-list.js';

/** Where a record stands in an index, or nothing when it is not in it. */
export type Indexes<T> = Readonly<Record<string, (record: T) => Place | undefined>>;
interface Place {
  readonly partition: string;
  readonly sort: string;
}

/** The records of one kind in memory, with their indexes and their text. Holds no I/O and no transactions. */
export interface Table<T> {
  get(id: string): T | undefined;
  /** A record with the last turn that changed what is found under its id; 0 when none did. */
  find(id: string): { readonly record: T | undefined; readonly turn: number };
  /**
   * Adds or replaces a record in this turn. Gives what takes it back, which is only right while nothing later has
   * changed the table. Throws, with nothing changed, when an index cannot place it.
   */
  set(record: T, turn: number): () => void;
  /** Removes a record in this turn. Gives what takes it back; nothing when there was none. */
  delete(id: string, turn: number): (() => void) | undefined;
  /** The last turn that changed anything; 0 when none did. */
  lastChange(): number;
  all(): T[];
  list(by: string, partition: string, options: ListOptions): T[];
  /** What gives the table as it is now as JSON lines, page by page. */
  snapshot(): (() => Buffer)[];
  /** What changed since it was last asked: ids, with the record as it is now, or null when it is gone. */
  takeChanges(): [string, T | null][];
}

interface Row<T> {
  readonly record: T;
  readonly page: Page<T>;
  readonly places: readonly (Place | undefined)[];
  readonly turn: number;
}

/** Makes an empty table that keeps these indexes. */
export function createTable<T extends { readonly id: string }>(indexes: Indexes<T>): Table<T> {
  const changed = new Set<string>();
  const rows = new Map<string, Row<T>>();
  /** The last turn that changed something, and the last that removed something. */
  let last = { change: 0, removal: 0 };
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

  const enter = (record: T, places: Row<T>['places']): void => {
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

  const leave = (id: string, places: Row<T>['places']): void => {
    for (let i = 0; i < partitions.length; i++) {
      const place = places[i];
      const index = partitions[i];
      const known = place && index?.get(place.partition);
      if (!known) continue;
      remove(known, place.sort, id);
      // Most partitions are one action or one person: empty ones would pile up for ever.
      if (known.length === 0) index?.delete(place.partition);
    }
  };

  const put = (record: T, turn: number, known: Row<T> | undefined): void => {
    const places = placesOf(record);
    if (known) leave(record.id, known.places);
    enter(record, places);
    rows.set(record.id, { record, places, page: pages.set(record, known?.page), turn });
    changed.add(record.id);
  };

  const drop = (id: string, known: Row<T>): void => {
    leave(id, known.places);
    pages.remove(id, known.page);
    rows.delete(id);
    changed.add(id);
  };

  return {
    get: (id) => rows.get(id)?.record,
    find: (id) => rows.get(id) ?? { record: undefined, turn: last.removal },
    set(record, turn) {
      const known = rows.get(record.id);
      put(record, turn, known);
      const before = last;
      last = { change: turn, removal: last.removal };
      return () => {
        const now = rows.get(record.id);
        if (known) put(known.record, known.turn, now);
        else if (now) drop(record.id, now);
        last = before;
      };
    },
    delete(id, turn) {
      const known = rows.get(id);
      if (!known) return undefined;
      drop(id, known);
      const before = last;
      last = { change: turn, removal: turn };
      return () => {
        put(known.record, known.turn, undefined);
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
