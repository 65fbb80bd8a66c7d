import { DuplicateKey, type ListOptions, type Transaction } from '../ports.js';
import type { RecordKind } from '../records.js';
import { type AnyRecord, type Change, compareKeys, indexesOf } from './kinds.js';
import { freeze, validateAndCopy } from './plain-json.js';
import { isStorable, removeUnstorable } from './storable.js';

/** Reads what is stored. */
export interface Source {
  get(kind: RecordKind, id: string): Promise<AnyRecord | undefined>;
  list(kind: RecordKind, by: string, partition: string, options: ListOptions): Promise<readonly AnyRecord[]>;
  all(kind: RecordKind): Promise<readonly AnyRecord[]>;
}

/** Changes that are not written yet; null for a removed record. */
export type Overlay = Map<RecordKind, Map<string, AnyRecord | null>>;

/** A transaction whose changes are layered over those of its group, and over what is stored. */
export interface LayeredTransaction {
  readonly tx: Transaction;
  /** Adds its changes to the group's. */
  merge(): void;
  /** Makes every further call fail. */
  end(): void;
}

/** Opens a transaction on top of its group's changes. */
export function openTransaction(source: Source, group: Overlay): LayeredTransaction {
  const own: Overlay = new Map();
  let ended = false;

  const requireActive = (): void => {
    if (ended) throw new Error('This transaction has ended: an await is missing somewhere in it.');
  };
  const findChange = (kind: RecordKind, id: string): AnyRecord | null | undefined => {
    const changed = own.get(kind)?.get(id);
    return changed === undefined ? group.get(kind)?.get(id) : changed;
  };
  const find = async (kind: RecordKind, id: string): Promise<AnyRecord | undefined> => {
    requireActive();
    const changed = findChange(kind, id);
    return changed === undefined ? source.get(kind, id) : (changed ?? undefined);
  };
  const change = (kind: RecordKind, id: string, record: AnyRecord | null): void => {
    requireActive();
    own.set(kind, (own.get(kind) ?? new Map()).set(id, record));
  };
  const list = async (
    kind: RecordKind,
    by: string,
    partition: string,
    options: ListOptions,
  ): Promise<readonly AnyRecord[]> => {
    requireActive();
    const changes = new Map([...(group.get(kind) ?? []), ...(own.get(kind) ?? [])]);
    if (changes.size === 0) return source.list(kind, by, partition, options);
    const { limit } = options;
    // The changes may remove as many records from the database's list.
    const enough = limit === undefined ? options : { ...options, limit: limit + changes.size };
    const stored = await source.list(kind, by, partition, enough);
    return mergeList(stored, changes, kind, by, partition, options);
  };
  const store = async <T extends AnyRecord>(kind: RecordKind, record: T, isNew: boolean): Promise<void> => {
    const given = validateAndCopy(kind, record as never) as AnyRecord;
    requirePlaceable(kind, given);
    const kept = freeze(removeUnstorable(given));
    // Read before it is replaced, so that the cache knows which lists it leaves.
    if ((await find(kind, kept.id)) && isNew) throw new DuplicateKey(kind);
    change(kind, kept.id, kept);
  };

  return {
    tx: {
      get: (kind, id) => find(kind, id) as never,
      list: (kind, by, partition, options = {}) => list(kind, by, partition, options) as never,
      all: async (kind) => {
        requireActive();
        const records = new Map((await source.all(kind)).map((record) => [record.id, record]));
        for (const [id, record] of [...(group.get(kind) ?? []), ...(own.get(kind) ?? [])])
          if (record) records.set(id, record);
          else records.delete(id);
        return [...records.values()] as never;
      },
      add: (kind, record) => store(kind, record, true),
      put: (kind, record) => store(kind, record, false),
      remove: async (kind, id) => {
        if (await find(kind, id)) change(kind, id, null);
      },
    },
    merge() {
      for (const [kind, changes] of own) {
        const merged = group.get(kind) ?? new Map();
        for (const [id, record] of changes) merged.set(id, record);
        group.set(kind, merged);
      }
    },
    end() {
      ended = true;
    },
  };
}

/** Applies changes to a list. */
function mergeList(
  stored: readonly AnyRecord[],
  changes: ReadonlyMap<string, AnyRecord | null>,
  kind: RecordKind,
  by: string,
  partition: string,
  { from, until, limit, reverse }: ListOptions,
): AnyRecord[] {
  const placeOf = indexesOf(kind)[by];
  const entries = [
    ...stored.filter(({ id }) => !changes.has(id)),
    ...[...changes.values()].filter((record) => record !== null),
  ].flatMap((record) => {
    const place = placeOf?.(record);
    if (place?.partition !== partition) return [];
    if ((from !== undefined && place.sort < from) || (until !== undefined && place.sort >= until)) return [];
    return [{ sort: place.sort, record }];
  });
  entries.sort((a, b) => compareKeys(a.sort, b.sort) || compareKeys(a.record.id, b.record.id));
  if (reverse) entries.reverse();
  return entries.slice(0, limit).map(({ record }) => record);
}

/** @throws Error if an index cannot place the record, or cannot store its id or key */
function requirePlaceable(kind: RecordKind, record: AnyRecord): void {
  const keys = [record.id];
  for (const [by, placeOf] of Object.entries(indexesOf(kind))) {
    const place = placeOf(record);
    if (!place) continue;
    if (typeof place.partition !== 'string' || typeof place.sort !== 'string')
      throw new Error(`a record of kind "${kind}" lacks a field that the index "${by}" needs`);
    keys.push(place.partition, place.sort);
  }
  if (!keys.every(isStorable))
    throw new Error(`A record of kind "${kind}" has an id or a key with a character that cannot be stored.`);
}

/** All changes of a group, in no particular order. */
export const changesOf = (overlay: Overlay): Change[] =>
  [...overlay].flatMap(([kind, changes]) => [...changes].map(([id, record]) => ({ kind, id, record })));
