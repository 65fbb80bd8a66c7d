import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DateTime } from 'luxon';
import type { Clock, Day } from '../../ports.js';
import { type ReplaceFile, removeUnfinished } from './replace-file.js';

/** Enough for a weekend and a long absence before somebody notices that something is wrong. */
const backupsKept = 7;

const folderOf = (file: string): string => join(dirname(file), 'backups');
const stemOf = (file: string): string => basename(file).replace(/\.json$/, '');

/** The existing backups of a file, oldest first. */
export async function listBackups(file: string): Promise<string[]> {
  const names = await readdir(folderOf(file)).catch(() => []);
  const prefix = `${stemOf(file)}-`;
  return names
    .filter((name) => name.startsWith(prefix) && /^\d{4}-\d\d-\d\d\.json$/.test(name.slice(prefix.length)))
    .sort()
    .map((name) => join(folderOf(file), name));
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** One copy of the file for each day with changes. */
export interface DailyBackup {
  /** True until it has run today. */
  due(): boolean;
  /** Copies the file, if that is due. */
  run(): Promise<void>;
}

/**
 * Creates the backup to be called around each write. On the first write of a day (Europe/Paris), it copies the file
 * as it is to `backups/<name>-<day>.json` and removes the oldest copies. It is a copy, not a link, because somebody
 * who repairs the file in place would change a linked backup too. Never rejects: a day without a backup, reported in
 * the log, is better than a day without service.
 */
export function createDailyBackup(options: {
  file: string;
  clock: Clock;
  replaceFile: ReplaceFile;
  log?: { warn(message: string): void };
}): DailyBackup {
  const { file, clock, replaceFile, log } = options;
  let done: Day | undefined;
  const today = () => DateTime.fromISO(clock.now(), { zone: 'Europe/Paris' }).toISODate() as Day;

  const backUp = async (day: Day): Promise<void> => {
    const copy = join(folderOf(file), `${stemOf(file)}-${day}.json`);
    if ((await exists(copy)) || !(await exists(file))) return;
    await mkdir(folderOf(file), { recursive: true, mode: 0o700 });
    await removeUnfinished(folderOf(file), `${stemOf(file)}-`);
    await replaceFile(copy, createReadStream(file));
    for (const old of (await listBackups(file)).slice(0, -backupsKept)) await rm(old, { force: true });
  };

  return {
    due: () => done !== today(),
    async run() {
      const day = today();
      if (day === done) return;
      done = day;
      await backUp(day).catch((error: Error) =>
        log?.warn(`No backup of ${file} was made for ${day}: ${error.message}`),
      );
    },
  };
}
