import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Store } from '../../src/ports.js';
import { indexes, type RecordKind } from '../../src/records.js';
import { copyToPostgres } from '../../src/storage/copy-to-postgres.js';
import { openPostgresStore } from '../../src/storage/postgres/index.js';
import { aRecordOf } from '../support/every-kind.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { type DataFolder, dataFolder } from './lowdb/data-folder.js';

jest.setTimeout(20_000);

let server: PostgresServer;
let url: string;
let data: DataFolder;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
beforeEach(async () => {
  url = await server.createDatabase();
  data = await dataFolder();
});
afterEach(() => data.clean());
afterAll(() => server.remove());

const kinds = Object.keys(indexes) as RecordKind[];
const odd = 'É 👩🏽‍🏫 \\ "\u2028 ﬁ';

/** A record of each kind, and 1,200 in an order that is not that of their ids. */
const fillStore = (store: Store): Promise<void> =>
  store.transact(async (tx) => {
    for (const kind of kinds) await tx.put(kind, aRecordOf[kind]);
    for (let i = 0; i < 1_200; i++) await tx.put('people', aPerson((i * 7919) % 1_200));
  });
const aPerson = (n: number) => ({
  ...aRecordOf.people,
  id: `${n % 3 ? '🎓' : '～'}${n}`,
  name: `${odd} ${n}`,
});

const everythingIn = async (store: Store): Promise<Record<string, unknown>> => {
  const found: Record<string, unknown> = {};
  for (const kind of kinds) {
    const records: readonly { id: string }[] = await store.read((reader) => reader.all(kind));
    found[kind] = [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  return found;
};
const move = (options: { dryRun?: boolean; onProgress?: (done: number, of: number) => void } = {}) =>
  copyToPostgres({ file: data.file, url, dryRun: false, onProgress: () => {}, ...options });
const bytes = () =>
  Promise.all([data.file, `${data.file}.journal`].map((file) => readFile(file).catch(() => null)));

/** Leaves a data file with a journal beside it, as a bot that was killed does. */
async function killedBot(): Promise<Record<string, unknown>> {
  const store = await data.open();
  await fillStore(store);
  await store.transact((tx) => tx.remove('people', aPerson(5).id));
  const everything = await everythingIn(store);
  const [file, journal] = await bytes();
  await store.close();
  if (!file || !journal) throw new Error('the store keeps no journal');
  await Promise.all([writeFile(data.file, file), writeFile(`${data.file}.journal`, journal)]);
  return everything;
}

test('all records of a data file and its journal are in the database, and the file is as it was', async () => {
  const everything = await killedBot();
  const before = await bytes();
  const progress: number[] = [];
  const moved = await move({ onProgress: (done, of) => progress.push(done / of) });
  expect(await bytes()).toEqual(before);
  expect(moved.find(({ kind }) => kind === 'people')).toMatchObject({ count: 1_200 });
  expect([progress.length > 2, progress.at(-1)]).toEqual([true, 1]);

  const store = await openPostgresStore({ url });
  expect(await everythingIn(store)).toEqual(everything);
  const [listed] = await store.read((reader) => reader.list('people', 'byTeamsId', '29:ines', { limit: 1 }));
  expect(listed).toBeDefined();
  await store.close();
});

test('a bot that already runs on the empty database sees what was moved', async () => {
  await killedBot();
  const store = await openPostgresStore({ url });
  expect(await store.read((reader) => reader.get('actions', 'talk'))).toBeUndefined();
  await move();
  expect(await store.read((reader) => reader.get('actions', 'talk'))).toEqual(aRecordOf.actions);
  await store.close();
});

test('a dry run counts and changes nothing', async () => {
  await killedBot();
  const before = await bytes();
  expect(await move({ dryRun: true })).toHaveLength(kinds.length);
  expect(await bytes()).toEqual(before);
  const tables = await server.query(
    url,
    "select 1 from information_schema.tables where table_schema = 'public'",
  );
  expect(tables).toEqual([]);
});

describe('it is refused, and the database left as it is, when', () => {
  test.each([true, false])('the database has records (dry run: %s)', async (dryRun) => {
    await killedBot();
    const store = await openPostgresStore({ url });
    await store.transact((tx) => tx.put('jobs', aRecordOf.jobs));
    await expect(move({ dryRun })).rejects.toThrow('it has records already ("jobs")');
    expect(await store.read((reader) => reader.all('people'))).toEqual([]);
    await store.close();
  });

  test('a bot is running on the file', async () => {
    await fillStore(await data.open());
    await expect(move()).rejects.toThrow(/another process is using it.*Stop the other one/);
  });

  test('the file is missing or not whole', async () => {
    await expect(move()).rejects.toThrow(/DATA_FILE names the file to move: ENOENT/);
    await writeFile(data.file, '{"version":1,');
    await expect(move()).rejects.toThrow(/cannot be read: it is not valid JSON.*Start the bot on it once/);
  });

  test('a record does not arrive as it is, and then none is kept', async () => {
    await killedBot();
    await (await openPostgresStore({ url })).close();
    await server.query(
      url,
      `create function spoil() returns trigger as $$ begin new.record := '{}'; return new; end $$ language plpgsql;
       create trigger spoil before insert on posts for each row execute function spoil()`,
    );
    await expect(move()).rejects.toThrow(
      /1 records of kind "posts" were written and 1 read back, not all of them/,
    );
    expect(await server.query(url, 'select 1 from people')).toEqual([]);
  });

  test('the database is away', async () => {
    await killedBot();
    url = 'postgres://nobody:nothing@127.0.0.1:1/nowhere';
    await expect(move()).rejects.toThrow(/ECONNREFUSED.*is the server running/);
  });
});

test('npm run job -- migrate-store says what it did, without the password', async () => {
  await killedBot();
  const env = { ...process.env, DATA_FILE: data.file, DATABASE_URL: url };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'scripts/job.ts', 'migrate-store'],
    { env },
  );
  expect(stdout).toContain(`people: 1200, SHA-256`);
  expect(stdout).toMatch(/copied 12\d\d records of \S+ to 127\.0\.0\.1:\d+\/test\d+, read back/);
  expect(stdout).not.toContain('secret');
});
