import { type Counter, type Store, StoreUnavailable, type Transaction } from '../../../src/ports.js';
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

    test('a read resolves only when what it saw is on the disk', async () => {
      const real = disk();
      const store = await data.open(real);
      const release = real.hold();
      const order: string[] = [];
      const writing = add(store, 'c').then(() => order.push('write'));
      const reading = values(store).then((seen) => order.push(`read ${seen.c}`));
      await real.held();
      expect(order).toEqual([]);
      release();
      await Promise.all([writing, reading]);
      expect(order).toEqual(['write', 'read 1']);
    });
  });

  describe('keeps apart what is written and what goes on meanwhile:', () => {
    test('a read that comes while a write is under way waits for it', async () => {
      const real = disk();
      const store = await data.open(real);
      const release = real.hold();
      const order: string[] = [];
      const writing = add(store, 'c').then(() => order.push('write'));
      await real.held();
      const reading = values(store).then((seen) => order.push(`read ${seen.c}`));
      await new Promise(setImmediate);
      expect(order).toEqual([]);
      release();
      await Promise.all([writing, reading]);
      expect(order).toEqual(['write', 'read 1']);
      expect(real.writes).toBe(1);
    });

    test('the file never has half a transaction, even when a write could start in its middle', async () => {
      const real = disk();
      const store = await data.open(real);
      const release = real.hold();
      const first = add(store, 'first');
      await real.held();
      const second = add(store, 'second');
      const third = store.transact(async (tx) => {
        await tx.add('counters', { id: 'half', value: 1 });
        release();
        await first;
        throw new Error('no');
      });
      await expect(third).rejects.toThrow('no');
      await second;
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
      ['a date', { id: 'c', value: new Date(0) }, 'counters "c".value is a Date'],
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
