import { setTimeout as pause } from 'node:timers/promises';
import { DuplicateKey, type Post, type Store } from '../../src/ports.js';
import { openPostgresStore } from '../../src/storage/postgres.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { startWire } from '../support/wire.js';

let server: PostgresServer;
let url: string;
/** Two on one database: `cold` has not read what `warm` writes. */
let warm: Store;
let cold: Store;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
beforeEach(async () => {
  url = await server.createDatabase();
  warm = await openPostgresStore({ url });
  cold = await openPostgresStore({ url });
});
afterEach(() => Promise.all([warm.close(), cold.close()]));
afterAll(() => server.remove());

const aPost = (id: string, actionId = 'a'): Post => ({
  id,
  actionId,
  conversationId: 'c',
  message: 'm.m',
  lang: 'fr',
});
const counterIn = async (store: Store, id: string) => (await store.read((r) => r.get('counters', id)))?.value;

describe('a transaction that asks for ids nobody has used', () => {
  // The first thing that a process reads tells it where the log of commits ends.
  beforeEach(() => counterIn(warm, 'anything'));

  test('runs once', async () => {
    let runs = 0;
    await warm.transact(async (tx) => {
      runs += 1;
      expect(await tx.get('counters', 'new')).toBeUndefined();
      await tx.add('counters', { id: 'new', value: 1 });
      await tx.put('posts', aPost('p'));
    });
    expect(runs).toBe(1);
    expect(await counterIn(cold, 'new')).toBe(1);
  });

  test('and those that come with it see what those before them wrote, each running once', async () => {
    let runs = 0;
    const values = await Promise.all(
      Array.from({ length: 50 }, () =>
        warm.transact(async (tx) => {
          runs += 1;
          const value = ((await tx.get('counters', 'all'))?.value ?? 0) + 1;
          await tx.put('counters', { id: 'all', value });
          return value;
        }),
      ),
    );
    expect(values).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(runs).toBe(50);
  });
});

let hurries = 0;
/**
 * Commits some times in a row, four because a store that was just opened does not know the end of the log: what comes
 * at once after that is committed in the exchange that says whether it is right.
 */
async function hurry(store: Store): Promise<void> {
  for (let i = 0; i < 4; i++)
    await store.transact((tx) => tx.add('counters', { id: `hurry ${++hurries}`, value: 0 }));
}

describe.each<[string, (store: Store) => Promise<void>]>([
  ['', async () => undefined],
  [' right after other commits', hurry],
])('where there is something after all%s', (_, begin) => {
  beforeEach(async () => {
    await warm.transact(async (tx) => {
      await tx.put('counters', { id: 'there', value: 41 });
      for (const id of ['p1', 'p2']) await tx.put('posts', aPost(id));
    });
    await cold.read((r) => r.get('counters', 'elsewhere'));
  });

  test('a record is read, changed and replaced as it is', async () => {
    await begin(cold);
    const value = await cold.transact(async (tx) => {
      const next = ((await tx.get('counters', 'there'))?.value ?? 0) + 1;
      await tx.put('counters', { id: 'there', value: next });
      return next;
    });
    expect(value).toBe(42);
    expect(await counterIn(warm, 'there')).toBe(42);
  });

  test('an id that is taken cannot be added', async () => {
    await begin(cold);
    const adding = cold.transact((tx) => tx.add('counters', { id: 'there', value: 0 }));
    await expect(adding).rejects.toThrow(DuplicateKey);
    expect(await counterIn(warm, 'there')).toBe(41);
  });

  test('a record that is replaced unread leaves the lists it was in', async () => {
    await begin(cold);
    await cold.transact((tx) => tx.put('posts', aPost('p1', 'b')));
    for (const store of [cold, warm]) {
      const ids = (actionId: string) =>
        store.read(async (r) => (await r.list('posts', 'byAction', actionId)).map(({ id }) => id));
      expect(await ids('a')).toEqual(['p2']);
      expect(await ids('b')).toEqual(['p1']);
    }
  });

  test('a record that is removed unread is gone', async () => {
    await begin(cold);
    await cold.transact((tx) => tx.remove('posts', 'p1'));
    expect(await warm.read((r) => r.get('posts', 'p1'))).toBeUndefined();
  });

  test('what would be removed, were there nothing, stays', async () => {
    await cold.read((r) => r.get('posts', 'p1'));
    await begin(cold);
    await cold.transact(async (tx) => {
      if (!(await tx.get('counters', 'there'))) await tx.remove('posts', 'p1');
    });
    // Asked beside the stores, which know the record and would not hear of a removal that is in no log.
    expect(await server.query(url, `select record from posts where id = 'p1'`)).toEqual([
      { record: aPost('p1') },
    ]);
  });

  test('a list has all that is in it, with what the transaction adds', async () => {
    await begin(cold);
    const ids = await cold.transact(async (tx) => {
      await tx.put('posts', aPost('p3'));
      return (await tx.list('posts', 'byAction', 'a')).map(({ id }) => id);
    });
    expect(ids).toEqual(['p1', 'p2', 'p3']);
  });

  test('a whole table has all of its records', async () => {
    await begin(cold);
    const all = await cold.transact(async (tx) => (await tx.all('posts')).map(({ id }) => id));
    expect([...all].sort()).toEqual(['p1', 'p2']);
  });

  test('nobody hears of a refusal that rests on nothing being there', async () => {
    await begin(cold);
    const seen = await cold.transact(async (tx) => {
      const found = await tx.get('counters', 'there');
      if (!found) throw new Error('refused');
      return found.value;
    });
    expect(seen).toBe(41);
  });

  test('the others that came with it are as right as it is', async () => {
    await begin(cold);
    const add = (id: string) => cold.transact((tx) => tx.add('counters', { id, value: 1 }));
    const results = await Promise.allSettled(['x', 'there', 'y'].map(add));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await counterIn(warm, 'x'), await counterIn(warm, 'there'), await counterIn(warm, 'y')]).toEqual([
      1, 41, 1,
    ]);
  });
});

