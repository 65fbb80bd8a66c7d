import { rename, rm } from 'node:fs/promises';
import { setImmediate as others } from 'node:timers/promises';
import type { Adapter } from 'lowdb';
import type { DailyBackup } from './backup.js';
import { createJournal, follow, type Journal, lineOf, noJournal, type Point } from './journal.js';
import { format } from './json-text.js';
import { readTables, secondJournalOf } from './read-tables.js';
import { journalOf } from './repair.js';
import type { ReplaceFile } from './replace-file.js';
import { type Tables, takeChanges } from './tables.js';

/** How the data file and its journal are kept. */
export interface FileOptions {
  readonly replaceFile: ReplaceFile;
  readonly backup: DailyBackup;
  /**
   * Beyond this size of the journal, and beyond that of the data file, the data file is written anew: a record is then
   * written twice on average, however many there are. 0: with every commit.
   */
  readonly maxJournalBytes: number;
  readonly log?: { warn(message: string): void };
}

export interface JsonFile extends Adapter<Tables> {
  /** Puts everything into the data file, so that it can be read by hand, and lets go of the journal. */
  close(tables: Tables): Promise<void>;
}

/** The data file that is being written anew beside people's work. */
interface Folding {
  /** What it will have. */
  readonly at: Point;
  /** The lines of the journal after that. */
  readonly lines: Buffer[];
  /** Resolves with the size of the new data file, which then is in place, or with why it is not. */
  readonly done: Promise<number | Error>;
  /** What `done` resolved with. */
  ended?: number | Error;
}

/** lowdb's adapter for one file and the journal of what changed since that was written whole. */
export function jsonFile(file: string, options: FileOptions): JsonFile {
  const { replaceFile, backup, maxJournalBytes, log } = options;
  const path = journalOf(file);
  /** Nothing while nobody knows how it ends on the disk: the next commit writes the data file whole. */
  let journal: Journal | undefined;
  let folding: Folding | undefined;
  let last: Point = { commit: 0, sum: '' };
  /** The journal on the disk has come to `last`: a data file that is written after it can name it. */
  let hasPast = false;
  /** The data file says everything by itself. */
  let isComplete = true;
  /** Of the data file as it was last read or written. */
  let fileBytes = 0;
  /** Folding failed at this size of the journal: not before it has grown as much again. */
  let failedAt = 0;

  const writeWhole = async (tables: Tables): Promise<void> => {
    // First of all, before anything is waited for: transactions go on while the file is being written.
    const at = follow(last, JSON.stringify(takeChanges(tables)));
    const content = format(tables, { at, before: last.sum }).map((part) => part());
    journal?.close();
    journal = undefined;
    // A file that is still being written would come over this one.
    await folding?.done;
    folding = undefined;
    const wasComplete = isComplete;
    if (wasComplete) await backup.run();
    // A start with a data file and no journal is refused, whenever this one is killed.
    if (!hasPast) await replaceFile(path, [noJournal]);
    isComplete = false;
    await replaceFile(file, content);
    [last, isComplete, hasPast, fileBytes, failedAt] = [at, true, false, sizeOf(content), 0];
    await startJournal();
    // The file alone was no complete copy before.
    if (!wasComplete) await backup.run();
  };

  /** Until it has come about the old one stays, which the data file has outgrown. */
  const startJournal = async (): Promise<void> => {
    try {
      journal = await createJournal(path, replaceFile, last);
      hasPast = true;
    } catch (error) {
      log?.warn(`${path} could not be started, ${file} is written whole: ${(error as Error).message}`);
    }
  };

  /** Starts to write the data file anew, from parts that are those of a commit that is on the disk. */
  const startFolding = (parts: (() => Buffer)[]): void => {
    const write = async (): Promise<number> => {
      const content = await inTurns(parts);
      await replaceFile(file, content);
      return sizeOf(content);
    };
    const done = write().catch((error: Error) => error);
    const started: Folding = { at: last, lines: [], done };
    folding = started;
    void done.then((ended) => {
      started.ended = ended;
    });
  };

  /** Adds a line to the journal; to one without what the data file has by now, when that was written anew. */
  const append = async (to: Journal, line: Buffer): Promise<Journal> => {
    const { at, lines, ended } = folding ?? {};
    if (ended !== undefined) folding = undefined;
    else lines?.push(line);
    if (at && lines && typeof ended === 'number') {
      [fileBytes, failedAt] = [ended, 0];
      to.close();
      return createJournal(path, replaceFile, at, [...lines, line]);
    }
    if (ended instanceof Error) {
      log?.warn(`${file} could not be written anew, its journal goes on: ${ended.message}`);
      failedAt = to.size();
    }
    await to.append(line);
    return to;
  };

  return {
    async read() {
      const found = await readTables(file);
      const second = secondJournalOf(file);
      // Where the next start looks for it, once this one has written the data file.
      if (found.journal === second) await rename(second, path);
      else await rm(second, { force: true });
      ({ last, fileBytes } = found);
      [hasPast, isComplete] = [found.journal !== undefined, !found.replayed];
      return found.tables;
    },
    async write(tables) {
      if (!journal || maxJournalBytes === 0 || backup.due()) return writeWhole(tables);
      const changes = JSON.stringify(takeChanges(tables));
      const at = follow(last, changes);
      const isLong = journal.size() - failedAt >= Math.max(maxJournalBytes, fileBytes);
      // Before anything is waited for: what other turns change meanwhile is none of this commit.
      const parts = isLong && !folding ? format(tables, { at }) : undefined;
      const to = journal;
      [journal, isComplete] = [undefined, false];
      journal = await append(to, lineOf(at, changes));
      last = at;
      if (parts) startFolding(parts);
    },
    async close(tables) {
      await folding?.done;
      if (!isComplete) await writeWhole(tables).catch(() => undefined);
      journal?.close();
    },
  };
}

const sizeOf = (chunks: readonly Uint8Array[]): number => chunks.reduce((sum, { length }) => sum + length, 0);

/** Nobody waits longer for an answer because of it. */
const turnMs = 2;

/** Gives the parts one after the other, and lets others have their turn in between. */
async function inTurns(parts: readonly (() => Buffer)[]): Promise<Buffer[]> {
  const made: Buffer[] = [];
  let until = performance.now() + turnMs;
  for (const part of parts) {
    made.push(part());
    if (performance.now() < until) continue;
    await others();
    until = performance.now() + turnMs;
  }
  return made;
}
