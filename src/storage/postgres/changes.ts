import type { RecordKind } from '../../ports.js';
import { type AnyRecord, indexNames, partitionName, recordName } from './names.js';
import { type Places, placesOf } from './places.js';

/** What a batch makes of a record: what was stored before it, and what is to be stored. */
export interface Change {
  readonly kind: RecordKind;
  readonly id: string;
  /** The record's name in the cache and in the log. */
  readonly name: string;
  readonly before: AnyRecord | undefined;
  readonly now: AnyRecord | undefined;
  readonly placesBefore: Places;
  readonly placesNow: Places;
}

/** What the transactions of one batch have changed and the database does not have yet. */
export interface Changes {
  get(kind: RecordKind, id: string): Change | undefined;
  /**
   * Puts a record, or nothing, in the place of what is there.
   * @param stored what the database has
   * @returns what takes it back, as long as nothing later has changed the same record
   * @throws Error, with nothing changed, when the record cannot be stored
   */
  set(kind: RecordKind, id: string, stored: AnyRecord | undefined, now: AnyRecord | undefined): () => void;
  of(kind: RecordKind): readonly Change[];
  /** The kinds that have changes. */
  kinds(): readonly RecordKind[];
}

const nowhere: Places = [];

/** Starts with no changes. */
export function createChanges(): Changes {
  const kinds = new Map<RecordKind, Map<string, Change>>();

  return {
    get: (kind, id) => kinds.get(kind)?.get(id),
    set(kind, id, stored, now) {
      const placesNow = now ? placesOf(kind, now) : nowhere;
      const records = kinds.get(kind) ?? new Map<string, Change>();
      kinds.set(kind, records);
      const last = records.get(id);
      const before = last ? last.before : stored;
      const placesBefore = last ? last.placesBefore : stored ? placesOf(kind, stored) : nowhere;
      const name = last ? last.name : recordName(kind, id);
      records.set(id, { kind, id, name, before, now, placesBefore, placesNow });
      return () => {
        if (last) records.set(id, last);
        else records.delete(id);
      };
    },
    of: (kind) => [...(kinds.get(kind)?.values() ?? [])],
    kinds: () => [...kinds].filter(([, records]) => records.size > 0).map(([kind]) => kind),
  };
}

/** The names of all that changes touch: each record, and each partition that it leaves, enters or stays in. */
export function namesOf(changes: readonly Change[]): string[] {
  const names = new Set<string>();
  for (const { kind, name, placesBefore, placesNow } of changes) {
    names.add(name);
    indexNames[kind].forEach((by, i) => {
      for (const place of [placesBefore[i], placesNow[i]])
        if (place) names.add(partitionName(kind, by, place.partition));
    });
  }
  return [...names];
}
