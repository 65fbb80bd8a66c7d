import { type Change, decodeText, splitLines } from './journal.js';
import { damagedLine } from './repair.js';

/** A file that may be the journal of another one. */
export interface FoundJournal {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Reads a journal from before commits were numbered: its first line is a name that the data file knows, and each
 * further line is a commit. A last line without its end was never acknowledged, and is ignored.
 * @returns nothing if there is none, or its first line was never completed
 * @throws Unreadable if it belongs to another file, or a line cannot be read
 */
export function readUnnumbered(
  found: readonly FoundJournal[],
  name: string | undefined,
): { journal: FoundJournal; changes: Change[] } | undefined {
  const begun = found.map((journal) => ({ journal, lines: splitLines(journal.bytes) }));
  const whole = begun.filter(({ lines }) => lines.length > 1);
  const own = whole.find(({ lines: [first] }) => name !== undefined && parseName(first) === name);
  if (!own && whole[0]) throw damagedLine(whole[0].journal.path, 1);
  if (!own) return undefined;
  const { journal, lines } = own;
  const changes = lines.slice(1).flatMap((line, i, { length }) => {
    const commit = parseLine(line);
    if (isCommit(commit)) return commit;
    if (i === length - 1) return [];
    throw damagedLine(journal.path, i + 2);
  });
  return { journal, changes };
}

const parseName = (first: Buffer | undefined): unknown =>
  (parseLine(first ?? Buffer.of()) as { journal?: unknown } | null | undefined)?.journal;

function parseLine(line: Buffer): unknown {
  try {
    return JSON.parse(decodeText(line));
  } catch {
    return undefined;
  }
}

const isCommit = (value: unknown): value is Change[] =>
  Array.isArray(value) &&
  value.every(
    (c) => Array.isArray(c) && c.length === 3 && typeof c[0] === 'string' && typeof c[1] === 'string',
  );
