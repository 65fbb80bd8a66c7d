import type pg from 'pg';
import type { RecordKind } from '../../records.js';
import { type AnyRecord, indexesOf, recordKinds } from '../kinds.js';
import { removeUnstorable } from '../storable.js';
import { columnsOf, upsert, writeLock } from './statements.js';

/**
 * 1: a table per kind with the record as `json`, and a log of commits. 2: `jsonb`, and a revision instead of the log.
 * New kinds and indexes need no new version: those that ports.ts declares and the database lacks are added at start.
 */
export const schemaVersion = 2;

/** The error about a database that a newer Passerelle has migrated, with what to do. */
export const newerSchemaError = (found: number): Error =>
  new Error(
    `its schema has version ${found} and this Passerelle knows ${schemaVersion}: a newer one has migrated it. ` +
      'Start that version, or go back to a backup from before.',
  );

/**
 * Migrates a database to this version's schema, all or nothing. Several processes may do so at once.
 * @throws Error that says why the database cannot be used
 */
export async function migrate(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('show server_encoding');
  const encoding = rows[0]?.server_encoding;
  if (encoding !== 'UTF8') throw new Error(`its encoding is ${encoding}; create it with encoding 'UTF8'`);
  await client.query('begin isolation level read committed');
  // The writers' lock: nobody writes while the tables change.
  await client.query(writeLock);
  await client.query(`create table if not exists migrations (
    version int primary key, name text not null, at timestamptz not null default now())`);
  const done = await client.query('select coalesce(max(version), 0) as version from migrations');
  const version = Number(done.rows[0]?.version);
  if (version > schemaVersion) throw newerSchemaError(version);
  if (version === 1) await migrateFromJson(client);
  await client.query('create table if not exists revision (n bigint not null)');
  await client.query('insert into revision select 1 where not exists (select from revision)');
  for (const kind of recordKinds) await addMissing(client, kind);
  // What the report's views read beside the records, in one row; the salt makes names of people for them.
  await client.query(`create table if not exists report_settings (
    salt text not null default gen_random_uuid()::text || gen_random_uuid()::text,
    settings jsonb not null default '{}', views text not null default '')`);
  await client.query('insert into report_settings select where not exists (select from report_settings)');
  if (version < schemaVersion)
    await client.query('insert into migrations (version, name) values ($1, $2)', [schemaVersion, 'jsonb']);
  await client.query('commit');
}

/**
 * From version 1, whose `json` can hold what `jsonb` cannot: the character zero, and lone surrogates. It has no table of
 * the kinds that came later.
 */
async function migrateFromJson(client: pg.ClientBase): Promise<void> {
  const tables = await client.query(
    'select table_name as name from information_schema.tables where table_schema = current_schema()',
  );
  const before = new Set(tables.rows.map(({ name }) => name));
  for (const kind of recordKinds.filter((kind) => before.has(kind))) {
    const { rows } = await client.query(
      `select id, record::text as text from ${kind} where record::text ~ '\\\\u(0000|d[89a-f])'`,
    );
    for (const { id, text } of rows)
      await client.query(`update ${kind} set record = $2 where id = $1`, [
        id,
        JSON.stringify(removeUnstorable(JSON.parse(text))),
      ]);
    await client.query(`alter table ${kind} alter column record type jsonb using record::jsonb`);
  }
  await client.query('drop table commits');
}

/** Adds the table of a kind, its columns and indexes where they are missing, and fills new columns. */
async function addMissing(client: pg.ClientBase, kind: RecordKind): Promise<void> {
  await client.query(
    `create table if not exists ${kind} (id text collate "C" primary key, record jsonb not null)`,
  );
  const known = await client.query(
    'select column_name from information_schema.columns where table_schema = current_schema() and table_name = $1',
    [kind],
  );
  const columns = new Set(known.rows.map((row) => row.column_name));
  if (kind === 'actions' && !columns.has('for_report'))
    await client.query('alter table actions add column for_report jsonb');
  let isFilled = true;
  for (const by of Object.keys(indexesOf(kind))) {
    const { partition, sort } = columnsOf(by);
    for (const column of [partition, sort]) {
      if (columns.has(column)) continue;
      await client.query(`alter table ${kind} add column ${column} text collate "C"`);
      isFilled = false;
    }
    const name = `${kind}_${partition.replace(/_partition$/, '')}`;
    await client.query(`create index if not exists ${name} on ${kind} (${partition}, ${sort}, id)`);
  }
  if (!isFilled) await rewrite(client, kind);
}

/** Rewrites all records of a kind in batches. */
async function rewrite(client: pg.ClientBase, kind: RecordKind): Promise<void> {
  for (let last = ''; ; ) {
    const { rows } = await client.query(`select record from ${kind} where id > $1 order by id limit 1000`, [
      last,
    ]);
    const records = rows.map(({ record }) => record as AnyRecord);
    if (records.length === 0) return;
    await client.query(upsert(kind, records));
    last = records.at(-1)?.id ?? '';
  }
}
