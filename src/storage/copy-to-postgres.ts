import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import type pg from 'pg';
import { StoreUnavailable } from '../ports.js';
import type { RecordKind } from '../records.js';
import { type AnyRecord, recordKinds } from './kinds.js';
import { readTables } from './lowdb/adapter.js';
import { lockFile } from './lowdb/file-lock.js';
import { withClient } from './postgres/connection.js';
import { migrate } from './postgres/schema.js';
import { nextRevision, upsert, writeLock } from './postgres/statements.js';
import { removeUnstorable } from './storable.js';

export interface CopyOptions {
  /** The data file of a stopped bot. */
  readonly file: string;
  /** An empty database. */
  readonly url: string;
  /** Only checks whether it can be done. */
  readonly dryRun: boolean;
  readonly onProgress: (done: number, of: number) => void;
}

/** The records of one kind: their number, and a SHA-256 of their texts in the order of their ids. */
export interface CopiedKind {
  readonly kind: RecordKind;
  readonly count: number;
  readonly hash: string;
}

const batchSize = 500;

/**
 * Copies all records of a data file into an empty database, in one transaction. Before it commits, they are read back
 * and compared. The file and its journal are only read.
 * @throws StoreUnavailable that says what to do: the file is in use, missing or damaged; the database cannot be used
 *   or has records; a record does not arrive unchanged
 */
export async function copyToPostgres({ file, url, dryRun, onProgress }: CopyOptions): Promise<CopiedKind[]> {
  const real = await realpath(file).catch((cause: Error) => {
    throw new StoreUnavailable(`DATA_FILE names the file to move: ${cause.message}`, { cause });
  });
  const locked = await lockFile(real).catch((cause: Error) => {
    throw new StoreUnavailable(`${file} cannot be moved: ${cause.message}`, { cause });
  });
  try {
    const kinds = await readKinds(real);
    await withClient(url, (client) => (dryRun ? requireEmpty(client) : copy(client, kinds, onProgress)));
    return kinds.map(({ kind, records }) => summarise(kind, records));
  } finally {
    await locked.release();
  }
}

interface Kind {
  readonly kind: RecordKind;
  readonly records: readonly AnyRecord[];
}

async function readKinds(file: string): Promise<Kind[]> {
  const { tables } = await readTables(file).catch((cause: Error) => {
    throw new StoreUnavailable(
      `${file} cannot be read: ${cause.message}. Start the bot on it once: it says how to repair it.`,
      { cause },
    );
  });
  return recordKinds.map((kind) => ({
    kind,
    records: (tables[kind].all() as readonly AnyRecord[]).map(removeUnstorable),
  }));
}

/** The text of a record, the same from both stores: PostgreSQL orders keys in its own way. */
const toCanonicalJson = (record: unknown): string =>
  JSON.stringify(record, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

function summarise(kind: RecordKind, records: readonly unknown[]): CopiedKind {
  const hash = createHash('sha256');
  for (const text of records.map(toCanonicalJson).sort()) hash.update(`${text}\n`);
  return { kind, count: records.length, hash: hash.digest('hex') };
}

async function copy(
  client: pg.Client,
  kinds: readonly Kind[],
  onProgress: CopyOptions['onProgress'],
): Promise<void> {
  await migrate(client);
  await client.query('begin isolation level read committed');
  // No bot can write meanwhile.
  await client.query(writeLock);
  await requireEmpty(client);
  const of = kinds.reduce((sum, { records }) => sum + records.length, 0);
  let done = 0;
  for (const { kind, records } of kinds) {
    for (let at = 0; at < records.length; at += batchSize) {
      const some = records.slice(at, at + batchSize);
      await client.query(upsert(kind, some));
      done += some.length;
      onProgress(done, of);
    }
  }
  for (const { kind, records } of kinds) await compare(client, summarise(kind, records));
  await client.query(nextRevision);
  await client.query('commit');
}

async function compare(client: pg.Client, wanted: CopiedKind): Promise<void> {
  const { rows } = await client.query(`select record from ${wanted.kind}`);
  const found = summarise(
    wanted.kind,
    rows.map(({ record }) => record),
  );
  if (found.count === wanted.count && found.hash === wanted.hash) return;
  throw new Error(
    `${wanted.count} records of kind "${wanted.kind}" were written and ${found.count} read back, not all of them the same; nothing was kept`,
  );
}

async function requireEmpty(client: pg.Client): Promise<void> {
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
