import { indexes, type RecordKind } from '../records.js';

export interface AnyRecord {
  readonly id: string;
}

/** The place of a record in an index. */
export interface Place {
  readonly partition: string;
  readonly sort: string;
}

/** Every kind of record. */
export const recordKinds = Object.keys(indexes) as RecordKind[];

type PlaceOf = (record: AnyRecord) => Place | undefined;

/** The indexes of a kind by name, as declared in ports.ts. */
export const indexesOf = (kind: RecordKind): Readonly<Record<string, PlaceOf>> =>
  indexes[kind] as Readonly<Record<string, PlaceOf>>;

/** A change by a transaction: the new record, or null if it was removed. */
export interface Change {
  readonly kind: RecordKind;
  readonly id: string;
  readonly record: AnyRecord | null;
}

/** Orders sort keys and ids by code points, as databases do (collation "C"); JavaScript orders by UTF-16 units. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
}
