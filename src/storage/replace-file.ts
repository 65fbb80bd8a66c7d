import { open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

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
 * somebody made and numbered: write-file-atomic names its files `<name>.<digits>`, so the name does not say it.
 */
const unfinished = 0o200;

/** Writes beside the file, syncs, renames over it, and syncs the folder, so that the rename survives too. */
export const replaceFile: ReplaceFile = async (file, content) => {
  // write-file-atomic does not look at how much was written: on a full disk it renames a truncated file over
  // the good one and says nothing. So the content is written here, and it is left the sync and the rename.
  const tmpfileCreated = (temporary: string) => fill(temporary, content);
  await writeFileAtomic(file, '', { mode: ownerOnly, tmpfileCreated });
  await syncFolder(dirname(file));
};

async function fill(temporary: string, content: readonly Uint8Array[]): Promise<void> {
  const handle = await open(temporary, 'r+');
  try {
    await handle.chmod(unfinished);
    for (let i = 0; i < content.length; i += chunksPerCall) {
      const chunks = content.slice(i, i + chunksPerCall);
      // Gathered by the system: joining 12 MB here would hold up every turn for 5 to 10 ms.
      const { bytesWritten } = await handle.writev(chunks);
      // A call cut short says no reason; going on meets the same obstacle and gets its name.
      if (bytesWritten < sizeOf(chunks)) await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
    }
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; its file systems keep a journal of renames.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Network file systems that cannot sync a folder say so with EINVAL or ENOTSUP: there is no more to do.
    if (!['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
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
    // Empty: killed between making it and giving it its mode.
    const isUnfinished = (found.mode & 0o777) === unfinished || found.size === 0;
    if (found.isFile() && isUnfinished) await rm(path, { force: true });
  }
}
