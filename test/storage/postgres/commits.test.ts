import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { CommitUnknown, type Store, StoreUnavailable } from '../../../src/ports.js';
import { openPostgresStore } from '../../../src/storage/postgres/index.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';
import { startWire, type Wire } from '../../support/wire.js';

let server: PostgresServer;
let wire: Wire;
let store: Store;
let other: Store;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
beforeEach(async () => {
  const url = await server.createDatabase();
  wire = await startWire(url);
  [store, other] = [await openPostgresStore({ url: wire.url }), await openPostgresStore({ url })];
});
afterEach(async () => {
  wire.mend();
  await Promise.all([store.close(), other.close()]);
  await wire.close();
});
afterAll(() => server.remove());

const counterOf = async (id: string): Promise<number | undefined> =>
  (await other.read((r) => r.get('counters', id)))?.value;
const increment = (id: string): Promise<number> =>
  store.transact(async (tx) => {
    const value = ((await tx.get('counters', id))?.value ?? 0) + 1;
    await tx.put('counters', { id, value });
    return value;
  });
/** Gives what it was refused with, and the milliseconds that took. */
async function refusal(work: Promise<unknown>): Promise<{ error: unknown; ms: number }> {
  const began = performance.now();
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, ms: performance.now() - began };
}

test.each([
  ['before', undefined],
  ['after', 1],
] as const)('when the network breaks %s the database has a commit, all is done once when it works again', async (at, value) => {
  wire.breakAtCommitOf('broken', at);
  const increments = Promise.all([increment('broken'), increment('broken'), increment('broken')]);
  await pause(100);
  expect(await counterOf('broken')).toBe(value === undefined ? undefined : 3);
  wire.mend();
  expect(await increments).toEqual([1, 2, 3]);
  expect(await counterOf('broken')).toBe(3);
});

test.each([
  ['before', undefined],
  ['after', 1],
] as const)('when it stays broken (%s), the answer is in time, and that it may have been done', async (at, value) => {
  wire.breakAtCommitOf('broken', at);
  const { error, ms } = await refusal(increment('broken'));
  expect(error).toBeInstanceOf(CommitUnknown);
  expect(ms).toBeLessThan(3_000);
  expect(await counterOf('broken')).toBe(value);
});

test('a server that hangs is given up in time, with nothing changed, and used again when it answers', async () => {
  wire.hang();
  const refused = await Promise.all([refusal(increment('hung')), refusal(store.read((r) => r.all('jobs')))]);
  for (const { error, ms } of refused) {
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(error).not.toBeInstanceOf(CommitUnknown);
    expect(ms).toBeLessThan(3_000);
  }
  wire.mend();
  expect(await increment('hung')).toBe(1);
  expect(await counterOf('hung')).toBe(1);
});

test('what was answered with a refusal does not take place when its commit arrives late', async () => {
  wire.delayCommitOf('late');
  let runs = 0;
  const refused = store.transact(async (tx) => {
    if (runs++ > 0) throw new Error('refused');
    await tx.put('counters', { id: 'late', value: 1 });
  });
  await expect(refused).rejects.toThrow('refused');
  await wire.arrive();
  expect(await counterOf('late')).toBeUndefined();
  expect(await increment('next')).toBe(1);
});

test('work that waits for something else than records holds nobody up for good, and is done once', async () => {
  const slow = store.transact(async (tx) => {
    await pause(5);
    const value = ((await tx.get('counters', 'slow'))?.value ?? 0) + 1;
    await tx.put('counters', { id: 'slow', value });
  });
  await Promise.all([slow, increment('quick')]);
  expect([await counterOf('slow'), await counterOf('quick')]).toEqual([1, 1]);
});

test('a record that the database refuses is refused alone: those that came with it are stored', async () => {
  const add = (id: string) => store.transact((tx) => tx.add('counters', { id, value: 1 }));
  const results = await Promise.allSettled([add('a'), add(randomBytes(5_000).toString('hex')), add('b')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect([await counterOf('a'), await counterOf('b')]).toEqual([1, 1]);
});

test('characters that the database cannot keep are left out of texts, and refused in ids', async () => {
  const job = { id: 'job', at: 'a\0b \ud800c \\u0000 👩‍🏫' };
  await store.transact((tx) => tx.put('jobs', job));
  for (const instance of [store, other])
    expect(await instance.read((r) => r.get('jobs', 'job'))).toEqual({ id: 'job', at: 'ab c \\u0000 👩‍🏫' });
  await expect(store.transact((tx) => tx.put('jobs', { ...job, id: 'a\0' }))).rejects.toThrow(
    /cannot be stored/,
  );
});

test('a database that can only be read says so, and is used again when it can be written', async () => {
  const [{ name }] = (await server.query(wire.url, 'select current_database() as name')) as [
    { name: string },
  ];
  await server.query(wire.url, `alter database ${name} set default_transaction_read_only = on`);
  await server
    .query(wire.url, 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()')
    .catch(() => []);
  await expect(store.check()).rejects.toThrow(/can only be read/);
  await server.query(
    wire.url,
    `set transaction read write; alter database ${name} reset default_transaction_read_only`,
  );
  await server
    .query(wire.url, 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()')
    .catch(() => []);
  await store.check();
});
