/** Values by name, those not asked for the longest dropped when they weigh too much together. */
export interface Lru<T> {
  get(name: string): T | undefined;
  set(name: string, value: T, bytes: number): void;
  delete(name: string): void;
  clear(): void;
}

/** A name, its place in the map and the object around the value. */
const overhead = 200;

/** Makes one with nothing in it. */
export function createLru<T>(mostBytes: number): Lru<T> {
  const values = new Map<string, { value: T; bytes: number }>();
  let total = 0;

  const drop = (name: string): void => {
    total -= values.get(name)?.bytes ?? 0;
    values.delete(name);
  };

  return {
    get(name) {
      const found = values.get(name);
      if (!found) return undefined;
      // A map keeps the order in which names were put into it.
      values.delete(name);
      values.set(name, found);
      return found.value;
    },
    set(name, value, bytes) {
      drop(name);
      values.set(name, { value, bytes: bytes + overhead });
      total += bytes + overhead;
      for (const oldest of values.keys()) {
        if (total <= mostBytes) break;
        drop(oldest);
      }
    },
    delete: drop,
    clear() {
      values.clear();
      total = 0;
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
