import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../src/ports.js';
import { openPostgresStore } from '../../src/storage/postgres.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
let own: Store;
let other: Store;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
beforeEach(async () => {
  const url = await server.createDatabase();
  own = await openPostgresStore({ url });
  other = await openPostgresStore({ url });
  await other.transact((tx) => tx.put('counters', { id: 'c', value: 1 }));
  expect(await numberAt('c')).toBe(1);
});
afterEach(() => Promise.all([own.close(), other.close()]));
afterAll(() => server.remove());

const numberAt = async (id: string, mayBeOldMs?: number): Promise<number | undefined> =>
  (await own.read((r) => r.get('counters', id), mayBeOldMs))?.value;
const put = (store: Store, id: string, value: number): Promise<void> =>
  store.transact((tx) => tx.put('counters', { id, value }));

describe('a read that may be old', () => {
  test('is spared the database while what is known is young enough, and not longer', async () => {
    await put(other, 'c', 2);
    expect(await numberAt('c', 60_000)).toBe(1);
    await pause(30);
    expect(await numberAt('c', 20)).toBe(2);
  });

  test('changes nothing for reads that may not be', async () => {
    await put(other, 'c', 2);
    expect(await numberAt('c')).toBe(2);
  });

  test('sees whatever its own process has done', async () => {
    for (let value = 2; value < 20; value++) {
      await put(own, 'c', value);
      expect(await numberAt('c', 60_000)).toBe(value);
    }
  });

  test('asks for what is not known, and is of one moment then too', async () => {
    await other.transact(async (tx) => {
      await tx.put('counters', { id: 'c', value: 2 });
      await tx.put('counters', { id: 'unknown', value: 2 });
    });
    const both = await own.read(
      async (r) => [await r.get('counters', 'c'), await r.get('counters', 'unknown')],
      60_000,
    );
    expect(both.map((counter) => counter?.value)).toEqual([2, 2]);
  });

  test('knows what is not there, and lists it has read', async () => {
    const ids = () =>
      own.read(async (r) => (await r.list('posts', 'byAction', 'a')).map(({ id }) => id), 60_000);
    expect([await numberAt('none'), await ids()]).toEqual([undefined, []]);
    await put(other, 'none', 1);
    await other.transact((tx) =>
      tx.put('posts', { id: 'p', actionId: 'a', conversationId: 'c', message: 'm.m', lang: 'fr' }),
    );
    expect([await numberAt('none', 60_000), await ids()]).toEqual([undefined, []]);
    expect(await numberAt('none')).toBe(1);
    expect(await ids()).toEqual(['p']);
  });

  test('rejects with what its work throws', async () => {
    const read = own.read(async () => {
      throw new Error('no');
    }, 60_000);
    await expect(read).rejects.toThrow('no');
  });
});
