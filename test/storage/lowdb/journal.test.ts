import { copyFile, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../../../src/ports.js';
import { type DataFolder, type Disk, dataFolder, disk } from './data-folder.js';

let data: DataFolder;
beforeEach(async () => {
  data = await dataFolder();
});
afterEach(() => data.clean());

const journal = () => `${data.file}.journal`;
const put = (store: Store, id: string, value = 1) =>
  store.transact((tx) => tx.put('counters', { id, value }));
const all = async (store: Store) =>
  Object.fromEntries((await store.read((r) => r.all('counters'))).map(({ id, value }) => [id, value]));
const bytesOf = async (path: string) => (await stat(path).catch(() => undefined))?.size ?? 0;

/** What the disk holds now, in a folder of its own: what a process killed at this moment would leave. */
async function killedNow(from: DataFolder): Promise<DataFolder> {
  const other = await dataFolder();
  await copyFile(from.file, other.file);
  await copyFile(`${from.file}.journal`, `${other.file}.journal`);
  return other;
}

describe('the journal beside the data file', () => {
  test('takes what a commit changes, and leaves the file as it is', async () => {
    const store = await data.open();
    await put(store, 'a');
    const before = await readFile(data.file, 'utf8');
    await put(store, 'b', 2);
    await store.transact((tx) => tx.remove('counters', 'a'));
    expect(await readFile(data.file, 'utf8')).toBe(before);
    const [, ...lines] = (await readFile(journal(), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/ [0-9a-f]{16} /, ' '))).toEqual([
      '2 [["counters","b",{"id":"b","value":2}]]',
      '3 [["counters","a",null]]',
    ]);
    expect((await stat(journal())).mode & 0o777).toBe(0o600);
  });

  test('gives back every commit after a kill, and the next start continues', async () => {
    const store = await data.open();
    for (let i = 0; i < 20; i++) await put(store, `c${i % 7}`, i);
    await store.transact((tx) => tx.remove('counters', 'c3'));
    const expected = await all(store);
    const killed = await killedNow(data);
    const again = await killed.open();
    expect(await all(again)).toEqual(expected);
    await put(again, 'after', 99);
    await put(again, 'later', 100);
    const twice = await killedNow(killed);
    expect(await all(await twice.open())).toEqual({ ...expected, after: 99, later: 100 });
    await twice.clean();
    await killed.clean();
  });

  test.each([
    ['is gone', async () => undefined],
    ['has a folder in its place', () => mkdir(journal())],
  ])('that %s takes the commit back, and the file is written whole instead', async (_, replace) => {
    const store = await data.open();
    await put(store, 'a');
    await rm(journal());
    await replace();
    await expect(put(store, 'b')).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await all(store)).toEqual({ a: 1 });
    await put(store, 'c');
    expect(JSON.parse(await readFile(data.file, 'utf8')).counters).toEqual({
      a: { id: 'a', value: 1 },
      c: { id: 'c', value: 1 },
    });
  });

  test('ends when it is long enough: the file says everything then', async () => {
    const store = await data.open({ maxJournalBytes: 2_000 });
    let count = 0;
    let whenFull = 0;
    let [before, now] = [0, 0];
    // How many commits come while the file is being written is a matter of the disk.
    while (now >= before) {
      await put(store, `c${count}`, count);
      count += 1;
      [before, now] = [now, await bytesOf(journal())];
      if (whenFull === 0 && now >= 2_000) whenFull = count;
    }
    expect(whenFull).toBeGreaterThan(10);
    const { counters } = JSON.parse(await readFile(data.file, 'utf8'));
    expect(Object.keys(counters).length).toBeGreaterThanOrEqual(whenFull);
    const killed = await killedNow(data);
    expect(Object.keys(await all(await killed.open()))).toHaveLength(count);
    await killed.clean();
  });

  test('has no commit after an orderly stop: the file says everything', async () => {
    const store = await data.open();
    await put(store, 'a');
    await put(store, 'b');
    await store.close();
    expect((await readFile(journal(), 'utf8')).split('\n')).toEqual([expect.stringContaining('after'), '']);
    expect(Object.keys(JSON.parse(await readFile(data.file, 'utf8')).counters)).toEqual(['a', 'b']);
  });

  test('is in the backup of the day that follows', async () => {
    const store = await data.open();
    await put(store, 'a');
    await put(store, 'b');
    data.now = '2026-11-24T08:00:00.000Z';
    await put(store, 'c');
    const backup = join(data.folder, 'backups', 'data-2026-11-24.json');
    expect(JSON.parse(await readFile(backup, 'utf8')).counters).toMatchObject({ a: {}, b: {} });
  });
});

