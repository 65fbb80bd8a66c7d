import { randomBytes } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import type { Change } from '../kinds.js';
import type { DailyBackup } from './daily-backup.js';
import { type FileHead, format, parse, replay } from './data-file.js';
import {
  createJournal,
  type FoundJournal,
  formatLine,
  isNoJournal,
  type Journal,
  type JournalChange,
  nextPoint,
  noJournal,
  type Point,
  readJournal,
  readUnnumbered,
} from './journal.js';
import { journalPath, Unreadable } from './repair.js';
import type { ReplaceFile } from './replace-file.js';
import { createTables, type Tables } from './tables.js';

export interface FileOptions {
  /** Replaces a file on the disk. */
  readonly replaceFile: ReplaceFile;
  /** The journal is folded into the data file once it has this size. 0: each commit writes the whole file. */
  readonly maxJournalBytes: number;
  readonly log?: { warn(message: string): void };
}

/** What is on the disk, and what a write adds to it. */
export interface Stored {
  readonly tables: Tables;
  readonly changes: readonly Change[];
}

export interface FileAdapter extends Adapter<Stored> {
  /** Makes the next write rewrite the data file and begin a new journal, so that nothing of the past is in them. */
  forgetWithNextWrite(): void;
  /** Whether that has been done: a journal that could not be begun anew leaves the old one. */
  hasForgotten(): boolean;
  /** Writes everything to the data file, so that it can be read by hand, and closes the journal. */
  close(stored: Stored): Promise<void>;
}

/** A rewrite of the data file while commits go on. */
interface Fold {
  /** The point it will contain. */
  readonly at: Point;
  /** The journal's lines after that point. */
  readonly lines: Buffer[];
  /** Resolves when the new data file is in place, or cannot be. */
  readonly done: Promise<void>;
  /** What came of it. */
  outcome?: 'written' | Error;
}

/** The lowdb adapter for a data file and the journal of its changes. The tables must not change during a write. */
export function createAdapter(
  file: string,
  backup: DailyBackup,
  { replaceFile, maxJournalBytes, log }: FileOptions,
): FileAdapter {
  const path = journalPath(file);
  /** Absent while its end on the disk is uncertain: the next commit then rewrites the data file. */
  let journal: Journal | undefined;
  let fold: Fold | undefined;
  /** The size at which the journal is folded. */
  let foldAt = maxJournalBytes;
  let last: Point = { commit: 0, sum: '' };
  /** The journal on the disk has reached `last`, so a data file written after it can name it. */
  let hasPast = false;
  /** The data file is up to date without its journal. */
  let isComplete = true;
  /** The journal, or the data file behind it, has states of records that are to be forgotten. */
  let mustForget = false;

  const writeWhole = async ({ tables, changes }: Stored, at: Point): Promise<void> => {
    // A fold in progress would overwrite this file.
    await fold?.done;
    fold = undefined;
    if (isComplete) await backup.run();
    // A start with a data file but without a journal is refused, so there must be one whenever the process is killed.
    if (!hasPast) await replaceFile(path, [noJournal]);
    isComplete = false;
    await replaceFile(file, format(tables, { at, before: last.sum }, changes));
    [last, isComplete, hasPast, foldAt] = [at, true, false, maxJournalBytes];
    try {
      journal = await createJournal(path, replaceFile, last);
      [hasPast, mustForget] = [true, false];
    } catch (error) {
      // The old journal stays, although the data file is ahead of it.
      log?.warn(`${path} could not be started, ${file} is written whole: ${(error as Error).message}`);
    }
    // The file alone was not a complete copy before.
    await backup.run();
  };

  /** Begins to rewrite the data file with what is on the disk by now. */
  const startFold = (tables: Tables): void => {
    const end = (outcome: 'written' | Error) => void Object.assign(started, { outcome });
    const done = replaceFile(file, format(tables, { at: last })).then(() => end('written'), end);
    const started: Fold = { at: last, lines: [], done };
    fold = started;
  };

  /** The journal to go on with: a shorter one if the data file has been rewritten. */
  const endFold = async (old: Journal, { at, lines, outcome }: Fold): Promise<Journal> => {
    fold = undefined;
    if (outcome instanceof Error) {
      log?.warn(`${file} could not be written anew, its journal goes on: ${outcome.message}`);
      foldAt = old.size() + maxJournalBytes;
      return old;
    }
    foldAt = maxJournalBytes;
    old.close();
    return createJournal(path, replaceFile, at, lines);
  };

  return {
    forgetWithNextWrite() {
      mustForget = true;
    },
    hasForgotten: () => !mustForget,
    async read() {
      const found = await readTables(file);
      const second = secondJournalPath(file);
      // Where the next start looks for it, once this one has written the data file.
      if (found.journal === second) await rename(second, path);
      else await rm(second, { force: true });
      [last, hasPast, isComplete] = [found.last, found.journal !== undefined, !found.replayed];
      return { tables: found.tables, changes: [] };
    },
    async write(stored) {
      const text = JSON.stringify(stored.changes.map(({ kind, id, record }) => [kind, id, record]));
      const at = nextPoint(last, text);
      let current = journal;
      journal = undefined;
      if (!current || maxJournalBytes === 0 || mustForget || backup.due()) {
        current?.close();
        return writeWhole(stored, at);
      }
      isComplete = false;
      if (fold?.outcome) current = await endFold(current, fold);
      if (!fold && current.size() >= foldAt) startFold(stored.tables);
      const line = formatLine(at, text);
      fold?.lines.push(line);
      await current.append(line);
      [journal, last] = [current, at];
    },
    async close(stored) {
      await fold?.done;
      journal?.close();
      if (!isComplete) await writeWhole(stored, last).catch(() => undefined);
      journal?.close();
    },
  };
}

/** The path of the second journal that existed before commits were numbered. */
const secondJournalPath = (file: string): string => `${file}.journal.next`;

interface FoundTables {
  readonly tables: Tables;
  /** The last point of the history. */
  readonly last: Point;
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
  const path = journalPath(file);
  const [bytes, journal, next] = await Promise.all([file, path, secondJournalPath(file)].map(readIfPresent));
  if (!bytes && journal && !isNoJournal(journal.bytes))
    throw new Unreadable('missing', `it is missing, and its journal, ${path}, is there`);
  const { tables, head } = bytes ? parseOrThrow(bytes.bytes) : { tables: createTables(), head: {} };
  if (head.at && !journal) throw new Unreadable('journal', `its journal, ${path}, is missing`);

  const found = findContinuation(head, journal, next);
  try {
    for (const change of found.changes) replay(tables, change);
  } catch (error) {
    throw new Unreadable('journal', `in its journal, ${path}, ${(error as Error).message}`);
  }
  return { tables, last: found.last, journal: found.journal, replayed: found.changes.length > 0 };
}

/** The commits after the data file was written, and the journal they are in. */
function findContinuation(
  { at, before, journal: name }: FileHead,
  first: FoundJournal | undefined,
  second: FoundJournal | undefined,
): { changes: JournalChange[]; last: Point; journal: string | undefined } {
  const last = at ?? { commit: 0, sum: name ?? randomBytes(8).toString('hex') };
  if (first && isNoJournal(first.bytes)) return { changes: [], last, journal: undefined };
  if (at && first) return { ...readJournal(first, { at, before }), journal: first.path };
  const found = [first, second].filter((journal) => journal !== undefined);
  const own = readUnnumbered(found, name);
  return { changes: own?.changes ?? [], last, journal: own?.path };
}

async function readIfPresent(path: string): Promise<FoundJournal | undefined> {
  try {
    return { path, bytes: await readFile(path) };
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
