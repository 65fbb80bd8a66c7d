import { access, constants, mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Low } from 'lowdb';
import { type Clock, type Store, StoreUnavailable, type Transaction } from '../ports.js';
import { backupsOf, dailyBackup } from './backup.js';
import { createCommitQueue } from './commit-queue.js';
import { lockFile } from './file-lock.js';
import { jsonFile } from './json-file.js';
import { repairOf, Unreadable } from './repair.js';
import { type ReplaceFile, removeUnfinished, replaceFile as replaceOnDisk } from './replace-file.js';
import { settledOf } from './settled.js';
import { createTables, type Tables } from './tables.js';
import { openTransaction } from './transaction.js';

export interface LowdbOptions {
  /** The JSON file; its folder is made when it is missing. */
  file: string;
  /** Says the day of the backups. */
  clock: Clock;
  log?: { warn(message: string): void };
  /** How the file is replaced on the disk. */
  replaceFile?: ReplaceFile;
  /** Beyond this size of the journal beside it, and beyond its own, the file is written whole. 0: with every commit. */
  maxJournalBytes?: number;
}

/** After a kill, a start reads this much in some 200 ms. */
const defaultJournalBytes = 16_000_000;

/**
 * Opens the store that keeps everything in memory and in one JSON file, for one process.
 * Rejects with `StoreUnavailable`, whose text says what to do, when another process has the file, when the folder
 * cannot be used, or when the file is not whole; the file is then left as it is.
 */
export async function openLowdbStore(options: LowdbOptions): Promise<Store> {
  const file = await realFile(resolve(options.file)).catch((cause: Error) => {
    throw new StoreUnavailable(`The folder of ${options.file} cannot be used: ${cause.message}`, { cause });
  });
  const lock = await lockFile(file).catch((cause: Error) => {
    throw new StoreUnavailable(`${file} cannot be locked: ${cause.message}`, { cause });
  });
  try {
    await removeUnfinished(dirname(file), `${basename(file)}.`);
    const replaceFile = options.replaceFile ?? replaceOnDisk;
    const adapter = jsonFile(file, {
      maxJournalBytes: defaultJournalBytes,
      ...options,
      replaceFile,
      backup: dailyBackup({ ...options, file, replaceFile }),
    });
    const low = new Low<Tables>(adapter, createTables());
    const backups = await backupsOf(file);
    const start = async (): Promise<void> => {
      await low.read();
      await refuseLoss(file, backups);
    };
    await start().catch((cause: Error) => {
      throw new StoreUnavailable(repairOf(file, cause, backups.at(-1)), { cause });
    });
    return storeOn(low, file, async () => {
      await adapter.close(low.data);
      await lock.release();
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function storeOn(low: Low<Tables>, file: string, release: () => Promise<void>): Store {
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
    return queue.run(async (turn) => {
      const { tx, saw, hasChanged, undo, end } = openTransaction(low.data, turn);
      const result = await settledOf(() => work(tx));
      end();
      if (!hasChanged()) return { result, saw: saw() };
      if (result.status === 'fulfilled') return { result, undo };
      undo();
      return { result };
    });
  };

  const nothing = { result: { status: 'fulfilled', value: undefined } } as const;
  const everythingWritten = (): Promise<void> => queue.run(async () => nothing);
  /** Writes what is there already: the way to learn that a disk works again. */
  const rewrite = (): Promise<void> => queue.run(async () => ({ ...nothing, undo: () => {} }));

  return {
    transact: run,
    read: (work) => run(({ get, list, all }) => work({ get, list, all })),
    async check() {
      if (closing) throw new StoreUnavailable(`${file} is closed.`);
      await everythingWritten();
      // Whoever sends requests only to a ready store would otherwise wait for ever for the one that writes.
      if (queue.lastWriteFailed()) await rewrite();
      await access(dirname(file), constants.W_OK).catch((cause: Error) => {
        throw new StoreUnavailable(`The folder of ${file} is not writable: ${cause.message}`, { cause });
      });
    },
    close() {
      closing ??= everythingWritten()
        .catch(() => undefined)
        .then(release);
      return closing;
    },
  };
}

/** Links followed, so that the lock and the rename concern the same file by whatever name it is given. */
async function realFile(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  return realpath(file).catch(async () => join(await realpath(dirname(file)), basename(file)));
}

/** Nothing there is a first start, unless there are backups: then it is a loss. */
async function refuseLoss(file: string, backups: readonly string[]): Promise<void> {
  if (backups.length === 0 || (await exists(file))) return;
  throw new Unreadable('missing', 'it is missing, though it has a backup');
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
