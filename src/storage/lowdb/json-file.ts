import { rename, rm } from 'node:fs/promises';
import { setImmediate as others } from 'node:timers/promises';
import type { Adapter } from 'lowdb';
import type { DailyBackup } from './daily-backup.js';
import { createJournal, formatLine, type Journal, nextPoint, noJournal, type Point } from './journal.js';
import { format } from './json-text.js';
import { readTables, secondJournalPath } from './read-tables.js';
import { journalPath } from './repair.js';
import type { ReplaceFile } from './replace-file.js';
import { type Tables, takeChanges } from './tables.js';

/** How the data file and its journal are kept. */
export interface FileOptions {
  readonly replaceFile: ReplaceFile;
  readonly backup: DailyBackup;
  /**
   * The data file is rewritten once the journal exceeds both this size and that of the data file, so that each record
   * is written about twice, however many there are. 0: with every commit.
   */
  readonly maxJournalBytes: number;
  readonly log?: { warn(message: string): void };
}

export interface JsonFile extends Adapter<Tables> {
  /** Writes everything to the data file, so that it can be read by hand, and closes the journal. */
  close(tables: Tables): Promise<void>;
}

/** A rewrite of the data file in the background. */
interface Compaction {
  /** The point it will contain. */
  readonly at: Point;
  /** The journal's lines after that point. */
  readonly lines: Buffer[];
  /** Resolves with the size of the new data file once it is in place, or with the reason why it is not. */
  readonly done: Promise<number | Error>;
  /** What `done` resolved with. */
  ended?: number | Error;
}

/** The lowdb adapter for a data file and the journal of its changes. */
export function createJsonFile(file: string, options: FileOptions): JsonFile {
  const { replaceFile, backup, maxJournalBytes, log } = options;
  const path = journalPath(file);
  /** Absent while its end on the disk is uncertain: the next commit then rewrites the data file. */
  let journal: Journal | undefined;
  let compaction: Compaction | undefined;
  let last: Point = { commit: 0, sum: '' };
  /** The journal on the disk has reached `last`, so a data file written after it can name it. */
  let hasPast = false;
  /** The data file is up to date without its journal. */
  let isComplete = true;
  /** The size of the data file when it was last read or written. */
  let fileBytes = 0;
  /** The size of the journal when compaction failed: it is tried again once the journal has doubled. */
  let failedAt = 0;

  const writeWhole = async (tables: Tables): Promise<void> => {
    // Before the first await, because transactions go on while the file is being written.
    const at = nextPoint(last, JSON.stringify(takeChanges(tables)));
    const content = format(tables, { at, before: last.sum }).map((part) => part());
    journal?.close();
    journal = undefined;
    // A rewrite in progress would overwrite this file.
    await compaction?.done;
    compaction = undefined;
    const wasComplete = isComplete;
    if (wasComplete) await backup.run();
    // A start with a data file but without a journal is refused, so there must be one whenever the process is killed.
    if (!hasPast) await replaceFile(path, [noJournal]);
    isComplete = false;
    await replaceFile(file, content);
    [last, isComplete, hasPast, fileBytes, failedAt] = [at, true, false, sizeOf(content), 0];
    await startJournal();
    // The file alone was not a complete copy before.
    if (!wasComplete) await backup.run();
  };

  /** Until it succeeds the old journal stays, although the data file is ahead of it. */
  const startJournal = async (): Promise<void> => {
    try {
      journal = await createJournal(path, replaceFile, last);
      hasPast = true;
    } catch (error) {
      log?.warn(`${path} could not be started, ${file} is written whole: ${(error as Error).message}`);
    }
  };

  /** Starts a rewrite of the data file from a snapshot that is already on the disk. */
  const startCompaction = (parts: (() => Buffer)[]): void => {
    const write = async (): Promise<number> => {
      const content = await renderInSlices(parts);
      await replaceFile(file, content);
      return sizeOf(content);
    };
    const done = write().catch((error: Error) => error);
    const started: Compaction = { at: last, lines: [], done };
    compaction = started;
    void done.then((ended) => {
      started.ended = ended;
    });
  };

  /** Appends a line to the journal, or to a new one if a finished rewrite has made the old lines unnecessary. */
  const append = async (to: Journal, line: Buffer): Promise<Journal> => {
    const { at, lines, ended } = compaction ?? {};
    if (ended !== undefined) compaction = undefined;
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
      const second = secondJournalPath(file);
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
      const at = nextPoint(last, changes);
      const needsCompaction = journal.size() - failedAt >= Math.max(maxJournalBytes, fileBytes);
      // Before the first await: later changes do not belong to this commit.
      const parts = needsCompaction && !compaction ? format(tables, { at }) : undefined;
      const to = journal;
      [journal, isComplete] = [undefined, false];
      journal = await append(to, formatLine(at, changes));
      last = at;
      if (parts) startCompaction(parts);
    },
    async close(tables) {
      await compaction?.done;
      if (!isComplete) await writeWhole(tables).catch(() => undefined);
      journal?.close();
    },
  };
}

const sizeOf = (chunks: readonly Uint8Array[]): number => chunks.reduce((sum, { length }) => sum + length, 0);

/** Short enough for nobody to wait noticeably longer because of it. */
const sliceMs = 2;

/** Renders the parts one after the other and yields to the event loop in between. */
async function renderInSlices(parts: readonly (() => Buffer)[]): Promise<Buffer[]> {
  const made: Buffer[] = [];
  let until = performance.now() + sliceMs;
  for (const part of parts) {
    made.push(part());
    if (performance.now() < until) continue;
    await others();
    until = performance.now() + sliceMs;
  }
  return made;
}
