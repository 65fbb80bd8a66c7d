import type { RecordKind } from '../../records.js';
import { type AnyRecord, type Change, indexesOf, type Place } from '../kinds.js';

/**
 * Records of one revision of the database, as far as they were read. Dropped as a whole when another instance writes.
 */
export interface Cache {
  /** A record at a revision; undefined if the cache is at another revision or does not know. */
  record(revision: string, kind: RecordKind, id: string): AnyRecord | null | undefined;
  list(revision: string, kind: RecordKind, by: string, key: string): readonly AnyRecord[] | undefined;
  keepRecord(revision: string, kind: RecordKind, id: string, record: AnyRecord | null): void;
  keepList(revision: string, kind: RecordKind, by: string, key: string, records: readonly AnyRecord[]): void;
  /** A transaction has seen this revision: anything older is dropped. */
  advanceTo(revision: string): void;
  /** This process has committed these changes, which turned one revision into the next. */
  committed(revision: string, changes: readonly Change[]): void;
}

/** A key that begins with the partition, so that all lists of a partition can be dropped. */
export const listKey = (partition: string, options: object): string => JSON.stringify([partition, options]);
const partitionOf = (key: string): string => (JSON.parse(key) as [string])[0];

/** Records, and the records of lists: about 60 MB. */
const maxRecords = 60_000;

export function createCache(): Cache {
  let current = '';
  let size = 0;
  const records = new Map<string, AnyRecord | null>();
  /** By kind and index, then partition, then key. */
  const lists = new Map<string, Map<string, Map<string, readonly AnyRecord[]>>>();

  const clear = (): void => {
    records.clear();
    lists.clear();
    size = 0;
  };
  const makeRoom = (more: number): void => {
    if (size > maxRecords) clear();
    size += more;
  };
  const listsOf = (kind: RecordKind, by: string) => {
    const name = `${kind}.${by}`;
    const known = lists.get(name) ?? new Map<string, Map<string, readonly AnyRecord[]>>();
    lists.set(name, known);
    return known;
  };
  const dropLists = (kind: RecordKind, record: AnyRecord | null | undefined): void => {
    if (!record) return;
    for (const [by, placeOf] of Object.entries(indexesOf(kind))) {
      const place: Place | undefined = placeOf(record);
      if (place) listsOf(kind, by).delete(place.partition);
    }
  };

  return {
    record: (revision, kind, id) => (revision === current ? records.get(`${kind}/${id}`) : undefined),
    list: (revision, kind, by, key) =>
      revision === current ? listsOf(kind, by).get(partitionOf(key))?.get(key) : undefined,
    keepRecord(revision, kind, id, record) {
      if (revision !== current) return;
      makeRoom(1);
      records.set(`${kind}/${id}`, record);
    },
    keepList(revision, kind, by, key, found) {
      if (revision !== current) return;
      makeRoom(1 + found.length);
      const partition = partitionOf(key);
      const known = listsOf(kind, by);
      known.set(partition, (known.get(partition) ?? new Map()).set(key, found));
      for (const record of found) records.set(`${kind}/${record.id}`, record);
    },
    advanceTo(revision) {
      if (current !== '' && BigInt(revision) <= BigInt(current)) return;
      current = revision;
      clear();
    },
    committed(revision, changes) {
      if (revision !== current) return;
      for (const { kind, id, record } of changes) {
        const before = records.get(`${kind}/${id}`);
        // An unread record may have been in any list.
        if (before === undefined) for (const by of Object.keys(indexesOf(kind))) listsOf(kind, by).clear();
        dropLists(kind, before);
        dropLists(kind, record);
        makeRoom(1);
        records.set(`${kind}/${id}`, record);
      }
      current = String(BigInt(revision) + 1n);
    },
  };
}
