import { once } from 'node:events';
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { StoreUnavailable } from '../../src/ports.js';
import { FileInUse, lockFile } from '../../src/storage/file-lock.js';
import { type DataFolder, dataFolder } from './data-folder.js';

describe('the lock of a data file', () => {
  let data: DataFolder;
  beforeEach(async () => {
    data = await dataFolder();
  });
  afterEach(() => data.clean());

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

  test.each(['nobody before', 'a dead owner'])(
    'of 20 who start at once, after %s, one wins',
    async (before) => {
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
    },
  );

  test('a starter so slow that it makes an old generation steps back', async () => {
    // What it leaves: a dead name older than the one of the living owner.
    const name = join(data.folder, '.data.json.lock');
    const owner = createServer().listen(`${name}.owner`);
    await once(owner, 'listening');
    await link(`${name}.owner`, `${name}.7`);
    await writeFile(`${name}.3`, '');
    await expect(lockFile(data.file)).rejects.toThrow(FileInUse);
    owner.close();
    await once(owner, 'close');
    const lock = await lockFile(data.file);
    expect((await readdir(data.folder)).filter((found) => /\.lock\.\d+$/.test(found))).toEqual([
      '.data.json.lock.8',
    ]);
    await lock.release();
  });

  test('a path too long for a socket is locked too, and leaves no socket beside the file', async () => {
    const file = join(data.folder, 'd'.repeat(120), 'data.json');
    const store = await data.open({ file });
    await expect(data.open({ file })).rejects.toThrow('cannot be locked');
    await store.transact((tx) => tx.put('counters', { id: 'c', value: 1 }));
    expect(await readdir(dirname(file))).toEqual(['data.json']);
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

  test('the copy that somebody numbered is left alone', async () => {
    await mkdir(data.folder, { recursive: true });
    await writeFile(`${data.file}.1763900000`, '{"version":1}', { mode: 0o600 });
    await data.open();
    expect(await readdir(data.folder)).toContain('data.json.1763900000');
  });
});
