import type pg from 'pg';
import type { Action } from '../../domain/action.js';
import type { ListOptions } from '../../ports.js';
import type { RecordKind } from '../../records.js';
import { type AnyRecord, indexesOf, recordKinds } from '../kinds.js';

/** The columns of an index: `by_action_partition` and `by_action_sort` for `byAction`. */
export const columnsOf = (by: string): { partition: string; sort: string } => {
  const name = by.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { partition: `${name}_partition`, sort: `${name}_sort` };
};

/** The advisory lock that makes the writing transactions of all instances run one after another. */
export const writeLock = { text: 'select pg_advisory_xact_lock(7061737365)' };

/** The revision that a transaction sees, and whether it may write. `revision` counts the commits of all instances. */
export const position = {
  name: 'position',
  text: `select n::text as revision, (select max(version) from migrations) as schema,
    current_setting('transaction_read_only') = 'on' as read_only from revision`,
};

/** Identifies the transaction, to find out its outcome if the connection breaks. */
export const transactionId = {
  name: 'transaction id',
  text: 'select pg_current_xact_id()::text as xid, pg_backend_pid() as pid',
};

/** Terminates a server process if it still runs that transaction. */
export const terminate = `select pg_terminate_backend(pid) from pg_stat_activity
  where pid = $1 and backend_xid = $2::xid8::xid`;

/** `committed`, `aborted` or `in progress`. */
export const transactionStatus = 'select pg_xact_status($1::xid8) as status';

export const nextRevision = { name: 'next revision', text: 'update revision set n = n + 1' };

export const selectByIds = (kind: RecordKind, ids: readonly string[]): pg.QueryConfig => ({
  name: `${kind} by id`,
  text: `select record from ${kind} where id = any($1)`,
  values: [ids],
});

/** The records of a partition, by sort key, then by id. */
export function selectList(
  kind: RecordKind,
  by: string,
  partition: string,
  { from, until, limit, reverse }: ListOptions,
): pg.QueryConfig {
  const columns = columnsOf(by);
  const values: unknown[] = [partition];
  const where = [`${columns.partition} = $1`];
  if (from !== undefined) where.push(`${columns.sort} >= $${values.push(from)}`);
  if (until !== undefined) where.push(`${columns.sort} < $${values.push(until)}`);
  const direction = reverse ? 'desc' : 'asc';
  const order = [columns.partition, columns.sort, 'id'].map((c) => `${c} ${direction}`).join(', ');
  const most = limit === undefined ? '' : ` limit $${values.push(limit)}`;
  const text = `select record from ${kind} where ${where.join(' and ')} order by ${order}${most}`;
  const nameParts = [
    from !== undefined && 'from',
    until !== undefined && 'until',
    most && 'limit',
    direction,
  ];
  return { name: [kind, by, ...nameParts].filter(Boolean).join(' '), text, values };
}

/** For exports; it may take minutes, and nobody waits behind it. */
export const selectAll = (kind: RecordKind): pg.QueryConfig & { query_timeout: number } => ({
  text: `select record from ${kind}`,
  query_timeout: 600_000,
});

/** What the report's rules read from directories and calendars about an action, for the column `for_report`. */
export type DescribeAction = (action: Action) => object;

export function upsert(
  kind: RecordKind,
  records: readonly AnyRecord[],
  describe?: DescribeAction,
): pg.QueryConfig {
  const columns = ['id', 'record'];
  const values: unknown[] = [records.map(({ id }) => id), records.map((record) => JSON.stringify(record))];
  for (const [by, placeOf] of Object.entries(indexesOf(kind))) {
    const { partition, sort } = columnsOf(by);
    const places = records.map(placeOf);
    columns.push(partition, sort);
    values.push(places.map((place) => place?.partition ?? null));
    values.push(places.map((place) => place?.sort ?? null));
  }
  if (kind === 'actions') {
    columns.push('for_report');
    values.push(records.map((record) => (describe ? JSON.stringify(describe(record as Action)) : null)));
  }
  const given = columns.map((c) => (documents.has(c) ? `${c}::jsonb` : c)).join(', ');
  const arrays = columns.map((_, i) => `$${i + 1}::text[]`).join(', ');
  const replaced = columns.slice(1).map((c) => `${c} = excluded.${c}`);
  return {
    name: `write ${kind}`,
    text: `insert into ${kind} (${columns.join(', ')})
      select ${given} from unnest(${arrays}) as given (${columns.join(', ')})
      on conflict (id) do update set ${replaced.join(', ')}`,
    values,
  };
}

const documents = new Set(['record', 'for_report']);

/** Others read and write meanwhile. */
export const vacuum = `vacuum ${recordKinds.join(', ')}`;

export const deleteByIds = (kind: RecordKind, ids: readonly string[]): pg.QueryConfig => ({
  name: `remove ${kind}`,
  text: `delete from ${kind} where id = any($1)`,
  values: [ids],
});
