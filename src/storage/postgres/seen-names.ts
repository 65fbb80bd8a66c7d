/**
 * The names of all records and partitions that ever were, in two bytes a name. For a name that it does not have, it
 * is certain that there is nothing; one time in 400 it has a name that nobody added.
 */
export interface SeenNames {
  add(name: string): void;
  mayHave(name: string): boolean;
  /** Has so many names that it is wrong too often. */
  isFull(): boolean;
}

const bitsPerName = 16;
const bitsSet = 4;

/** A Bloom filter. @param names how many it is to take */
export function createSeenNames(names: number): SeenNames {
  const bits = 2 ** Math.ceil(Math.log2(Math.max(1, names) * bitsPerName));
  const words = new Uint32Array(bits / 32);
  const mask = bits - 1;
  let added = 0;

  /** Calls `visit` with each bit of a name until it gives false. */
  const everyBit = (name: string, visit: (word: number, bit: number) => boolean): boolean => {
    let first = 0x811c9dc5;
    let second = 0x9e3779b9;
    for (let i = 0; i < name.length; i++) {
      const code = name.charCodeAt(i);
      first = Math.imul(first ^ code, 0x01000193);
      second = Math.imul(second ^ code, 0x5bd1e995);
      second ^= second >>> 15;
    }
    for (let i = 0; i < bitsSet; i++) {
      const at = (first + Math.imul(i, second | 1)) & mask;
      if (!visit(at >>> 5, 1 << (at & 31))) return false;
    }
    return true;
  };
  const isSet = (word: number, bit: number): boolean => ((words[word] ?? 0) & bit) !== 0;

  return {
    add(name) {
      if (everyBit(name, isSet)) return;
      added += 1;
      everyBit(name, (word, bit) => {
        words[word] = (words[word] ?? 0) | bit;
        return true;
      });
    },
    mayHave: (name) => everyBit(name, isSet),
    isFull: () => added > 2 * names,
  };
}
