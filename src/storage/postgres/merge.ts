import type { ListOptions } from '../../ports.js';
import type { Change } from './changes.js';
import type { AnyRecord, Place } from './names.js';

/** What changes do to one partition of an index. */
export interface Touch {
  /** The ids of the stored records that are in it no longer, or at another place. */
  readonly gone: ReadonlySet<string>;
  readonly entering: readonly Entry[];
}
interface Entry {
  readonly sort: string;
  readonly record: AnyRecord;
}

/**
 * @param at the number of the index among those of its kind
 * @returns nothing when the changes leave the partition as it is
 */
export function touchOf(changes: readonly Change[], at: number, partition: string): Touch | undefined {
  const gone = new Set<string>();
  const entering: Entry[] = [];
  for (const { id, now, placesBefore, placesNow } of changes) {
    if (placesBefore[at]?.partition === partition) gone.add(id);
    const place = placesNow[at];
    if (now && place?.partition === partition) entering.push({ sort: place.sort, record: now });
  }
  return gone.size > 0 || entering.length > 0 ? { gone, entering } : undefined;
}

/**
 * A list with changes applied to it.
 * @param stored the list before the changes, with these options but for the limit
 * @param storedLimit the limit it was taken with
 * @param placeOf where the index has a record
 * @returns nothing when `stored` was cut too short to tell
 */
export function applyTouch(
  stored: readonly AnyRecord[],
  storedLimit: number | undefined,
  { gone, entering }: Touch,
  placeOf: (record: AnyRecord) => Place | undefined,
  { from, until, limit, reverse }: ListOptions,
): readonly AnyRecord[] | undefined {
  const rows = stored.filter(({ id }) => !gone.has(id));
  const isCut = storedLimit !== undefined && stored.length >= storedLimit;
  if (isCut && rows.length < (limit ?? Infinity)) return undefined;
  for (const { sort, record } of entering) {
    if ((from !== undefined && inOrder(sort, from) < 0) || (until !== undefined && inOrder(sort, until) >= 0))
      continue;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = rows[middle];
      const order =
        other &&
        (inOrder(placeOf(other)?.sort ?? '', sort) || inOrder(other.id, record.id)) * (reverse ? -1 : 1);
      if (order !== undefined && order < 0) low = middle + 1;
      else high = middle;
    }
    rows.splice(low, 0, record);
  }
  return limit === undefined ? rows : rows.slice(0, Math.max(0, limit));
}

const surrogate = /[\ud800-\udfff]/;

/** The order of PostgreSQL's collation "C", that of the bytes: JavaScript's own puts emoji before some letters. */
export function inOrder(a: string, b: string): number {
  if (a === b) return 0;
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}
