import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

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

/** Writes beside the file, syncs, renames over it, and syncs the folder, so that the rename survives too. */
export const replaceFile: ReplaceFile = async (file, content) => {
  const temporary = `${file}.${process.pid}${Date.now()}${++written}`;
  try {
    const handle = await open(temporary, 'wx', unfinished);
    try {
      await fill(handle, content);
      await keepOwner(handle, file);
      await handle.sync();
      await handle.chmod(ownerOnly);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
};

async function fill(handle: FileHandle, content: readonly Uint8Array[]): Promise<void> {
  for (let i = 0; i < content.length; i += chunksPerCall) {
    const chunks = content.slice(i, i + chunksPerCall);
    // Gathered by the system: joining 12 MB here would hold up every turn for 5 to 10 ms.
    const { bytesWritten } = await handle.writev(chunks);
    // A call cut short says no reason; going on meets the same obstacle and gets its name.
    if (bytesWritten < sizeOf(chunks)) await handle.writeFile(Buffer.concat(chunks).subarray(bytesWritten));
  }
}

/** Somebody else, an administrator for one, may write the file: it stays the bot's. */
async function keepOwner(handle: FileHandle, file: string): Promise<void> {
  const old = await stat(file).catch(() => undefined);
  if (old && old.uid !== process.getuid?.()) await handle.chown(old.uid, old.gid).catch(() => undefined);
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
