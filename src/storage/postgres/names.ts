import { indexes, type RecordKind } from '../../ports.js';

/** A record of any kind. */
export interface AnyRecord {
  readonly id: string;
}

/** Where a record stands in an index. */
export interface Place {
  readonly partition: string;
  readonly sort: string;
}

/** The indexes of each kind, in the order in which ports.ts declares them. */
export const indexNames = Object.fromEntries(
  Object.entries(indexes).map(([kind, declared]) => [kind, Object.keys(declared)]),
) as unknown as Record<RecordKind, readonly string[]>;

type PlaceOf = (record: AnyRecord) => Place | undefined;

/** What the index `by` says of a record of its kind. */
export function placeIn(kind: RecordKind, by: string): PlaceOf {
  const place = (indexes[kind] as Record<string, PlaceOf | undefined>)[by];
  if (!place) throw new Error(`There is no index "${by}": ports.ts declares them.`);
  return place;
}

/** The name of a record in the cache and in the log of commits. */
export const recordName = (kind: RecordKind, id: string): string => `${kind}/${id}`;

/** The name of all lists of one partition of an index; no kind has a colon, so that it is no record's. */
export const partitionName = (kind: RecordKind, by: string, partition: string): string =>
  `${kind}:${by}/${partition}`;

/** The column of an index, `by_action_partition` for `byAction`. */
export const columnOf = (by: string, part: 'partition' | 'sort'): string =>
  `${by.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_${part}`;
