import { readFileSync } from 'node:fs';
import pg from 'pg';
import { indexes } from '../../../src/records.js';
import { indexesOf, recordKinds } from '../../../src/storage/kinds.js';
import { openPostgresStore } from '../../../src/storage/postgres/index.js';
import { columnsOf, selectByIds, selectList } from '../../../src/storage/postgres/statements.js';
import { removeUnstorable } from '../../../src/storage/storable.js';
import { aRecordOf } from '../../support/every-kind.js';
import { type PostgresServer, startPostgres } from '../../support/postgres.js';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  await (await openPostgresStore({ url })).close();
}, 60_000);
afterAll(() => server.remove());

const own = ['revision', 'migrations', 'report_settings'];
const version1 = readFileSync('test/fixtures/postgres-schema-1.sql', 'utf8');

/** `people_by_teams_id` on `by_teams_id_partition, by_teams_id_sort, id`. */
const wanted = Object.entries(indexes).map(([kind, declared]) => {
  const columns = Object.keys(declared).map((by) => [columnsOf(by).partition, columnsOf(by).sort]);
  return {
    kind,
    columns: ['id', 'record', ...(kind === 'actions' ? ['for_report'] : []), ...columns.flat()].sort(),
    indexes: ['id', ...columns.map(([partition, sort]) => `${partition}, ${sort}, id`)].sort(),
  };
});

it('has a table for each kind of record and for no other, with the columns and indexes of its lists', async () => {
  const columns = await server.query(
    url,
    `select table_name as kind, array_agg(column_name::text order by column_name) as names
       from information_schema.columns where table_schema = 'public' group by 1`,
  );
  const onDisk = await server.query(
    url,
    `select tablename as kind, array_agg(substring(indexdef from '\\((.*)\\)$')) as lists
       from pg_indexes where schemaname = 'public' group by 1`,
  );
  const found = columns
    .filter(({ kind }) => !own.includes(String(kind)))
    .map(({ kind, names }) => ({
      kind,
      columns: [...(names as string[])].sort(),
      indexes: [...(onDisk.find((i) => i.kind === kind)?.lists as string[])].sort(),
    }));
  const byKind = (a: { kind: unknown }, b: { kind: unknown }) => (String(a.kind) < String(b.kind) ? -1 : 1);
  expect(found.sort(byKind)).toEqual(wanted.sort(byKind));
});

const asked = [{}, { from: 'a' }, { until: 'b' }, { limit: 2 }].flatMap((options) => [
  options,
  { ...options, reverse: true },
]);
const queries = recordKinds.flatMap((kind) => [
  selectByIds(kind, ['x', 'y']),
  ...Object.keys(indexesOf(kind)).flatMap((by) => asked.map((options) => selectList(kind, by, 'x', options))),
]);

it('finds a record, and each list in its order, by an index: no query reads a whole table or sorts', async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Tables of a test are so small that reading them whole is quickest: of records by the thousand it is not.
  await client.query('set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off');
  const slow: string[] = [];
  for (const { text, values = [] } of queries) {
    const { rows } = await client.query(`explain ${text}`, values);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    if (!/^Index (Only )?Scan/.test(plan) && !/^Limit .*\n +-> {2}Index (Only )?Scan/.test(plan))
      slow.push(plan);
    if (/Filter/.test(plan)) slow.push(plan);
  }
  await client.end();
  expect(slow).toEqual([]);
});

it('that a newer Passerelle has migrated is left alone, by an instance that runs and by one that starts', async () => {
  const shared = await server.createDatabase();
  const old = await openPostgresStore({ url: shared });
  await old.transact((tx) => tx.put('counters', { id: 'c', value: 1 }));
  await server.query(shared, "insert into migrations (version, name) values (99, 'of a later version')");
  const newer = /its schema has version 99 and this Passerelle knows \d+.*Start that version/;
  const refused = await Promise.allSettled([
    old.transact((tx) => tx.put('counters', { id: 'c', value: 2 })),
    old.read((reader) => reader.get('counters', 'c')),
    openPostgresStore({ url: shared }),
  ]);
  for (const result of refused)
    expect(result).toMatchObject({ status: 'rejected', reason: { message: expect.stringMatching(newer) } });
  await old.close();
  expect(await server.query(shared, 'select record from counters')).toEqual([
    { record: { id: 'c', value: 1 } },
  ]);
}, 20_000);

it('that version 1 has filled keeps every record, in every list, when it is migrated', async () => {
  const landed = await server.createDatabase();
  await server.query(landed, version1);
  const kindsThen = recordKinds.filter((kind) => version1.includes(`create table ${kind} `));
  expect(kindsThen.length).toBeGreaterThan(12);
  const before: Record<string, unknown[]> = {};
  for (const kind of kindsThen)
    before[kind] = await server.query(landed, `select * from ${kind} order by id`);
  const store = await openPostgresStore({ url: landed });
  for (const kind of kindsThen) {
    const stored =
      before[kind]?.map((row) => removeUnstorable((row as { record: { id: string } }).record)) ?? [];
    expect(stored.length).toBeGreaterThan(0);
    const records: readonly { id: string }[] = await store.read((r) => r.all(kind));
    expect([...records].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(stored);
    for (const record of stored) {
      expect(await store.read((r) => r.get(kind, record.id))).toEqual(record);
      for (const [by, placeOf] of Object.entries(indexesOf(kind))) {
        const partition = placeOf(record)?.partition;
        if (partition === undefined) continue;
        const list = await store.read((r) => r.list(kind, by as never, partition));
        expect(list).toContainEqual(record);
      }
    }
  }
  await store.transact((tx) => tx.put('counters', { id: 'after', value: 1 }));
  await store.close();
  // What PostgreSQL cannot keep in jsonb is left out, and nothing else.
  const [odd] = await server.query(landed, `select record->>'name' as name from people where id = 'aad-4'`);
  expect(odd?.name).toBe(`É 👩🏽‍🏫 \\ "\u2028 \\u0000 ' ﬁ 4`);
});

it('of version 1 gets the tables of kinds that are newer', async () => {
  const landed = await server.createDatabase();
  await server.query(landed, version1);
  await server.query(landed, 'drop table jobs');
  const store = await openPostgresStore({ url: landed });
  await store.transact((tx) => tx.add('jobs', aRecordOf.jobs));
  expect(await store.read((r) => r.all('jobs'))).toEqual([aRecordOf.jobs]);
  await store.close();
});

it('gets the columns of an index that is new, filled from the records it has', async () => {
  const shared = await server.createDatabase();
  const store = await openPostgresStore({ url: shared });
  await store.transact((tx) => tx.put('people', aRecordOf.people));
  await store.close();
  await server.query(
    shared,
    'alter table people drop column by_teams_id_partition, drop column by_teams_id_sort',
  );
  const later = await openPostgresStore({ url: shared });
  const { teamsId } = aRecordOf.people;
  expect(await later.read((r) => r.list('people', 'byTeamsId', teamsId))).toEqual([aRecordOf.people]);
  await later.close();
});
