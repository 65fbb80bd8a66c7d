import type { RecordKind, Records } from '../ports.js';

/** Deeper than any record: a value that goes beyond it refers to itself. */
const maxDepth = 50;

/**
 * Copies a record as its JSON would restore it, and freezes the copy: callers can then change their own object
 * without affecting the store, and the store can give out records without copying them. Keys with the value undefined
 * are left out, as in JSON.
 * @param path names the value in the error
 * @throws Error if JSON would restore the value as something else
 */
export function frozenCopy(value: unknown, path: string, depth = 0): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(path, String(value));
  if (typeof value !== 'object') return refuse(path, value === undefined ? 'undefined' : `a ${typeof value}`);
  if (depth > maxDepth) return refuse(path, 'nested without end');
  if (Array.isArray(value)) {
    // Array.from visits holes, which map would keep.
    return Object.freeze(
      Array.from(value, (item, i) => (isSimple(item) ? item : frozenCopy(item, `${path}[${i}]`, depth + 1))),
    );
  }
  if (!isPlain(value)) return refuse(path, `a ${value.constructor?.name ?? 'special object'}`);
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) {
    const item = copy[key];
    if (item === undefined) delete copy[key];
    else if (!isSimple(item)) copy[key] = frozenCopy(item, `${path}.${key}`, depth + 1);
  }
  return Object.freeze(copy);
}

/** Most values are simple; the path is built only for others, where an error may need it. */
const isSimple = (item: unknown): boolean =>
  typeof item === 'string' || typeof item === 'boolean' || item === null || Number.isFinite(item);

function refuse(path: string, found: string): never {
  throw new Error(`${path} is ${found}: a record must be plain JSON.`);
}

/**
 * Objects of another realm (jest, vm) have another Object.prototype, so the test is that it has no prototype itself.
 */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * Copies a record for storing.
 * @throws Error if it is not plain JSON or has no id
 */
export function validateAndCopy<K extends RecordKind>(kind: K, record: Records[K]): Records[K] {
  if (typeof record?.id !== 'string' || record.id === '') {
    throw new Error(`A record of kind "${kind}" needs an id that is a string and not empty.`);
  }
  return frozenCopy(record, `${kind} "${record.id}"`) as Records[K];
}
