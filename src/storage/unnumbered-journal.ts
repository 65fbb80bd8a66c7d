import { type Change, linesOf, textOf } from './journal.js';
import { damagedLine } from './repair.js';

/** A file that may be the journal of another one. */
export interface FoundJournal {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Reads a journal as it was kept before commits were numbered: its first line has a name by which the data file knows
 * it, and each other one is a commit. A last line without its end was never answered, and is left out.
 * @returns nothing when there is none, or one whose first line was never written whole
 * @throws Unreadable when it is that of another file, or when a line cannot be read
 */
export function readUnnumbered(
  found: readonly FoundJournal[],
  name: string | undefined,
): { journal: FoundJournal; changes: Change[] } | undefined {
  const begun = found.map((journal) => ({ journal, lines: linesOf(journal.bytes) }));
  const whole = begun.filter(({ lines }) => lines.length > 1);
  const own = whole.find(({ lines: [first] }) => name !== undefined && nameIn(first) === name);
  if (!own && whole[0]) throw damagedLine(whole[0].journal.path, 1);
  if (!own) return undefined;
  const { journal, lines } = own;
  const changes = lines.slice(1).flatMap((line, i, { length }) => {
    const commit = read(line);
    if (isCommit(commit)) return commit;
    if (i === length - 1) return [];
    throw damagedLine(journal.path, i + 2);
  });
  return { journal, changes };
}

const nameIn = (first: Buffer | undefined): unknown =>
  (read(first ?? Buffer.of()) as { journal?: unknown } | null | undefined)?.journal;

function read(line: Buffer): unknown {
  try {
    return JSON.parse(textOf(line));
  } catch {
    return undefined;
  }
}

const isCommit = (value: unknown): value is Change[] =>
  Array.isArray(value) &&
  value.every(
    (c) => Array.isArray(c) && c.length === 3 && typeof c[0] === 'string' && typeof c[1] === 'string',
  );
