import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Store } from '../../../src/ports.js';
import { type LowdbOptions, openLowdbStore } from '../../../src/storage/lowdb/index.js';
import { type ReplaceFile, replaceFile } from '../../../src/storage/lowdb/replace-file.js';

/** A new folder for one test's data file, and what was opened on it. */
export interface DataFolder {
  readonly folder: string;
  readonly file: string;
  readonly warnings: string[];
  /** The moment the stores' clock gives. */
  now: string;
  open(options?: Partial<LowdbOptions>): Promise<Store>;
  /** Starts another process on the file (see other-process.ts) and gives the lines it says, one by one. */
  start(task: string, limit?: string): { child: ChildProcess; said(): Promise<string | undefined> };
  clean(): Promise<void>;
}

export async function dataFolder(): Promise<DataFolder> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'passerelle-')));
  const stores: Store[] = [];
  const children: ChildProcess[] = [];
  const data: DataFolder = {
    folder,
    file: join(folder, 'data.json'),
    warnings: [],
    now: '2026-11-23T08:00:00.000Z',
    async open(options = {}) {
      const clock = { now: () => data.now };
      const log = { warn: (message: string) => void data.warnings.push(message) };
      // A disk that is watched is watched writing the whole file.
      const whole = options.replaceFile ? { maxJournalBytes: 0 } : {};
      const store = await openLowdbStore({ file: data.file, clock, log, ...whole, ...options });
      stores.push(store);
      return store;
    },
    start(task, limit = 'true') {
      const script = resolve('test/storage/lowdb/other-process.ts');
      const command = `${limit}; exec "$0" --import tsx "$@"`;
      const child = spawn('sh', ['-c', command, process.execPath, script, data.file, task], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      children.push(child);
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      return { child, said: async () => (await lines.next()).value };
    },
    async clean() {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(stores.map((store) => store.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return data;
}

/** The real disk, on which the writing of the whole file is counted, and fails or waits when it is told to. */
export interface Disk {
  readonly replaceFile: ReplaceFile;
  writes: number;
  failing: boolean;
  /** No journal can be started in the place of another one. */
  failingJournal: boolean;
  /** The writes that begin from now on wait for the function it gives. */
  hold(): () => void;
  /** Resolves when a held write has begun. */
  held(): Promise<void>;
}

export function disk(): Disk {
  let open: Promise<void> | undefined;
  let begun = () => {};
  let begins = Promise.resolve();
  const it: Disk = {
    writes: 0,
    failing: false,
    failingJournal: false,
    async replaceFile(file, content) {
      const isJournal = file.endsWith('.journal');
      if (!isJournal) {
        it.writes += 1;
        begun();
        await open;
      }
      if (isJournal ? it.failingJournal : it.failing)
        throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      await replaceFile(file, content);
    },
    hold() {
      let release = () => {};
      open = new Promise((done) => {
        release = () => {
          open = undefined;
          done();
        };
      });
      begins = new Promise((done) => {
        begun = done;
      });
      return release;
    },
    held: () => begins,
  };
  return it;
}
