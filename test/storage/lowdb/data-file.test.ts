import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Store, StoreUnavailable } from '../../../src/ports.js';
import { type DataFolder, dataFolder, disk } from './data-folder.js';

describe('the data file', () => {
  let data: DataFolder;
  beforeEach(async () => {
    data = await dataFolder();
  });
  afterEach(() => data.clean());

  const put = (store: Store, id: string, value = 1) =>
    store.transact((tx) => tx.put('counters', { id, value }));
  const all = (store: Store) => store.read((reader) => reader.all('counters'));
  const backups = () => readdir(join(data.folder, 'backups')).catch(() => []);

  describe('on the disk', () => {
    test('is JSON with one record a line', async () => {
      const store = await data.open({ maxJournalBytes: 0 });
      await put(store, 'a');
      await put(store, 'b "quoted"\n', 2);
      const text = await readFile(data.file, 'utf8');
      expect(JSON.parse(text)).toMatchObject({
        version: 1,
        actions: {},
        counters: { a: { id: 'a', value: 1 }, 'b "quoted"\n': { value: 2 } },
      });
      expect(text.split('\n')).toContain('"a":{"id":"a","value":1},');
    });

    test('loses no line when records of full pages change, go and come', async () => {
      const store = await data.open();
      const ids = Array.from({ length: 100 }, (_, i) => `c${i}`);
      await store.transact(async (tx) => {
        for (const id of ids) await tx.add('counters', { id, value: 1 });
      });
      await store.transact(async (tx) => {
        for (const id of ids.slice(20, 70)) await tx.remove('counters', id);
        await tx.put('counters', { id: 'c99', value: 2 });
        await tx.add('counters', { id: 'c30', value: 3 });
      });
      const seen = await all(store);
      expect(seen).toHaveLength(51);
      await store.close();
      const byId = (records: typeof seen) => [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(byId(await all(await data.open()))).toEqual(byId(seen));
    });

    test('and its folder can be read by their owner only', async () => {
      const file = join(data.folder, 'new', 'data.json');
      const store = await data.open({ file });
      await put(store, 'a');
      expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    });

    test('gets its permissions back with the next write', async () => {
      const store = await data.open({ maxJournalBytes: 0 });
      await put(store, 'a');
      await chmod(data.file, 0o644);
      await put(store, 'b');
      expect((await stat(data.file)).mode & 0o777).toBe(0o600);
    });

    test('is written whatever NODE_ENV says', async () => {
      expect(process.env.NODE_ENV).toBe('test');
      await put(await data.open(), 'a');
      expect(await readFile(data.file, 'utf8')).toContain('"a"');
    });

    test('may lack kinds that later versions added', async () => {
      await writeFile(data.file, '\ufeff{"version":1,"counters":{"a":{"id":"a","value":1}}}');
      expect(await all(await data.open())).toEqual([{ id: 'a', value: 1 }]);
    });

    test('that is missing is an empty store, and nothing is written', async () => {
      expect(await all(await data.open())).toEqual([]);
      expect((await readdir(data.folder)).filter((name) => !name.startsWith('.'))).toEqual([]);
    });
  });

  describe('that is not whole stops the start and is left as it is:', () => {
    const good = '{"version":1,\n"counters":{\n"a":{"id":"a","value":1},\n"b":{"id":"b","value":2}\n}\n}\n';
    test.each<[string, string | Buffer, string]>([
      ['empty', '', 'it is empty'],
      ['blank', ' \n', 'it is empty'],
      ['truncated', good.slice(0, -4), 'its end or a bracket is missing'],
      ['torn in a record', good.slice(0, 60), 'line 4 is not valid JSON'],
      ['with a bad line', good.replace('"a",', '"a" '), 'line 3 is not valid JSON'],
      ['not JSON', 'hello', 'it is not valid JSON'],
      ['not text', Buffer.from([0x7b, 0xff, 0x7d]), 'it is not UTF-8 text'],
      ['all zeros', Buffer.alloc(64), 'it is not valid JSON'],
      ['a list', '[]', 'it is not a JSON object'],
      ['null', 'null', 'it is not a JSON object'],
      ['without version', '{}', 'its version is missing, 1 is expected'],
      ['of another version', '{"version":2}', 'its version is 2, 1 is expected'],
      ['with an unknown kind', '{"version":1,"pets":{}}', '"pets" is not a kind of record'],
      ['with a kind that is no object', '{"version":1,"people":[]}', '"people" is not an object of records'],
      [
        'with a record under a wrong id',
        '{"version":1,"jobs":{"x":{"id":"y"}}}',
        '"x" in "jobs" cannot be used',
      ],
      ['with a record that is null', '{"version":1,"jobs":{"x":null}}', '"x" in "jobs" cannot be used'],
      ['lacking an index field', '{"version":1,"posts":{"x":{"id":"x"}}}', '"x" in "posts" cannot be used'],
    ])('%s', async (_, content, reason) => {
      await writeFile(data.file, content);
      const start = data.open();
      await expect(start).rejects.toThrow(StoreUnavailable);
      await expect(start).rejects.toThrow(reason);
      await expect(start).rejects.toThrow(data.file);
      await expect(start).rejects.toThrow('it has no backup');
      expect(await readFile(data.file)).toEqual(Buffer.from(content));
    });

    test('the error does not quote personal data', async () => {
      await writeFile(data.file, '{"version":1,"people":{"p":{"id":"p","name":"Jeanne Martin" x}}}');
      const error = await data.open().catch((thrown: Error) => thrown);
      expect(`${error}`).toContain('cannot be read');
      expect(`${error}`).not.toContain('Jeanne');
    });
  });

  describe('is backed up', () => {
    test('before the first write of a day, as it was, and not again that day', async () => {
      const store = await data.open();
      await put(store, 'a', 1);
      expect(await backups()).toEqual([]);
      await store.close();
      const again = await data.open();
      data.now = '2026-11-23T12:00:00.000Z';
      await put(again, 'a', 2);
      await put(again, 'a', 3);
      await again.close();
      await put(await data.open(), 'a', 4);
      expect(await backups()).toEqual(['data-2026-11-23.json']);
      const copy = JSON.parse(await readFile(join(data.folder, 'backups', 'data-2026-11-23.json'), 'utf8'));
      expect(copy.counters).toEqual({ a: { id: 'a', value: 1 } });
    });

    test('by the day in Paris', async () => {
      const store = await data.open();
      await put(store, 'a');
      data.now = '2026-11-23T22:59:00.000Z';
      await put(store, 'a');
      expect(await backups()).toEqual([]);
      data.now = '2026-11-23T23:00:00.000Z';
      await put(store, 'a');
      expect(await backups()).toEqual(['data-2026-11-24.json']);
    });

    test('seven times, and other files there are left alone', async () => {
      const store = await data.open();
      await put(store, 'a');
      await mkdir(join(data.folder, 'backups'), { recursive: true });
      await writeFile(join(data.folder, 'backups', 'data-before-the-move.json'), '{}');
      for (let day = 10; day < 20; day++) {
        data.now = `2026-12-${day}T08:00:00.000Z`;
        await put(store, 'a', day);
      }
      const expected = [13, 14, 15, 16, 17, 18, 19].map((day) => `data-2026-12-${day}.json`);
      expect((await backups()).sort()).toEqual([...expected, 'data-before-the-move.json']);
    });

    test('readable by its owner only', async () => {
      const store = await data.open();
      await put(store, 'a');
      data.now = '2026-11-24T08:00:00.000Z';
      await put(store, 'a');
      const folder = join(data.folder, 'backups');
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      expect((await stat(join(folder, 'data-2026-11-24.json'))).mode & 0o777).toBe(0o600);
    });

    test('or the log says why not, and the service goes on', async () => {
      const store = await data.open();
      await put(store, 'a');
      await writeFile(join(data.folder, 'backups'), 'a file in the way');
      data.now = '2026-11-24T08:00:00.000Z';
      await put(store, 'b');
      await put(store, 'c');
      expect(data.warnings).toEqual([expect.stringContaining('No backup of')]);
      expect(await all(store)).toHaveLength(3);
    });

    test('without the changes of the write that follows', async () => {
      const real = disk();
      const store = await data.open(real);
      await put(store, 'a', 1);
      data.now = '2026-11-24T08:00:00.000Z';
      await Promise.all([put(store, 'a', 2), put(store, 'b', 2)]);
      const copy = JSON.parse(await readFile(join(data.folder, 'backups', 'data-2026-11-24.json'), 'utf8'));
      expect(copy.counters).toEqual({ a: { id: 'a', value: 1 } });
      expect(real.writes).toBe(3);
    });
  });
});
