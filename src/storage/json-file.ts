import { randomUUID } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { setImmediate as others } from 'node:timers/promises';
import type { Adapter } from 'lowdb';
import type { DailyBackup } from './backup.js';
import { type Change, createJournal, type Journal, readJournal } from './journal.js';
import { format, parse, replay } from './json-text.js';
import type { ReplaceFile } from './replace-file.js';
import { createTables, type Tables, takeChanges } from './tables.js';

const journalOf = (file: string): string => `${file}.journal`;
/** While the data file is written anew beside people's work, what they do goes into the one that will continue it too. */
const nextJournalOf = (file: string): string => `${file}.journal.next`;

/**
 * Reads all that a data file and the journal that continues it say, and changes neither.
 * @param onOther is called when the journal beside it is that of another data file
 * @returns also the size of the file, 0 when there is none, and whether the journal says more than it
 * @throws Error that says what is wrong with them
 */
export async function readTables(
  file: string,
  onOther: () => Promise<void>,
): Promise<{ tables: Tables; fileBytes: number; replayed: boolean }> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const { tables, journal } = bytes ? parse(bytes) : { tables: createTables(), journal: undefined };
  const commits = await readJournal([journalOf(file), nextJournalOf(file)], journal, onOther);
  for (const [kind, recordId, record] of commits) replay(tables, kind, recordId, record);
  takeChanges(tables);
  return { tables, fileBytes: bytes?.length ?? 0, replayed: commits.length > 0 };
}

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
  /** Will continue the new data file: what is committed meanwhile goes into both journals. */
  readonly next: Journal;
  /** Resolves with the size of the new data file, which then is in place, or with why it is not. */
  readonly done: Promise<number | Error>;
  /** What `done` resolved with. */
  ended?: number | Error;
}

/** lowdb's adapter for one file and the journal of what changed since that was written whole. */
export function jsonFile(file: string, options: FileOptions): JsonFile {
  const { replaceFile, backup, maxJournalBytes, log } = options;
  const [path, nextPath] = [journalOf(file), nextJournalOf(file)];
  let journal = createJournal(path, '');
  let folding: Folding | undefined;
  /** The data file says less than the journal and the memory, or nothing is known of the journal's end. */
  let mustBeWhole = true;
  /** The last process left a journal: what it says is in the memory only. */
  let replayed = false;
  /** Of the data file as it was last read or written. */
  let fileBytes = 0;
  /** Folding failed at this size of the journal: not before it has grown as much again. */
  let failedAt = 0;
  const isLong = (): boolean => journal.size() - failedAt >= Math.max(maxJournalBytes, fileBytes);

  const writeWhole = async (tables: Tables): Promise<void> => {
    const id = randomUUID();
    // First of all, before anything is waited for: transactions go on while the file is being written.
    const content = format(tables, id).map((part) => part());
    takeChanges(tables);
    mustBeWhole = true;
    // A file that is still being written would come over this one.
    await folding?.done;
    const complete = journal.size() === 0 && !replayed;
    if (complete) await backup.run();
    await replaceFile(file, content);
    fileBytes = sizeOf(content);
    await startJournal(id);
    replayed = false;
    mustBeWhole = false;
    // The file alone was no complete copy before.
    if (!complete) await backup.run();
  };

  /** Journals that stay say in their first line that they are not this data file's. */
  const startJournal = async (id: string): Promise<void> => {
    for (const old of [journal, folding?.next]) old?.close();
    folding = undefined;
    failedAt = 0;
    for (const old of [path, nextPath]) await rm(old, { force: true }).catch(() => undefined);
    journal = createJournal(path, id);
  };

  /** Starts to write the data file anew, from parts that are those of a commit that is on the disk. */
  const startFolding = (parts: (() => Buffer)[], id: string): void => {
    const write = async (): Promise<number> => {
      const content = await inTurns(parts);
      await replaceFile(file, content);
      return sizeOf(content);
    };
    const done = write().catch((error: Error) => error);
    const started: Folding = { next: createJournal(nextPath, id), done };
    folding = started;
    void done.then((ended) => {
      started.ended = ended;
    });
  };

  /** The new data file is in place, and its journal takes the place of the old one; or it came to nothing. */
  const endFolding = async ({ next, ended }: Folding): Promise<void> => {
    folding = undefined;
    if (typeof ended === 'number') {
      journal.close();
      journal = next;
      fileBytes = ended;
      failedAt = 0;
      await next.moveTo(path);
      return;
    }
    log?.warn(`${file} could not be written anew, its journal goes on: ${ended?.message}`);
    failedAt = journal.size();
    next.close();
    await rm(nextPath, { force: true }).catch(() => undefined);
  };

  const append = async (changes: readonly Change[]): Promise<void> => {
    const journals = folding ? [journal, folding.next] : [journal];
    const sizes = journals.map((j) => j.size());
    const results = await Promise.allSettled(journals.map((j) => j.append(changes)));
    const failed = results.find((r) => r.status === 'rejected');
    if (!failed) return;
    // Nobody is told that it is there: neither may say it.
    for (const [i, j] of journals.entries()) j.cutTo(sizes[i] ?? 0);
    throw failed.reason;
  };

  return {
    async read() {
      const found = await readTables(file, async () => {
        const aside = `${path}.${Date.now()}.old`;
        await rename(path, aside);
        log?.warn(`${path} does not continue ${file}, which says everything by itself: moved to ${aside}.`);
      });
      fileBytes = found.fileBytes;
      replayed = found.replayed;
      return found.tables;
    },
    async write(tables) {
      if (mustBeWhole || maxJournalBytes === 0 || backup.due()) return writeWhole(tables);
      const id = randomUUID();
      // Before anything is waited for: what other turns change meanwhile is none of this commit.
      const parts = isLong() && !folding ? format(tables, id) : undefined;
      const changes = takeChanges(tables);
      mustBeWhole = true;
      if (folding?.ended !== undefined) await endFolding(folding);
      await append(changes);
      if (parts) startFolding(parts, id);
      mustBeWhole = false;
    },
    async close(tables) {
      await folding?.done;
      if (journal.size() > 0 || replayed) await writeWhole(tables).catch(() => undefined);
      journal.close();
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