describe('a data file that is written anew because its journal is long', () => {
  const maxJournalBytes = 2_000;
  let watched: Disk;
  let store: Store;
  let put50: () => Promise<void>;

  beforeEach(async () => {
    watched = disk();
    store = await data.open({ maxJournalBytes, replaceFile: watched.replaceFile });
    await put(store, 'first');
    let count = 0;
    put50 = async () => {
      for (let i = 0; i < 50; i++) await put(store, `c${count}`, count++);
    };
  });

  /** What a start after a kill at this moment finds. */
  const afterKill = async () => {
    const killed = await killedNow(data);
    const found = await all(await killed.open());
    expect(killed.warnings).toEqual([]);
    await killed.clean();
    return found;
  };

  test('keeps nobody waiting, and whenever the process is killed every answered commit is there', async () => {
    const release = watched.hold();
    await put50();
    await watched.held();
    await put50();
    expect(await afterKill()).toEqual(await all(store));
    await store.transact((tx) => tx.remove('counters', 'c7'));
    await put(store, 'c8', 800);
    expect(await afterKill()).toEqual(await all(store));
    const old = await readFile(data.file, 'utf8');
    release();
    while ((await readFile(data.file, 'utf8')) === old) await new Promise((done) => setTimeout(done, 5));
    // The file is the new one, and the journal that continues it has not taken the place of the old one yet.
    expect(await afterKill()).toEqual(await all(store));
    await put(store, 'after', 1);
    expect(await afterKill()).toEqual(await all(store));
    await put50();
    expect(await afterKill()).toEqual(await all(store));
    expect(Object.keys(await all(store))).toHaveLength(151);
  });

  test('leaves a journal that cannot be shortened as it is, and holds nothing that was refused then', async () => {
    watched.failingJournal = true;
    // How many commits come before the file has been written anew is a matter of the disk.
    const putOn = async () => {
      for (let i = 0; ; i++) await put(store, `c${i}`, i);
    };
    await expect(putOn()).rejects.toMatchObject({ name: 'StoreUnavailable' });
    const before = await all(store);
    expect(await afterKill()).toEqual(before);
    // The file is written whole, which needs no journal that goes on.
    await put(store, 'later');
    expect(await afterKill()).toEqual({ ...before, later: 1 });
    watched.failingJournal = false;
    await put(store, 'last');
    await put50();
    expect(await afterKill()).toEqual(await all(store));
  });

  test('that cannot be written leaves the journal as it is, and is tried again later', async () => {
    watched.failing = true;
    await put50();
    await put50();
    expect(data.warnings.join()).toContain('could not be written anew');
    expect(await afterKill()).toEqual(await all(store));
    watched.failing = false;
    const failed = watched.writes;
    // How many commits come before the file has been written anew is a matter of the disk.
    while (watched.writes === failed || (await bytesOf(journal())) >= 2 * maxJournalBytes) await put50();
    expect(await afterKill()).toEqual(await all(store));
  });

  test('is finished before an orderly stop', async () => {
    const release = watched.hold();
    await put50();
    await watched.held();
    const expected = await all(store);
    const closed = store.close();
    release();
    await closed;
    expect(Object.keys(JSON.parse(await readFile(data.file, 'utf8')).counters)).toHaveLength(51);
    expect(await all(await data.open())).toEqual(expected);
  });
});
