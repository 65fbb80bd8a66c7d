import { access, constants, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Low } from 'lowdb';
import { type Clock, type Store, StoreUnavailable } from '../../ports.js';
import { createAdapter, type FileAdapter, type FileOptions, type Stored } from './adapter.js';
import { createCommits } from './commits.js';
import { createDailyBackup, exists, listBackups } from './daily-backup.js';
import { lockFile } from './file-lock.js';
import { describeRepair, Unreadable } from './repair.js';
import { removeUnfinished, replaceFile } from './replace-file.js';
import { createTables } from './tables.js';

export interface LowdbOptions extends Partial<FileOptions> {
  /** The JSON file; its folder is created if it is missing. */
  readonly file: string;
  /** Tells the day of the backups. */
  readonly clock: Clock;
}

/** A start after a kill reads this much in about 200 ms. */
const defaultJournalBytes = 16_000_000;

/**
 * Opens the store that keeps everything in memory and in one JSON file, for a single process.
 * @throws StoreUnavailable that says what to do: another process uses the file, the folder cannot be used, or the
 *   file is damaged, in which case it is left unchanged
 */
export async function openLowdbStore(options: LowdbOptions): Promise<Store> {
  const file = await resolveLinks(resolve(options.file)).catch((cause: Error) => {
    throw new StoreUnavailable(`The folder of ${options.file} cannot be used: ${cause.message}`, { cause });
  });
  const lock = await lockFile(file).catch((cause: Error) => {
    throw new StoreUnavailable(`${file} cannot be locked: ${cause.message}`, { cause });
  });
  try {
    await removeUnfinished(dirname(file), `${basename(file)}.`);
    const kept = { maxJournalBytes: defaultJournalBytes, replaceFile, ...options, file };
    const adapter = createAdapter(file, createDailyBackup(kept), kept);
    const low = new Low<Stored>(adapter, { tables: createTables(), changes: [] });
    const backups = await listBackups(file);
    try {
      await low.read();
      // Without a file this is the first start, unless there are backups: then the file has been lost.
      if (backups.length > 0 && !(await exists(file)))
        throw new Unreadable('missing', 'it is missing, though it has a backup');
    } catch (cause) {
      throw new StoreUnavailable(describeRepair(file, cause as Error, backups.at(-1)), { cause });
    }
    return createStore(low, adapter, file, async () => {
      await adapter.close({ ...low.data, changes: [] });
      await lock.release();
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function createStore(
  low: Low<Stored>,
  adapter: FileAdapter,
  file: string,
  release: () => Promise<void>,
): Store {
  const { tables } = low.data;
  let closing: Promise<void> | undefined;
  const commits = createCommits(file, tables, (changes) => {
    low.data = { tables, changes };
    return low.write();
  });
  const requireOpen = (): void => {
    if (closing) throw new StoreUnavailable(`${file} is closed.`);
  };

  return {
    async transact(work) {
      requireOpen();
      return commits.run(work);
    },
    async read(work) {
      requireOpen();
      return commits.read(work);
    },
    async check() {
      requireOpen();
      await commits.check();
      await access(dirname(file), constants.W_OK).catch((cause: Error) => {
        throw new StoreUnavailable(`The folder of ${file} is not writable: ${cause.message}`, { cause });
      });
    },
    async forgetPast() {
      requireOpen();
      adapter.forgetWithNextWrite();
      await commits.writeAnyway();
      if (!adapter.hasForgotten())
        throw new StoreUnavailable(
          `The journal of ${file} could not be begun anew: its past is still there.`,
        );
    },
    close() {
      closing ??= commits.run(async () => undefined).then(release);
      return closing;
    },
  };
}

/** Resolves links, so that the lock and the rename apply to the same file whatever its name. */
async function resolveLinks(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return realpath(file).catch(async () => join(await realpath(dirname(file)), basename(file)));
}
