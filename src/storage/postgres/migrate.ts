import type pg from 'pg';
import type { RecordKind } from '../../ports.js';
import { type Migration, migrations } from '../migrations/index.js';
import type { Call } from './exchange.js';
import { placesOf } from './places.js';
import { recordOf } from './record-text.js';
import { lock } from './sql.js';
import { putOf } from './write.js';

/** The newest schema this code knows. */
export const knownVersion = migrations.length;

/** What to say, and do, about a database that a newer Passerelle has migrated. */
export const newerSchema = (found: number, known: number): Error =>
  new Error(
    `its schema has version ${found} and this Passerelle knows ${known}: a newer one has migrated it. ` +
      'Start that version, or go back to a backup from before.',
  );

const migrationsTable = `create table if not exists migrations (
  version int primary key, name text not null, at timestamptz not null default now())`;

/** Makes every instance forget what it knows of the records; to be run in the transaction that changes them. */
export async function restartLog(client: pg.Client): Promise<void> {
  const { rows } = await client.query('delete from commits returning seq');
  const last = Math.max(0, ...rows.map((row) => Number(row.seq)));
  await client.query(`insert into commits (seq, id, changed) values ($1, gen_random_uuid()::text, '[]')`, [
    last + 1,
  ]);
}

/** Runs a call of this folder on a client of node-postgres; gives the rows as text. */
export async function run(client: pg.Client, { statement, values = [] }: Call): Promise<string[][]> {
  const types = { getTypeParser: () => (text: string) => text };
  const { rows } = await client.query({
    ...statement,
    values: [...values],
    rowMode: 'array',
    types: types as never,
  });
  return rows as string[][];
}

/**
 * Brings a database to the newest schema, all steps or none. Several processes may do so at once.
 * @throws Error that says why this database cannot be used
 */
export async function migrate(client: pg.Client, steps: readonly Migration[] = migrations): Promise<void> {
  const { rows } = await client.query('show server_encoding');
  if (rows[0]?.server_encoding !== 'UTF8')
    throw new Error(`its encoding is ${rows[0]?.server_encoding}; create it with encoding 'UTF8'`);
  await client.query('begin isolation level read committed');
  // The same lock as for writing: no instance of the version before writes while its tables change.
  await client.query(lock.statement.text);
  await client.query(migrationsTable);
  const done = await client.query('select coalesce(max(version), 0) as version from migrations');
  const version = Number(done.rows[0]?.version);
  if (version > steps.length) throw newerSchema(version, steps.length);
  for (const step of steps.slice(version)) {
    await client.query(step.sql);
    await client.query('insert into migrations (version, name) values ($1, $2)', [step.version, step.name]);
    for (const kind of step.rewrite ?? []) await rewrite(client, kind);
  }
  if (version < steps.length) await restartLog(client);
  await client.query('commit');
}

/** Writes all records of a kind again, a part at a time. */
async function rewrite(client: pg.Client, kind: RecordKind): Promise<void> {
  for (let last = ''; ; ) {
    const { rows } = await client.query(
      `select id, record::text as text from ${kind} where id > $1 order by id limit 1000`,
      [last],
    );
    if (rows.length === 0) return;
    await run(
      client,
      putOf(
        kind,
        rows.map(({ id, text }) => ({ id, text, places: placesOf(kind, recordOf(text)) })),
      ),
    );
    last = rows.at(-1).id;
  }
}
