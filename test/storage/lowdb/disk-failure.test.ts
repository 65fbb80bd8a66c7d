import { rename } from 'node:fs/promises';
import { DuplicateKey, type Store, StoreUnavailable } from '../../../src/ports.js';
import { type DataFolder, dataFolder, disk } from './data-folder.js';

describe('when the disk of the lowdb store fails:', () => {
  let data: DataFolder;
  beforeEach(async () => {
    data = await dataFolder();
  });
  afterEach(() => data.clean());

  const add = (store: Store, id: string, value = 1) =>
    store.transact((tx) => tx.add('counters', { id, value }));
  const values = async (store: Store) =>
    Object.fromEntries((await store.read((r) => r.all('counters'))).map(({ id, value }) => [id, value]));

  test('all that is not durable is taken back and rejects, and the store goes on with the disk', async () => {
    const real = disk();
    const store = await data.open(real);
    await add(store, 'kept');
    const release = real.hold();
    real.failing = true;
    const lost = [add(store, 'under way'), store.transact((tx) => tx.remove('counters', 'kept'))];
    await real.held();
    lost.push(
      add(store, 'kept', 2),
      store.transact((tx) => tx.put('counters', { id: 'kept', value: 3 })),
      store.read(async (reader) => expect(await reader.get('counters', 'kept')).toBeDefined()),
    );
    // All have run by then, on what is taken back.
    await new Promise(setImmediate);
    release();
    for (const result of await Promise.allSettled(lost)) {
      expect(result).toMatchObject({ status: 'rejected', reason: expect.any(StoreUnavailable) });
      expect(result).toMatchObject({ reason: { cause: { code: 'ENOSPC' } } });
    }
    expect(await values(store)).toEqual({ kept: 1 });

    real.failing = false;
    await add(store, 'after');
    await store.close();
    expect(await values(await data.open())).toEqual({ kept: 1, after: 1 });
  });

  test('the indexes are taken back too', async () => {
    const real = disk();
    const store = await data.open(real);
    const row = { id: 'h', actionId: 'a', move: 'm', from: 'x', to: 'y', by: 'ana', at: data.now };
    await store.transact((tx) => tx.add('history', row));
    real.failing = true;
    const moving = store.transact((tx) => tx.put('history', { ...row, actionId: 'b' }));
    await expect(moving).rejects.toThrow(StoreUnavailable);
    expect(await store.read((reader) => reader.list('history', 'byAction', 'a'))).toEqual([row]);
    expect(await store.read((reader) => reader.list('history', 'byAction', 'b'))).toEqual([]);
  });

  test('a transaction that is half way when the write fails is taken back whole', async () => {
    const real = disk();
    const store = await data.open(real);
    real.failing = true;
    const release = real.hold();
    const first = add(store, 'first');
    await real.held();
    const second = store.transact(async (tx) => {
      await tx.add('counters', { id: 'second', value: 1 });
      release();
      // One turn of the event loop: the write has failed when the work goes on.
      await new Promise(setImmediate);
      await tx.put('counters', { id: 'second', value: 2 });
    });
    const after = second.catch(() => values(store));
    await expect(first).rejects.toThrow(StoreUnavailable);
    await expect(second).rejects.toThrow(StoreUnavailable);
    expect(await after).toEqual({});
  });

  test('a read that is half way when the write fails does not give what was taken back', async () => {
    const real = disk();
    const store = await data.open(real);
    real.failing = true;
    const release = real.hold();
    const writing = add(store, 'c');
    await real.held();
    const reading = store.read(async (reader) => {
      release();
      await new Promise(setImmediate);
      return reader.get('counters', 'c');
    });
    const results = await Promise.allSettled([writing, reading]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('nobody is told "exists already" because of a record that was then taken back', async () => {
    const real = disk();
    const store = await data.open(real);
    real.failing = true;
    const results = await Promise.allSettled([add(store, 'c'), add(store, 'c')]);
    expect(results).toMatchObject([
      { reason: expect.any(StoreUnavailable) },
      { reason: expect.any(StoreUnavailable) },
    ]);
    real.failing = false;
    await add(store, 'c');
    await expect(add(store, 'c')).rejects.toThrow(DuplicateKey);
  });

  test('check says it, and finds out by itself that the disk works again', async () => {
    const real = disk();
    const store = await data.open(real);
    await add(store, 'kept');
    real.failing = true;
    await expect(add(store, 'lost')).rejects.toThrow(StoreUnavailable);
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    real.failing = false;
    await store.check();
    expect(await values(store)).toEqual({ kept: 1 });
  });

  test('a folder that goes away and comes back is survived', async () => {
    const store = await data.open();
    await add(store, 'kept');
    await rename(data.folder, `${data.folder}-away`);
    await expect(add(store, 'lost')).rejects.toThrow(StoreUnavailable);
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    await rename(`${data.folder}-away`, data.folder);
    await add(store, 'after');
    await store.check();
    expect(await values(store)).toEqual({ kept: 1, after: 1 });
  });
});