test('right after other commits, what another instance has written meanwhile is seen', async () => {
  const increment = (store: Store) =>
    store.transact(async (tx) => {
      const value = ((await tx.get('counters', 'both'))?.value ?? 0) + 1;
      await tx.put('counters', { id: 'both', value });
      return value;
    });
  const seen: number[] = [];
  for (let i = 0; i < 20; i++) {
    for (const store of [warm, warm, warm, cold]) seen.push(await increment(store));
  }
  expect(seen).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
});

test('transactions that follow each other closely take one exchange each', async () => {
  const wire = await startWire(url);
  const store = await openPostgresStore({ url: wire.url });
  await hurry(store);
  const before = wire.packets();
  for (let i = 0; i < 25; i++) await hurry(store);
  const packets = wire.packets() - before;
  await store.close();
  await wire.close();
  // With an exchange of its own for the lock, each takes two; a machine that halts now and then makes it a few more.
  expect(packets).toBeLessThan(150);
  expect((await cold.read((r) => r.all('counters'))).length).toBe(104);
});

test.each([
  'before',
  'after',
] as const)('where the network breaks at such an exchange, %s the database has it, all is done once when it works again', async (at) => {
  const wire = await startWire(url);
  const store = await openPostgresStore({ url: wire.url });
  await hurry(store);
  wire.breakAtCommitOf('broken', at);
  const increments = Promise.all(
    Array.from({ length: 3 }, () =>
      store.transact(async (tx) => {
        const value = ((await tx.get('counters', 'broken'))?.value ?? 0) + 1;
        await tx.put('counters', { id: 'broken', value });
        return value;
      }),
    ),
  );
  await pause(100);
  expect(await counterIn(cold, 'broken')).toBe(at === 'before' ? undefined : 1);
  wire.mend();
  expect(await increments).toEqual([1, 2, 3]);
  expect(await counterIn(cold, 'broken')).toBe(3);
  await store.close();
  await wire.close();
});

test('what was answered with a refusal does not take place when its exchange arrives late', async () => {
  const wire = await startWire(url);
  const store = await openPostgresStore({ url: wire.url });
  await hurry(store);
  wire.delayCommitOf('late');
  let runs = 0;
  const refused = store.transact(async (tx) => {
    if (runs++ > 0) throw new Error('refused');
    await tx.put('counters', { id: 'late', value: 1 });
  });
  await expect(refused).rejects.toThrow('refused');
  await wire.arrive();
  expect(await counterIn(cold, 'late')).toBeUndefined();
  await store.transact((tx) => tx.put('counters', { id: 'next', value: 1 }));
  expect(await counterIn(cold, 'next')).toBe(1);
  await store.close();
  await wire.close();
});

test('work that waits for something else than records holds nobody up for good, and is done once', async () => {
  const slow = warm.transact(async (tx) => {
    await pause(5);
    const value = ((await tx.get('counters', 'slow'))?.value ?? 0) + 1;
    await tx.put('counters', { id: 'slow', value });
  });
  await Promise.all([slow, warm.transact((tx) => tx.put('counters', { id: 'quick', value: 1 }))]);
  expect([await counterIn(cold, 'slow'), await counterIn(cold, 'quick')]).toEqual([1, 1]);
});
