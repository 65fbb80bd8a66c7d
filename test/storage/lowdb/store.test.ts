import { readFileSync } from 'node:fs';
import { type Store, StoreUnavailable, type Transaction } from '../../../src/ports.js';
import type { Counter } from '../../../src/records.js';
import { storeContract } from '../../support/store-contract.js';
import { type DataFolder, dataFolder, disk } from './data-folder.js';

storeContract('lowdb', async () => {
  const data = await dataFolder();
  let store = await data.open();
  return {
    store,
    async reopen() {
      await store.close();
      store = await data.open();
      return store;
    },
    close: data.clean,
  };
});

describe('the lowdb store', () => {
  let data: DataFolder;
  beforeEach(async () => {
    data = await dataFolder();
  });
  afterEach(() => data.clean());

  const add = (store: Store, id: string, value = 1) =>
    store.transact((tx) => tx.add('counters', { id, value }));
  const values = async (store: Store) =>
    Object.fromEntries((await store.read((r) => r.all('counters'))).map(({ id, value }) => [id, value]));

  describe('shares writes:', () => {
    test('200 commits at once make one write', async () => {
      const real = disk();
      const store = await data.open(real);
      await Promise.all(Array.from({ length: 200 }, (_, i) => add(store, `c${i}`)));
      expect(real.writes).toBe(1);
    });

    test('commits that arrive while a write is under way share the next one', async () => {
      const real = disk();
      const store = await data.open(real);
      const release = real.hold();
      const first = add(store, 'first');
      await real.held();
      const others = Array.from({ length: 50 }, (_, i) => add(store, `c${i}`));
      release();
      await Promise.all([first, ...others]);
      expect(real.writes).toBe(2);
    });

    test('16 who each commit 10 times in a row make about 10 writes', async () => {
      const real = disk();
      const store = await data.open(real);
      const committer = async (_: unknown, n: number) => {
        for (let i = 0; i < 10; i++) await add(store, `c${n}-${i}`);
      };
      await Promise.all(Array.from({ length: 16 }, committer));
      expect(real.writes).toBeLessThanOrEqual(20);
    });

    test('reads, and transactions that change nothing, write nothing', async () => {
      const real = disk();
      const store = await data.open(real);
      await store.read((reader) => reader.all('people'));
      await store.transact(async (tx) => tx.remove('people', 'nobody'));
      expect(real.writes).toBe(0);
    });
  });

  describe('keeps apart what is written and what goes on meanwhile:', () => {
    test('a read gives only what is on the disk, and does not wait for a write', async () => {
      const real = disk();
      const store = await data.open(real);
      await add(store, 'c', 1);
      const release = real.hold();
      const writing = store.transact((tx) => tx.put('counters', { id: 'c', value: 2 }));
      await real.held();
      expect(await values(store)).toEqual({ c: 1 });
      release();
      await writing;
      expect(await values(store)).toEqual({ c: 2 });
      expect(real.writes).toBe(2);
    });

    test('transactions that come during a write run once it has ended, and the file never has half of one', async () => {
      const real = disk();
      const store = await data.open(real);
      const release = real.hold();
      const first = add(store, 'first');
      await real.held();
      const found: unknown[] = [];
      const second = store.transact(async (tx) => {
        found.push(JSON.parse(readFileSync(data.file, 'utf8')).counters);
        await tx.add('counters', { id: 'second', value: 1 });
      });
      const third = store.transact(async (tx) => {
        await tx.add('counters', { id: 'half', value: 1 });
        await new Promise(setImmediate);
        throw new Error('no');
      });
      await new Promise(setImmediate);
      expect(found).toEqual([]);
      release();
      await expect(third).rejects.toThrow('no');
      await Promise.all([first, second]);
      expect(found).toEqual([{ first: { id: 'first', value: 1 } }]);
      await store.close();
      expect(await values(await data.open())).toEqual({ first: 1, second: 1 });
    });
  });

  describe('refuses a mistake in the program and changes nothing:', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    test.each<[string, unknown, string]>([
      ['no id', { value: 1 }, 'needs an id'],
      ['an id that is a number', { id: 1, value: 1 }, 'needs an id'],
      ['an empty id', { id: '', value: 1 }, 'needs an id'],
      ['nothing at all', undefined, 'needs an id'],
      ['a date', { id: 'c', value: new Date(0) }, 'counters.value is a Date'],
      ['a map', { id: 'c', value: new Map() }, 'is a Map'],
      ['a function', { id: 'c', value: () => 1 }, 'is a function'],
      ['NaN', { id: 'c', value: Number.NaN }, 'is NaN'],
      ['a bigint', { id: 'c', value: 1n }, 'is a bigint'],
      ['undefined in an array', { id: 'c', value: [1, undefined] }, 'value[1] is undefined'],
      ['a value within itself', { id: 'c', value: circular }, 'nested without end'],
    ])('%s', async (_, record, message) => {
      const store = await data.open();
      await expect(store.transact((tx) => tx.put('counters', record as Counter))).rejects.toThrow(message);
      expect(await values(store)).toEqual({});
    });

    test('a record that an index cannot place', async () => {
      const store = await data.open();
      const record = { id: 'p', actionId: 7 };
      await expect(store.transact((tx) => tx.add('posts', record as never))).rejects.toThrow('byAction');
      expect(await store.read((reader) => reader.all('posts'))).toEqual([]);
    });

    test('a change made after the transaction ended', async () => {
      const store = await data.open();
      let kept: Transaction | undefined;
      await store.transact(async (tx) => {
        kept = tx;
      });
      await expect(kept?.put('counters', { id: 'c', value: 1 })).rejects.toThrow('await is missing');
      expect(await values(store)).toEqual({});
    });

    test('a change of a record that was read', async () => {
      const store = await data.open();
      await add(store, 'c');
      const record = await store.read((reader) => reader.get('counters', 'c'));
      expect(() => Object.assign(record ?? {}, { value: 9 })).toThrow(TypeError);
      expect(await values(store)).toEqual({ c: 1 });
    });
  });

  test('a key that is undefined is left out, as in JSON', async () => {
    const store = await data.open();
    await store.transact((tx) => tx.put('counters', { id: 'c', value: 1, note: undefined } as Counter));
    const record = await store.read((reader) => reader.get('counters', 'c'));
    expect(Object.keys(record ?? {})).toEqual(['id', 'value']);
  });

  test('a closed store refuses everything, and closing twice is closing once', async () => {
    const store = await data.open();
    await Promise.all([store.close(), store.close()]);
    await expect(add(store, 'c')).rejects.toThrow(StoreUnavailable);
    await expect(store.read(async () => 1)).rejects.toThrow(StoreUnavailable);
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
  });
});
