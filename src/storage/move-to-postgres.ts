import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import type pg from 'pg';
import { type RecordKind, StoreUnavailable } from '../ports.js';
import { lockFile } from './file-lock.js';
import { inOrder } from './postgres/merge.js';
import { migrate, restartLog, run } from './postgres/migrate.js';
import type { AnyRecord } from './postgres/names.js';
import { placesOf } from './postgres/places.js';
import { lock } from './postgres/sql.js';
import { putOf, type Row } from './postgres/write.js';
import { withClient } from './postgres.js';
import { readTables } from './read-tables.js';
import { recordKinds } from './tables.js';

export interface MoveOptions {
  /** The data file of a bot that is stopped. */
  readonly file: string;
  /** The database, which has no records. */
  readonly url: string;
  /** Only looks whether it can be done. */
  readonly dryRun: boolean;
  readonly onProgress: (done: number, of: number) => void;
}

/** The records of one kind: how many, and a SHA-256 of their texts in the order of their ids. */
export interface MovedKind {
  readonly kind: RecordKind;
  readonly count: number;
  readonly hash: string;
}

const rowsAtOnce = 500;

/**
 * Copies all records of a data file into an empty database, in one transaction: all of them or none. They are read
 * back before it ends, and compared. The file and its journal are only read.
 * @throws StoreUnavailable that says what to do: the file is in use, missing or not whole; the database cannot be used
 *   or has records; something does not arrive as it was
 */
export async function moveToPostgres({ file, url, dryRun, onProgress }: MoveOptions): Promise<MovedKind[]> {
  const real = await realpath(file).catch((cause: Error) => {
    throw new StoreUnavailable(`DATA_FILE names the file to move: ${cause.message}`, { cause });
  });
  const locked = await lockFile(real).catch((cause: Error) => {
    throw new StoreUnavailable(`${file} cannot be moved: ${cause.message}`, { cause });
  });
  try {
    const kinds = await readKinds(real);
    await withClient(url, (client) => (dryRun ? refuseRecords(client) : copy(client, kinds, onProgress)));
    return kinds.map(({ kind, rows }) => summaryOf(kind, rows));
  } finally {
    await locked.release();
  }
}

interface Kind {
  readonly kind: RecordKind;
  /** In the order of their ids. */
  readonly rows: readonly Row[];
}

async function readKinds(file: string): Promise<Kind[]> {
  const { tables } = await readTables(file).catch((cause: Error) => {
    throw new StoreUnavailable(
      `${file} cannot be read: ${cause.message}. Start the bot on it once: it says how to repair it.`,
      { cause },
    );
  });
  return recordKinds.map((kind) => {
    const records: readonly AnyRecord[] = tables[kind].all();
    const rows = records.map((record) => ({
      id: record.id,
      text: JSON.stringify(record),
      places: placesOf(kind, record),
    }));
    return { kind, rows: rows.sort((a, b) => inOrder(a.id, b.id)) };
  });
}

function summaryOf(kind: RecordKind, rows: readonly Pick<Row, 'text'>[]): MovedKind {
  const hash = createHash('sha256');
  for (const { text } of rows) hash.update(`${text}\n`);
  return { kind, count: rows.length, hash: hash.digest('hex') };
}

async function copy(
  client: pg.Client,
  kinds: readonly Kind[],
  onProgress: MoveOptions['onProgress'],
): Promise<void> {
  await migrate(client);
  await client.query('begin isolation level read committed');
  // No bot writes meanwhile.
  await client.query(lock.statement.text);
  await refuseRecords(client);
  const of = kinds.reduce((sum, { rows }) => sum + rows.length, 0);
  let done = 0;
  for (const { kind, rows } of kinds) {
    for (let at = 0; at < rows.length; at += rowsAtOnce) {
      const some = rows.slice(at, at + rowsAtOnce);
      await run(client, putOf(kind, some));
      done += some.length;
      onProgress(done, of);
    }
  }
  for (const { kind, rows } of kinds) await compare(client, summaryOf(kind, rows));
  await restartLog(client);
  await client.query('commit');
}

async function compare(client: pg.Client, wanted: MovedKind): Promise<void> {
  const { rows } = await client.query(`select record::text as text from ${wanted.kind} order by id`);
  const found = summaryOf(wanted.kind, rows);
  if (found.count === wanted.count && found.hash === wanted.hash) return;
  throw new Error(
    `${wanted.count} records of kind "${wanted.kind}" were written and ${found.count} read back, not all of them the same; nothing was kept`,
  );
}

async function refuseRecords(client: pg.Client): Promise<void> {
  for (const kind of recordKinds) {
    const table = await client.query('select to_regclass($1) is not null as exists', [kind]);
    if (!table.rows[0].exists) continue;
    const { rows } = await client.query(`select id from ${kind} limit 1`);
    if (rows.length > 0)
      throw new Error(
        `it has records already ("${kind}"), and two stores cannot be merged: name an empty database`,
      );
  }
}
