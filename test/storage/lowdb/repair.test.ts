import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../../src/ports.js';
import { type DataFolder, dataFolder } from './data-folder.js';

let data: DataFolder;
beforeEach(async () => {
  data = await dataFolder();
});
afterEach(() => data.clean());

const journal = () => `${data.file}.journal`;
const put = (store: Store, value: number) =>
  store.transact((tx) => tx.put('counters', { id: 'requests', value }));
const valueIn = async (store: Store) => (await store.read((r) => r.get('counters', 'requests')))?.value;

/** Why the bot does not start. */
const refusal = async (): Promise<string> => {
  const error = await data.open().then(
    () => new Error('it has started'),
    (thrown: Error) => thrown,
  );
  expect(error.name).toBe('StoreUnavailable');
  return error.message;
};

/** Does one of the things that the refusal says can be done: the command that starts so. */
async function repair(start: string): Promise<void> {
  const message = await refusal();
  const command = message.split(/: |; /).find((part) => part.startsWith(start));
  if (command === undefined) throw new Error(`there is no "${start}" in: ${message}`);
  execFileSync('sh', ['-c', command]);
}

/** Expects that the bot starts with this, goes on, and has it all after one more kill. */
async function expectStart(value: number | undefined): Promise<void> {
  const store = await data.open();
  expect(await valueIn(store)).toBe(value);
  await put(store, 100);
  await put(store, 101);
  const other = await dataFolder();
  for (const end of ['', '.journal']) await writeFile(other.file + end, await readFile(data.file + end));
  expect(await valueIn(await other.open())).toBe(101);
  await other.clean();
}

/** Leaves a file that says 10, a journal that says 11 to 15, and a backup of two days before that says 2. */
async function killedBot(): Promise<void> {
  const days = await data.open();
  for (let value = 1; value <= 2; value++) await put(days, value);
  await days.close();
  data.now = '2026-11-24T08:00:00.000Z';
  const store = await data.open();
  await put(store, 10);
  for (let value = 11; value <= 15; value++) await put(store, value);
  await leave(['', '.journal'], () => store.close());
}

/** Puts these files back as they are now, once something has changed them. */
async function leave(ends: readonly string[], change: () => Promise<void>): Promise<void> {
  const kept = await Promise.all(ends.map((end) => readFile(data.file + end)));
  await change();
  for (const [i, end] of ends.entries()) await writeFile(data.file + end, kept[i] ?? '');
}

async function damageJournal(line: number): Promise<void> {
  const lines = (await readFile(journal(), 'utf8')).split('\n');
  await writeFile(
    journal(),
    lines.with(line - 1, lines[line - 1]?.replace('requests', 'request5') ?? '').join('\n'),
  );
}

describe('what the error says can be done, and then the bot starts:', () => {
  beforeEach(killedBot);

  test('keep the lines of the journal before the damaged one', async () => {
    await damageJournal(4);
    expect(await refusal()).toContain(`line 4 of its journal, ${journal()}, is damaged`);
    await repair('head -n 3');
    await expectStart(12);
  });

  test('go on without a damaged journal', async () => {
    await damageJournal(2);
    await repair('echo none');
    await expectStart(10);
  });

  test('go on without a journal that is gone', async () => {
    await rm(journal());
    expect(await refusal()).toContain(`its journal, ${journal()}, is missing`);
    await repair('echo none');
    await expectStart(10);
  });

  test.each([
    ['is damaged', () => writeFile(data.file, 'torn')],
    ['is gone, with its journal there', () => rm(data.file)],
    ['is gone with its journal', () => Promise.all([rm(data.file), rm(journal())])],
  ])('go back to the newest backup when the file %s', async (_, damage) => {
    await damage();
    await repair('cp ');
    await expectStart(2);
  });

  test('mend a line of the file, and put } in the place of its last line', async () => {
    const text = await readFile(data.file, 'utf8');
    const mended = text.replace('"value":10', '"value":9').replace('"id":"requests"', '"id":"requests" ');
    await writeFile(data.file, mended);
    expect(await refusal()).toMatch(/its checksum says.*with } in the place of its last line/);
    await writeFile(data.file, mended.replace(/\n[^\n]*\n$/, '\n}\n'));
    await expectStart(15);
  });

  test('start with nothing', async () => {
    await rm(data.file);
    expect(await refusal()).toContain('to start with nothing, move it, its journal and its backups away');
    await rm(journal());
    expect(await refusal()).toContain('it is missing, though it has a backup');
    await rename(join(data.folder, 'backups'), join(data.folder, 'away'));
    await expectStart(undefined);
  });
});

describe('a backup that an administrator brings back', () => {
  beforeEach(killedBot);
  const backup = async () => {
    const [name = ''] = await readdir(join(data.folder, 'backups'));
    return readFile(join(data.folder, 'backups', name));
  };

  test('does not start with the journal of another file, and does as the error says', async () => {
    await writeFile(data.file, await backup());
    expect(await refusal()).toContain(`its journal, ${journal()}, does not continue it`);
    await repair('echo none');
    await expectStart(2);
  });

  test('starts as the manual says', async () => {
    const [command = ''] = /^cp .*DATA_FILE.*$/m.exec(await readFile('docs/operations.md', 'utf8')) ?? [];
    const backups = join(data.folder, 'backups');
    const [name = ''] = await readdir(backups);
    const filled = command.replace('BACKUP', join(backups, name)).replaceAll('DATA_FILE', data.file);
    execFileSync('sh', ['-c', filled]);
    await expectStart(2);
  });

  test('from before commits were numbered starts in the same way', async () => {
    const { at: _, before: __, checksum: ___, ...records } = JSON.parse(`${await backup()}`);
    await writeFile(
      data.file,
      JSON.stringify({ ...records, journal: '00000000-0000-4000-8000-000000000001' }),
    );
    expect(await refusal()).toContain('line 1 of its journal');
    await repair('echo none');
    await expectStart(2);
  });
});

describe('a file and a journal of two moments of one bot stop the start:', () => {
  test.each([
    ['the file of a stop before', [''], ['.journal']],
    ['the journal of a stop before', ['.journal'], ['']],
  ])('%s', async (_, ofBefore, ofNow) => {
    for (const value of [1, 2, 3, 4]) {
      const store = await data.open();
      await put(store, value);
      const ends = value === 2 ? ofBefore : value === 4 ? ofNow : [];
      const kept = await Promise.all(ends.map((end) => readFile(data.file + end)));
      await store.close();
      for (const [i, end] of ends.entries()) await writeFile(`${data.folder}/kept${end}`, kept[i] ?? '');
    }
    for (const end of ['', '.journal']) await rename(`${data.folder}/kept${end}`, data.file + end);
    expect(await refusal()).toContain('does not continue it');
  });
});

test('a journal that the system does not give stops the start with the reason', async () => {
  await killedBot();
  await rm(journal());
  await mkdir(journal());
  expect(await refusal()).toContain(`the system does not give ${journal()}: EISDIR`);
});
