import type { RecordKind, Records } from '../records.js';

/** Deeper than any record: a value that goes beyond it contains itself. */
const maxDepth = 50;

/**
 * Copies a record for storing, as its JSON would restore it, and freezes the copy: the caller's object stays the
 * caller's, and the store can give the record out without copying it. Keys with the value undefined are left out.
 * @throws Error if it has no id, or if JSON would restore it as something else
 */
export function validateAndCopy<K extends RecordKind>(kind: K, record: Records[K]): Records[K] {
  if (typeof record?.id !== 'string' || record.id === '') {
    throw new Error(`A record of kind "${kind}" needs an id that is a string and not empty.`);
  }
  return frozenCopy(record, kind) as Records[K];
}

/** @param path names the value in the error, which may be logged: it has no id, which may be a person's */
function frozenCopy(value: unknown, path: string, depth = 0): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))
    return value;
  if (depth > maxDepth) throw notPlain(path, 'nested without end');
  // Array.from visits holes, which map would keep.
  if (Array.isArray(value))
    return Object.freeze(Array.from(value, (item, i) => frozenCopy(item, `${path}[${i}]`, depth + 1)));
  if (typeof value !== 'object') throw notPlain(path, describe(value));
  if (!isPlain(value)) throw notPlain(path, `a ${value.constructor?.name ?? 'special object'}`);
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) {
    if (copy[key] === undefined) delete copy[key];
    else copy[key] = frozenCopy(copy[key], `${path}.${key}`, depth + 1);
  }
  return Object.freeze(copy);
}

const describe = (value: unknown): string =>
  value === undefined || typeof value === 'number' ? String(value) : `a ${typeof value}`;

const notPlain = (path: string, found: string): Error =>
  new Error(`${path} is ${found}: a record must be plain JSON.`);

/** Objects of another realm (jest, vm) have another Object.prototype: one that has no prototype itself. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Freezes plain JSON with all that is in it: records are shared, so nobody may change them. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const item of Object.values(value)) freeze(item);
  return Object.freeze(value);
}
