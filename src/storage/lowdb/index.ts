import { access, constants, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Low } from 'lowdb';
import { type Clock, type Store, StoreUnavailable, type Transaction } from '../../ports.js';
import { settle } from '../settle.js';
import { createCommitQueue } from './commit-queue.js';
import { createDailyBackup, listBackups } from './daily-backup.js';
import { lockFile } from './file-lock.js';
import { createJsonFile } from './json-file.js';
import { describeRepair, Unreadable } from './repair.js';
import { type ReplaceFile, removeUnfinished, replaceFile as replaceOnDisk } from './replace-file.js';
import { createTables, type Tables } from './tables.js';
import { openTransaction } from './transaction.js';

export interface LowdbOptions {
  /** The JSON file; its folder is created if it is missing. */
  file: string;
  /** Tells the day of the backups. */
  clock: Clock;
  log?: { warn(message: string): void };
  /** Replaces a file on the disk. */
  replaceFile?: ReplaceFile;
  /** The file is rewritten once its journal exceeds both this size and its own. 0: with every commit. */
  maxJournalBytes?: number;
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
    const replaceFile = options.replaceFile ?? replaceOnDisk;
    const adapter = createJsonFile(file, {
      maxJournalBytes: defaultJournalBytes,
      ...options,
      replaceFile,
      backup: createDailyBackup({ ...options, file, replaceFile }),
    });
    const low = new Low<Tables>(adapter, createTables());
    const backups = await listBackups(file);
    const start = async (): Promise<void> => {
      await low.read();
      await requireNoLoss(file, backups);
    };
    await start().catch((cause: Error) => {
      throw new StoreUnavailable(describeRepair(file, cause, backups.at(-1)), { cause });
    });
    return createStore(low, file, async () => {
      await adapter.close(low.data);
      await lock.release();
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function createStore(low: Low<Tables>, file: string, release: () => Promise<void>): Store {
  let closing: Promise<void> | undefined;
  const queue = createCommitQueue(
    () => low.write(),
    (cause) =>
      new StoreUnavailable(
        `${file} could not be written, so nothing was changed: ${(cause as Error).message}`,
        {
          cause,
        },
      ),
  );

  const run = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    if (closing) throw new StoreUnavailable(`${file} is closed.`);
    return queue.run(async (version) => {
      const { tx, versionRead: saw, hasChanged, undo, end } = openTransaction(low.data, version);
      const result = await settle(() => work(tx));
      end();
      if (!hasChanged()) return { result, versionRead: saw() };
      if (result.status === 'fulfilled') return { result, undo };
      undo();
      return { result };
    });
  };

  const nothing = { result: { status: 'fulfilled', value: undefined } } as const;
  const flush = (): Promise<void> => queue.run(async () => nothing);
  /** Writes the state even without changes, to find out whether the disk works again. */
  const forceFlush = (): Promise<void> => queue.run(async () => ({ ...nothing, undo: () => {} }));

  return {
    transact: run,
    read: (work) => run(({ get, list, all }) => work({ get, list, all })),
    async check() {
      if (closing) throw new StoreUnavailable(`${file} is closed.`);
      await flush();
      // A load balancer sends requests only to a ready instance, so none would ever trigger the write.
      if (queue.lastFlushFailed()) await forceFlush();
      await access(dirname(file), constants.W_OK).catch((cause: Error) => {
        throw new StoreUnavailable(`The folder of ${file} is not writable: ${cause.message}`, { cause });
      });
    },
    close() {
      closing ??= flush()
        .catch(() => undefined)
        .then(release);
      return closing;
    },
  };
}

/** Resolves links, so that the lock and the rename apply to the same file whatever its name. */
async function resolveLinks(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return realpath(file).catch(async () => join(await realpath(dirname(file)), basename(file)));
}

/** Without a file this is the first start, unless there are backups: then the file has been lost. */
async function requireNoLoss(file: string, backups: readonly string[]): Promise<void> {
  if (backups.length === 0 || (await exists(file))) return;
  throw new Unreadable('missing', 'it is missing, though it has a backup');
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
