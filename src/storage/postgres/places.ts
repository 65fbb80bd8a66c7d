import type { RecordKind } from '../../ports.js';
import { type AnyRecord, indexNames, type Place, placeIn } from './names.js';

/** Where a record stands in each index of its kind, nothing for an index it is not in. */
export type Places = readonly (Place | undefined)[];

/** PostgreSQL keeps index entries of 2,704 bytes at most, its own bookkeeping included. */
const mostIndexBytes = 2_500;

/** What PostgreSQL cannot keep as text: the character zero, and half of a pair that makes one character. */
const unstorable = /[\0\p{Surrogate}]/u;

/** Whether a text can be an id, a partition or a sort key; nothing is stored under one that cannot. */
export const isStorable = (text: string): boolean => !unstorable.test(text);

/**
 * The places of a record. What PostgreSQL would refuse is refused here: there, it would end the transactions of
 * others that share the commit.
 * @throws Error when an index cannot place the record
 */
export function placesOf(kind: RecordKind, record: AnyRecord): Places {
  refuseUnfit(kind, record.id);
  return indexNames[kind].map((by) => {
    const place = placeIn(kind, by)(record);
    if (!place) return undefined;
    if (typeof place.partition !== 'string' || typeof place.sort !== 'string') {
      throw new Error(`record "${record.id}" lacks a field that the index "${by}" needs`);
    }
    refuseUnfit(kind, record.id, place.partition, place.sort);
    return place;
  });
}

/** @throws Error when these texts together cannot be an entry of an index */
function refuseUnfit(kind: RecordKind, ...texts: string[]): void {
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  const tooLong =
    characters * 3 > mostIndexBytes &&
    texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) > mostIndexBytes;
  if (tooLong) throw new Error(`A record of kind "${kind}" has an id or a key that is too long.`);
  if (texts.some((text) => !isStorable(text))) {
    throw new Error(`A record of kind "${kind}" has an id or a key with a character that cannot be stored.`);
  }
}
