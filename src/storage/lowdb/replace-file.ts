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
 * Replaces a file by these chunks. Durable once it resolves; after a rejection, the file is the old one or the new
 * one, never a part.
 */
export type ReplaceFile = (file: string, content: readonly Uint8Array[]) => Promise<void>;

/** The maximum that Linux accepts in one call. */
const chunksPerCall = 1024;
const sizeOf = (chunks: readonly Uint8Array[]): number => chunks.reduce((sum, { length }) => sum + length, 0);
const ownerOnly = 0o600;
/**
 * The mode of a file while it is being written. It distinguishes one left by a killed process from a numbered copy
 * that somebody made, because both are named `<name>.<digits>`.
 */
const unfinishedMode = 0o200;

let written = 0;

/**
 * Writes beside the file, syncs, renames over it, and syncs the folder, so that the rename is durable too.
 *
 * Only what can take milliseconds is asynchronous: writing, syncing, and the rename, which frees the old file. The
 * rest takes microseconds, whereas returning from a thread takes a turn of a busy event loop.
 */
export const replaceFile: ReplaceFile = async (file, content) => {
  const temporary = `${file}.${process.pid}${Date.now()}${++written}`;
  try {
    const fd = openSync(temporary, 'wx', unfinishedMode);
    try {
      keepOwnership(fd, file);
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
    // The system gathers the chunks: joining 12 MB here would delay every turn by 5 to 10 ms.
    const { bytesWritten } = await promisify(writev)(fd, chunks);
    // A short write gives no reason; continuing hits the same obstacle and gets its name.
    if (bytesWritten < sizeOf(chunks)) await writeRest(fd, Buffer.concat(chunks).subarray(bytesWritten));
  }
}

const writeRest = promisify((fd: number, rest: Uint8Array, done: (error: Error | null) => void) =>
  writeFile(fd, rest, done),
);

/** If somebody else writes the file, such as an administrator, it keeps its owner, the bot. */
function keepOwnership(fd: number, file: string): void {
  const old = statSync(file, { throwIfNoEntry: false });
  if (!old || old.uid === process.getuid?.()) return;
  try {
    fchownSync(fd, old.uid, old.gid);
  } catch {
    // Only an administrator may change an owner; a file written by anybody else becomes their own.
  }
}

/** Makes files added or renamed in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; its file systems journal renames.
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    await sync(fd);
  } catch (error) {
    // Network file systems that cannot sync a folder answer EINVAL or ENOTSUP, and there is nothing more to do.
    if (!['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    closeSync(fd);
  }
}

/**
 * Removes unfinished files that a killed process left in a folder, of those whose name starts like this. No other
 * process may be writing there.
 */
export async function removeUnfinished(folder: string, start: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(start) || !/\.\d+$/.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path);
    // Empty: killed between creating it and setting its mode. Complete, with more digits than anybody gives to
    // copies: killed before the rename.
    const isUnfinished =
      (found.mode & 0o777) === unfinishedMode || found.size === 0 || /\.\d{15,}$/.test(name);
    if (found.isFile() && isUnfinished) await rm(path, { force: true });
  }
}
