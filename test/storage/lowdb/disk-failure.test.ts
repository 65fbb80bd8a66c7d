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

  test('all that is not durable rejects and was never to be seen, and the store goes on with the disk', async () => {
    const real = disk();
    const store = await data.open(real);
    await add(store, 'kept');
    const release = real.hold();
    real.failing = true;
    const lost = [add(store, 'under way'), store.transact((tx) => tx.remove('counters', 'kept'))];
    await real.held();
    lost.push(
      store.transact((tx) => tx.put('counters', { id: 'kept', value: 3 })),
      add(store, 'kept', 2),
    );
    expect(await values(store)).toEqual({ kept: 1 });
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

  test('what comes while a write fails runs on what is on the disk', async () => {
    const real = disk();
    const store = await data.open(real);
    real.failing = true;
    const release = real.hold();
    const first = add(store, 'first');
    await real.held();
    const seen: unknown[] = [];
    const second = store.transact(async (tx) => {
      seen.push(await tx.get('counters', 'first'));
      await tx.put('counters', { id: 'second', value: 1 });
      // Whole turns of the event loop go by in its middle.
      await new Promise(setImmediate);
      await tx.put('counters', { id: 'second', value: 2 });
    });
    release();
    await expect(first).rejects.toThrow(StoreUnavailable);
    await expect(second).rejects.toThrow(StoreUnavailable);
    expect(seen).toEqual([undefined]);
    expect(await values(store)).toEqual({});
  });

  test('a read that is half way when a write fails does not give what is refused', async () => {
    const real = disk();
    const store = await data.open(real);
    await add(store, 'kept');
    real.failing = true;
    const release = real.hold();
    const writing = add(store, 'lost');
    await real.held();
    const reading = store.read(async (reader) => {
      release();
      await new Promise(setImmediate);
      return (await reader.all('counters')).map(({ id }) => id);
    });
    await expect(writing).rejects.toThrow(StoreUnavailable);
    expect(await reading).toEqual(['kept']);
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
