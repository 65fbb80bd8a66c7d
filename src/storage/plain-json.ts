/** Deeper than any record: beyond it a value refers to itself. */
const deepest = 50;

/**
 * Copies a record as its JSON would bring it back, and freezes the copy: what a caller does to its object later
 * changes nothing in the store, and what the store gives out can be shared without copying.
 * A key whose value is undefined is left out, as in JSON.
 * @param path names the value in the error
 * @throws Error when the value would come back from JSON as something else
 */
export function frozenCopy(value: unknown, path: string, depth = 0): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(path, String(value));
  if (typeof value !== 'object') return refuse(path, value === undefined ? 'undefined' : `a ${typeof value}`);
  if (depth > deepest) return refuse(path, 'nested without end');
  if (Array.isArray(value)) {
    // Array.from visits holes, which map would leave.
    return Object.freeze(Array.from(value, (item, i) => copyAt(item, path, i, depth)));
  }
  if (!isPlain(value)) return refuse(path, `a ${value.constructor?.name ?? 'special object'}`);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) set(copy, key, copyAt(item, path, key, depth));
  }
  return Object.freeze(copy);
}

/** The path is put together only for what has parts: most values are texts, and every commit copies hundreds. */
const copyAt = (item: unknown, path: string, key: string | number, depth: number): unknown =>
  typeof item === 'string'
    ? item
    : frozenCopy(item, `${path}${typeof key === 'number' ? `[${key}]` : `.${key}`}`, depth + 1);

/** An assignment to `__proto__` would not make a key. */
function set(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true });
  else object[key] = value;
}

function refuse(path: string, found: string): never {
  throw new Error(`${path} is ${found}: a record must be plain JSON.`);
}

/** An object of another realm (jest, vm) has another Object.prototype: what counts is that nothing is above it. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
