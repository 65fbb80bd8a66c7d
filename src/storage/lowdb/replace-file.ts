import { type FileHandle, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Replaces a file by these chunks, which are asked for one by one, with turns of the event loop in between. Durable
 * once it resolves; after a rejection, the file is the old one or the new one, never a part.
 */
export type ReplaceFile = (file: string, content: Chunks) => Promise<void>;

const ownerOnly = 0o600;
let written = 0;

/**
 * Writes beside the file, syncs, renames over it, and syncs the folder, so that the rename is durable too. An
 * unfinished file has 15 digits or more at its end, more than anybody gives to copies.
 */
export const replaceFile: ReplaceFile = async (file, content) => {
  const temporary = `${file}.${process.pid}${Date.now()}${++written}`;
  try {
    const handle = await open(temporary, 'wx', ownerOnly);
    try {
      await keepOwner(handle, file);
      await writeFile(handle, content);
      await handle.sync();
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

/** Lets the bot read its file after an administrator, who may be another user, has run a job on it. */
async function keepOwner(handle: FileHandle, file: string): Promise<void> {
  const old = await stat(file).catch(() => undefined);
  if (!old || old.uid === process.getuid?.()) return;
  // Only an administrator may change an owner; a file written by anybody else becomes their own.
  await handle.chown(old.uid, old.gid).catch(() => undefined);
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; its file systems journal renames.
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } catch (error) {
    // Network file systems that cannot sync a folder answer EINVAL or ENOTSUP, and there is nothing more to do.
    if (!['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
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
    // Earlier versions gave fewer digits, and this mode until the file was complete.
    if (/\.\d{15,}$/.test(name) || ((await stat(path)).mode & 0o777) === 0o200)
      await rm(path, { force: true });
  }
}
