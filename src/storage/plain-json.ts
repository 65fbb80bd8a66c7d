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

/** Most values are: the path of the others is put together only when it may be needed. */
const isSimple = (item: unknown): boolean =>
  typeof item === 'string' || typeof item === 'boolean' || item === null || Number.isFinite(item);

function refuse(path: string, found: string): never {
  throw new Error(`${path} is ${found}: a record must be plain JSON.`);
}

/** An object of another realm (jest, vm) has another Object.prototype: what counts is that nothing is above it. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}
