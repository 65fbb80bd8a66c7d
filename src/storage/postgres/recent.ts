/** What the last commits changed: for reads that end after others have committed. */
export interface Recent {
  add(seq: number, changed: readonly string[]): void;
  /** Whether a commit after `from`, and up to `to`, may have changed it. */
  mayHaveChanged(name: string, from: number, to: number): boolean;
  clear(): void;
}

/** More than are made while a read goes on, short of an export. */
const remembered = 256;

/** Makes one that remembers nothing. */
export function createRecent(): Recent {
  const commits: { seq: number; names: ReadonlySet<string> }[] = [];
  return {
    add(seq, changed) {
      commits.push({ seq, names: new Set(changed) });
      if (commits.length > remembered) commits.shift();
    },
    mayHaveChanged(name, from, to) {
      if (from >= to) return false;
      const [oldest] = commits;
      if (!oldest || oldest.seq > from + 1) return true;
      return commits.some(({ seq, names }) => seq > from && names.has(name));
    },
    clear: () => void commits.splice(0),
  };
}
