import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsync,
  openSync,
  rmSync,
  statSync,
  writeFile,
  writev,
} from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Replaces a file by these chunks, one after the other. When it resolves they are on the disk for good; when it
 * rejects, the file is the old one or the new one, never a part.
 */
export type ReplaceFile = (file: string, content: readonly Uint8Array[]) => Promise<void>;

/** The most that Linux takes in one call. */
const chunksPerCall = 1024;
const sizeOf = (chunks: readonly Uint8Array[]): number => chunks.reduce((sum, { length }) => sum + length, 0);
const ownerOnly = 0o600;
/**
 * The mode of a file while it is being written. It is how one left by a killed process is told from a copy that
 * somebody made and numbered: the name, `<name>.<digits>`, does not say it.
 */
const unfinished = 0o200;

let written = 0;

/**
 * Writes beside the file, syncs, renames over it, and syncs the folder, so that the rename survives too.
 *
 * Only what can take milliseconds is asynchronous: writing, syncing, and the rename, which frees the old file. The
 * rest takes microseconds, whereas coming back from a thread takes a turn of a busy event loop.
 */
export const replaceFile: ReplaceFile = async (file, content) => {
  const temporary = `${file}.${process.pid}${Date.now()}${++written}`;
  try {
    const fd = openSync(temporary, 'wx', unfinished);
    try {
      keepOwner(fd, file);
      await fill(fd, content);
      fchmodSync(fd, ownerOnly);
      await sync(fd);
    } finally {
      closeSync(fd);
    }
    await rename(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
};

const sync = promisify(fsync);

async function fill(fd: number, content: readonly Uint8Array[]): Promise<void> {
  for (let i = 0; i < content.length; i += chunksPerCall) {
    const chunks = content.slice(i, i + chunksPerCall);
    // Gathered by the system: joining 12 MB here would hold up every turn for 5 to 10 ms.
    const { bytesWritten } = await promisify(writev)(fd, chunks);
    // A call cut short says no reason; going on meets the same obstacle and gets its name.
    if (bytesWritten < sizeOf(chunks)) await writeRest(fd, Buffer.concat(chunks).subarray(bytesWritten));
  }
}

const writeRest = promisify((fd: number, rest: Uint8Array, done: (error: Error | null) => void) =>
  writeFile(fd, rest, done),
);

/** Somebody else, an administrator for one, may write the file: it stays the bot's. */
function keepOwner(fd: number, file: string): void {
  const old = statSync(file, { throwIfNoEntry: false });
  if (!old || old.uid === process.getuid?.()) return;
  try {
    fchownSync(fd, old.uid, old.gid);
  } catch {
    // Only an administrator may give a file away; for anybody else it becomes their own.
  }
}

/** Makes what was added to or renamed in a folder last. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; its file systems keep a journal of renames.
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    await sync(fd);
  } catch (error) {
    // Network file systems that cannot sync a folder say so with EINVAL or ENOTSUP: there is no more to do.
    if (!['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(fd);
  }
}

/**
 * Removes what a process killed in the middle of a write left in this folder, of files whose name starts so.
 * Nobody else may be writing there.
 */
export async function removeUnfinished(folder: string, start: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(start) || !/\.\d+$/.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path);
    // Empty: killed between making it and giving it its mode. Whole, with more digits than anybody numbers copies
    // with: killed before it was renamed.
    const isUnfinished = (found.mode & 0o777) === unfinished || found.size === 0 || /\.\d{15,}$/.test(name);
    if (found.isFile() && isUnfinished) await rm(path, { force: true });
  }
}
