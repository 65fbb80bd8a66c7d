import { closeSync, constants, fdatasync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from './replace-file.js';

/** What became of a record: its kind, its id, and what it is now, or null when it was removed. */
export type Change = readonly [kind: string, id: string, record: unknown];

/**
 * The commits since the data file was last written whole, one line each: a commit costs what it changed, not what
 * is stored. It continues the data file whose `journal` its first line names, and no other: when a backup is
 * copied over the data file, or the process is killed between writing that and starting the journal anew, what is
 * in the journal is not that file's.
 */
export interface Journal {
  /** Bytes that the next start has to read; 0 when the data file says everything. */
  size(): number;
  /** Adds a commit, on the disk for good when it resolves. When it rejects, the journal must be started anew. */
  append(changes: readonly Change[]): Promise<void>;
  /** Takes back what was added beyond this size, as far as the disk lets it. */
  cutTo(bytes: number): void;
  /** Takes the place of another journal. */
  moveTo(path: string): Promise<void>;
  close(): void;
}

const isCommit = (value: unknown): value is Change[] =>
  Array.isArray(value) &&
  value.every(
    (c) => Array.isArray(c) && c.length === 3 && typeof c[0] === 'string' && typeof c[1] === 'string',
  );

/**
 * Reads the commits that continue the data file. A last line that was being written when the process ended was
 * never answered, and is left out.
 * @param paths where its journal may be: the first, unless the process ended while one took the place of another
 * @param id what the data file calls its journal
 * @param onOther is called when the first is that of another data file, and says nothing of this one
 * @throws Error that says which line is not whole
 */
export async function readJournal(
  paths: readonly string[],
  id: string | undefined,
  onOther: () => Promise<void>,
): Promise<Change[]> {
  const found = await Promise.all(paths.map(linesOf));
  const at = found.findIndex(([first = '']) => first !== '' && idIn(first) === id);
  const [, ...lines] = found[at] ?? [];
  if (lines.length === 0) {
    if ((found[0]?.length ?? 0) > 1) await onOther();
    return [];
  }
  return lines.flatMap((commit, i) => {
    const changes = read(commit);
    if (isCommit(changes)) return changes;
    if (i === lines.length - 1) return [];
    throw new Error(
      `line ${i + 2} of its journal, ${paths[at]}, is not whole; without that line and those after it, it is as it was before`,
    );
  });
}

/** Without its lines, a journal that is not there, and one whose first line was never whole, are alike. */
async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.includes('\n') ? text.split('\n') : [];
}

const idIn = (first: string): unknown => (read(first) as { journal?: unknown } | null | undefined)?.journal;

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const sync = promisify(fdatasync);

/**
 * A journal that starts with nothing in it; the file is made with the first commit.
 * @param id what the data file that it continues calls it
 */
export function createJournal(place: string, id: string): Journal {
  let path = place;
  let fd: number | undefined;
  let bytes = 0;

  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };

  const cutTo = (length: number): void => {
    bytes = Math.min(bytes, length);
    try {
      if (fd !== undefined) ftruncateSync(fd, bytes);
    } catch {
      // The next commit writes the file whole, and starts the journal anew.
    }
  };

  /**
   * Only the sync, which takes a millisecond, is asynchronous: the write fills the system's memory in microseconds,
   * whereas coming back from a thread takes a turn of a busy event loop.
   */
  const write = async (text: Buffer): Promise<void> => {
    const isNew = bytes === 0;
    if (isNew) {
      close();
      const { O_WRONLY, O_CREAT, O_TRUNC, O_APPEND } = constants;
      fd = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600);
    }
    if (fd === undefined) throw new Error('a journal that is not empty is open');
    for (let at = 0; at < text.length; ) at += writeSync(fd, text, at);
    await sync(fd);
    if (isNew) await syncFolder(dirname(path));
  };

  return {
    size: () => bytes,
    async append(changes) {
      const start = bytes === 0 ? `${JSON.stringify({ journal: id })}\n` : '';
      const text = Buffer.from(`${start}${JSON.stringify(changes)}\n`);
      try {
        await write(text);
      } catch (error) {
        // Nobody is told that it is there: the next start must not find it.
        cutTo(bytes);
        throw error;
      }
      bytes += text.length;
    },
    cutTo,
    async moveTo(other) {
      await (bytes > 0 ? rename(path, other) : rm(other, { force: true }));
      path = other;
    },
    close,
  };
}
