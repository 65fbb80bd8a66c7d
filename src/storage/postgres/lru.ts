/** Values by name; when they weigh too much together, those not asked for in a long while are dropped. */
export interface Lru<T> {
  get(name: string): T | undefined;
  set(name: string, value: T, bytes: number): void;
  delete(name: string): void;
  clear(): void;
}

interface Kept<T> {
  readonly value: T;
  readonly bytes: number;
}

/** A name, its place in the map and the object around the value. */
const overhead = 200;

/**
 * Makes one with nothing in it. There are those asked for lately, and those before them: when the former weigh half of
 * what is allowed, they take the place of the latter, which are dropped. Moving each value to the end of one map
 * whenever it is asked for costs several times as much.
 */
export function createLru<T>(mostBytes: number): Lru<T> {
  let young = new Map<string, Kept<T>>();
  let old = new Map<string, Kept<T>>();
  let youngBytes = 0;
  let oldBytes = 0;

  /** A name is in one of the two at most. */
  const drop = (name: string): void => {
    const kept = young.get(name);
    if (kept) {
      youngBytes -= kept.bytes;
      young.delete(name);
    } else if (oldBytes > 0) {
      oldBytes -= old.get(name)?.bytes ?? 0;
      old.delete(name);
    }
  };

  const keep = (name: string, kept: Kept<T>): void => {
    young.set(name, kept);
    youngBytes += kept.bytes;
    if (youngBytes <= mostBytes / 2) return;
    [old, oldBytes] = [young, youngBytes];
    [young, youngBytes] = [new Map(), 0];
  };

  return {
    get(name) {
      const kept = young.get(name);
      if (kept || oldBytes === 0) return kept?.value;
      const found = old.get(name);
      if (!found) return undefined;
      old.delete(name);
      oldBytes -= found.bytes;
      keep(name, found);
      return found.value;
    },
    set(name, value, bytes) {
      drop(name);
      keep(name, { value, bytes: bytes + overhead });
    },
    delete: drop,
    clear() {
      young.clear();
      old.clear();
      [youngBytes, oldBytes] = [0, 0];
    },
  };
}

/** About how much memory a value out of JSON takes. */
export function weightOf(value: unknown): number {
  if (typeof value === 'string') return 24 + value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 40;
  for (const inner of Object.values(value)) bytes += 8 + weightOf(inner);
  return bytes;
}
