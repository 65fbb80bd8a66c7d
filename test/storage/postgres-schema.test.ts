import pg from 'pg';
import { indexes, type RecordKind } from '../../src/ports.js';
import type { Call } from '../../src/storage/postgres/exchange.js';
import { columnOf, indexNames } from '../../src/storage/postgres/names.js';
import * as sql from '../../src/storage/postgres/sql.js';
import { openPostgresStore } from '../../src/storage/postgres.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';

let server: PostgresServer;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  await (await openPostgresStore({ url })).close();
}, 60_000);
afterAll(() => server.remove());

const own = ['commits', 'migrations'];

/** `people_by_teams_id` on `by_teams_id_partition, by_teams_id_sort, id`. */
const wanted = Object.entries(indexes).map(([kind, declared]) => {
  const columns = Object.keys(declared).map((by) => [columnOf(by, 'partition'), columnOf(by, 'sort')]);
  return {
    kind,
    columns: ['id', 'record', ...columns.flat()].sort(),
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
const queries: Call[] = (Object.keys(indexes) as RecordKind[]).flatMap((kind) => [
  sql.getAll(kind, ['x', 'y']),
  ...indexNames[kind].flatMap((by) => asked.map((options) => sql.list(kind, by, 'x', options))),
]);

it('finds a record, and each list in its order, by an index: no query reads a whole table or sorts', async () => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const session = sql.sessionOf('reader').statement.text;
  await client.query(session);
  const slow: string[] = [];
  const log = [sql.commitsSince(1), sql.commitOf('x'), sql.lastCommit];
  for (const { statement, values = [] } of [...queries, ...queries.map(sql.guessNone), ...log]) {
    const { rows } = await client.query(`explain ${statement.text}`, [...values]);
    const plan = rows
      .map((row) => row['QUERY PLAN'])
      .join('\n')
      .replace(/^Subquery Scan on found .*\n +-> +/, '');
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
  await server.query(
    shared,
    `insert into migrations (version, name) values (99, 'of a later version');
     delete from commits; insert into commits (seq, id, changed) values (7, 'restarted', '[]')`,
  );
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
