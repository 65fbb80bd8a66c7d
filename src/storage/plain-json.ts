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
  const refuse = (found: string): never => {
    throw new Error(`${path} is ${found}: a record must be plain JSON.`);
  };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : refuse(String(value));
  if (typeof value !== 'object') return refuse(value === undefined ? 'undefined' : `a ${typeof value}`);
  if (depth > deepest) return refuse('nested without end');
  if (Array.isArray(value)) {
    // Array.from visits holes, which map would leave.
    return Object.freeze(Array.from(value, (item, i) => frozenCopy(item, `${path}[${i}]`, depth + 1)));
  }
  if (!isPlain(value)) return refuse(`a ${value.constructor?.name ?? 'special object'}`);
  const kept = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.freeze(
    Object.fromEntries(kept.map(([key, item]) => [key, frozenCopy(item, `${path}.${key}`, depth + 1)])),
  );
}

/** An object of another realm (jest, vm) has another Object.prototype: what counts is that nothing is above it. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
