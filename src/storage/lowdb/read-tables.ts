import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Change, isNoJournal, type Point, readJournal } from './journal.js';
import { type FileHead, parse, replay } from './json-text.js';
import { journalPath, Unreadable } from './repair.js';
import { createTables, type Tables, takeChanges } from './tables.js';
import { readUnnumbered } from './unnumbered-journal.js';

/** The path of the second journal that existed before commits were numbered. */
export const secondJournalPath = (file: string): string => `${file}.journal.next`;

export interface FoundTables {
  readonly tables: Tables;
  /** The last point of the history. */
  readonly last: Point;
  /** The size of the data file; 0 if there is none. */
  readonly fileBytes: number;
  /** The path of the journal that contains the file's history; absent if there is none. */
  readonly journal: string | undefined;
  /** Whether the journal contains commits that the file does not. */
  readonly replayed: boolean;
}

/**
 * Reads a data file and its journal, without changing either.
 * @throws Error, mostly Unreadable, that says what is wrong with them
 */
export async function readTables(file: string): Promise<FoundTables> {
  const [path, second] = [journalPath(file), secondJournalPath(file)];
  const [bytes, journal, next] = await Promise.all([file, path, second].map(readIfPresent));
  if (!bytes && journal && !isNoJournal(journal))
    throw new Unreadable('missing', `it is missing, and its journal, ${path}, is there`);
  const { tables, head } = bytes ? parseOrThrow(bytes) : { tables: createTables(), head: {} };
  if (head.at && !journal) throw new Unreadable('journal', `its journal, ${path}, is missing`);

  const found = findContinuation(head, { path, bytes: journal }, { path: second, bytes: next });
  try {
    for (const [kind, id, record] of found.changes) replay(tables, kind, id, record);
  } catch (error) {
    throw new Unreadable('journal', `in its journal, ${path}, ${(error as Error).message}`);
  }
  takeChanges(tables);
  const replayed = found.changes.length > 0;
  return { tables, last: found.last, journal: found.journal, fileBytes: bytes?.length ?? 0, replayed };
}

interface MaybeJournal {
  readonly path: string;
  readonly bytes: Buffer | undefined;
}

/** The commits after the data file was written, and the journal they are in. */
function findContinuation(
  { at, before, journal: name }: FileHead,
  first: MaybeJournal,
  second: MaybeJournal,
): { changes: Change[]; last: Point; journal: string | undefined } {
  const last = at ?? { commit: 0, sum: name ?? randomBytes(8).toString('hex') };
  if (first.bytes && isNoJournal(first.bytes)) return { changes: [], last, journal: undefined };
  if (at && first.bytes)
    return { ...readJournal(first.path, first.bytes, { at, before }), journal: first.path };
  const found = [first, second].flatMap(({ path, bytes }) => (bytes ? { path, bytes } : []));
  const own = readUnnumbered(found, name);
  return { changes: own?.changes ?? [], last, journal: own?.journal.path };
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new Error(`the system does not give ${path}: ${message}`, { cause: error });
  }
}

function parseOrThrow(bytes: Buffer): ReturnType<typeof parse> {
  try {
    return parse(bytes);
  } catch (error) {
    throw new Unreadable('file', (error as Error).message);
  }
}
