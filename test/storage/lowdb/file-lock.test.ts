import { once } from 'node:events';
import fs, { chmod, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreUnavailable } from '../../../src/ports.js';
import { FileInUse, lockFile } from '../../../src/storage/lowdb/file-lock.js';
import { type DataFolder, dataFolder } from './data-folder.js';

describe('the lock of a data file', () => {
  let data: DataFolder;
  let lock: string;
  const generations = async () => (await readdir(data.folder)).filter((name) => /\.lock\.\d+$/.test(name));
  beforeEach(async () => {
    data = await dataFolder();
    lock = join(data.folder, '.data.json.lock');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await data.clean();
  });

  test('a second store on the file is refused, with the file and what to do', async () => {
    await data.open();
    const second = data.open();
    await expect(second).rejects.toThrow(StoreUnavailable);
    await expect(second).rejects.toThrow(/data\.json cannot be locked: another process .*DATA_FILE/);
  });

  test('the file is the same by another name', async () => {
    await data.open();
    await symlink(data.folder, join(data.folder, 'alias'));
    await expect(data.open({ file: join(data.folder, 'alias', 'data.json') })).rejects.toThrow(
      'cannot be locked',
    );
  });

  test('another process is refused', async () => {
    await data.open();
    expect(await data.start('hold').said()).toMatch(/^StoreUnavailable: .*data\.json cannot be locked/);
  });

  test('a process holds it until kill -9, and then it is free at once', async () => {
    const { child, said } = data.start('hold');
    expect(await said()).toBe('open');
    await expect(data.open()).rejects.toThrow('cannot be locked');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await data.open();
  });

  test('closing gives it back, again and again', async () => {
    for (let i = 0; i < 3; i++) await (await data.open()).close();
    expect((await readdir(data.folder)).filter((name) => name.includes('.lock'))).toHaveLength(1);
  });

  test('a file that cannot be read is not kept locked', async () => {
    await writeFile(data.file, 'torn');
    await expect(data.open()).rejects.toThrow('cannot be read');
    await writeFile(data.file, '{"version":1}');
    await data.open();
  });

  test.each([
    'nobody before',
    'a dead owner',
  ])('of 20 who start at once, after %s, one wins', async (before) => {
    if (before === 'a dead owner') await (await lockFile(data.file)).release();
    for (let round = 0; round < 5; round++) {
      const starts = await Promise.allSettled(Array.from({ length: 20 }, () => lockFile(data.file)));
      const won = starts.filter((start) => start.status === 'fulfilled');
      expect(won).toHaveLength(1);
      for (const start of starts) {
        if (start.status === 'rejected') expect(start.reason).toBeInstanceOf(FileInUse);
      }
      await won[0]?.value.release();
    }
  });

  test('a starter whose look at the folder is out of date steps back', async () => {
    const owner = await lockFile(data.file);
    const outOfDate = jest.spyOn(fs, 'readdir').mockResolvedValueOnce([]);
    await rename(`${lock}.1`, `${lock}.7`);
    await expect(lockFile(data.file)).rejects.toThrow(FileInUse);
    expect(outOfDate).toHaveBeenCalledTimes(3);
    expect(await generations()).toEqual(['.data.json.lock.7']);
    await owner.release();
    await lockFile(data.file);
    expect(await generations()).toEqual(['.data.json.lock.8']);
  });

  test('a path too long for a socket is locked too, and leaves no socket beside the file', async () => {
    const file = join(data.folder, 'd'.repeat(120), 'data.json');
    const store = await data.open({ file });
    await expect(data.open({ file })).rejects.toThrow('cannot be locked');
    await store.transact((tx) => tx.put('counters', { id: 'c', value: 1 }));
    expect(await readdir(dirname(file))).toEqual(['data.json', 'data.json.journal']);
  });

  test('two files of one folder do not disturb each other', async () => {
    await data.open();
    await data.open({ file: join(data.folder, 'other.json') });
  });

  test('a process killed in the middle of a write leaves the file whole, and its rest is removed', async () => {
    const { child, said } = data.start('die-writing');
    expect(await said()).toBe('open');
    await once(child, 'exit');
    expect(await said()).toBeUndefined();
    expect((await readdir(data.folder)).filter((name) => /\.json\.\d+$/.test(name))).toHaveLength(1);
    const store = await data.open();
    expect(await store.read((reader) => reader.all('conversations'))).toMatchObject([{ id: 'before' }]);
    expect((await readdir(data.folder)).filter((name) => /\.json\.\d+$/.test(name))).toEqual([]);
  });

  test('a disk that takes a part of a write does not tear the file', async () => {
    // A limit on the size of files stands for a full disk: the write is cut short in the same way.
    const { child, said } = data.start('hit-the-limit', 'ulimit -f 8000');
    expect([await said(), await said(), await said(), await said()]).toEqual([
      'open',
      'written',
      'StoreUnavailable',
      'written',
    ]);
    if (child.exitCode === null) await once(child, 'exit');
    expect(JSON.parse(await readFile(data.file, 'utf8'))).toMatchObject({ version: 1 });
    const ids = await (await data.open()).read(async (reader) => await reader.all('conversations'));
    expect(ids.map(({ id }) => id)).toEqual(['before', 'after']);
  });

  test('of the numbered files beside it, unfinished writes go and the copy somebody made stays', async () => {
    await writeFile(`${data.file}.1763900000`, '{"version":1}', { mode: 0o600 });
    // Killed when it was whole, and before it took the place of the file.
    await writeFile(`${data.file}.417917639000000001`, '{"version":1}', { mode: 0o600 });
    await writeFile(`${data.file}.1763900001`, '{"version":1}');
    await chmod(`${data.file}.1763900001`, 0o200);
    await data.open();
    expect((await readdir(data.folder)).filter((name) => name.startsWith('data'))).toEqual([
      'data.json.1763900000',
    ]);
  });
});
