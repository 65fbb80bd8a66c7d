import { indexes } from '../../src/ports.js';
import { columnOf } from '../../src/storage/postgres/names.js';
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
