import type { AnyRecord } from './names.js';

/** A record from its JSON. Frozen, as lowdb's are: it is shared by everybody who reads it. */
export const recordOf = (text: string): AnyRecord => frozen(JSON.parse(text)) as AnyRecord;

/** Freezes a value that came out of JSON, and all in it. */
function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
}
