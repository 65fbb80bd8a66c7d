import type { ListOptions, RecordKind } from '../../ports.js';
import { binaryArray } from './binary-array.js';
import type { Call, Statement } from './exchange.js';
import { columnOf } from './names.js';

const statement = (name: string, text: string): Statement => ({ name, text });
const only = (name: string, text: string): Call => ({ statement: statement(name, text) });

export type Role = 'writer' | 'reader';

/** Milliseconds that a writer may hold the lock and do nothing, an instance that hangs for one. */
const idleLimitMs = 2_000;

const settings: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  writer: {
    lock_timeout: '2000',
    statement_timeout: '5000',
    idle_in_transaction_session_timeout: String(idleLimitMs),
  },
  // They hold up nobody, and an export takes its time.
  reader: { lock_timeout: '2000', statement_timeout: '30000', idle_in_transaction_session_timeout: '60000' },
};

/**
 * Every query has an index that gives its rows in order. The planner is kept from thinking otherwise while its
 * statistics are old (a table that was just filled, a state that was rare), and from planning again each time.
 */
const planning = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_sort: 'off',
  jit: 'off',
};

/** What a new connection is told. A server that answers before the disk has it is made to wait for the disk. */
export const sessionOf = (role: Role): Call => {
  const set = (name: string, value: string): string => `set_config('${name}', '${value}', false)`;
  const all = Object.entries({ ...settings[role], ...planning }).map(([name, value]) => set(name, value));
  const durable = `case current_setting('synchronous_commit') when 'off' then ${set('synchronous_commit', 'on')} end`;
  return only('session', `select ${[...all, durable].join(', ')}`);
};

/** One number for all of Passerelle: who holds it is alone in writing. "PASSER" in ASCII. */
const lockKey = 0x50_41_53_53_45_52;

export const begin = only('begin', 'begin isolation level read committed');
export const commit = only('commit', 'commit');
/** All that is read until the commit is of the moment of the first statement. */
export const beginSnapshot = only('snapshot', 'begin isolation level repeatable read read only');
/** Waits until this transaction is the only one that writes; its end, however it comes, frees the lock. */
export const lock = only('lock', `select pg_advisory_xact_lock(${lockKey})`);
/** Where the log of commits ends. */
export const lastCommit = only('last', 'select seq, id from commits order by seq desc limit 1');
export const schemaVersion = only('version', 'select max(version) from migrations');
export const readOnly = only('read-only', "select current_setting('transaction_read_only')");

const since = statement(
  'since',
  'select seq, id, case when seq > $1 then changed end from commits where seq >= $1 order by seq',
);
/** The commits after one, and that one first, to know that the log still has it. */
export const commitsSince = (seq: number): Call => ({ statement: since, values: [String(seq)] });

/** Until the transaction ends: that a guess on which its writes rest is wrong. */
const wrong = "set_config('passerelle.guess', 'wrong', true)";
/** Whether what is to be written may be. */
export const isRight = "coalesce(current_setting('passerelle.guess', true), '') = ''";
/** Guesses that a commit is the last one. */
export const guessLast = (id: string): Call => ({
  statement: statement(
    'guess last',
    `select ${wrong} where (select id from commits order by seq desc limit 1) is distinct from $1`,
  ),
  values: [id],
});
/** Guesses that a query finds nothing. */
export const guessNone = ({ statement: { name, text }, values }: Call): Call => ({
  statement: statement(`none ${name}`, `select ${wrong} from (${text}) as found`),
  ...(values && { values }),
});

const happened = statement('happened', 'select 1 from commits where id = $1');
/** Whether a commit is in the log. */
export const commitOf = (id: string): Call => ({ statement: happened, values: [id] });

const superseding = statement(
  'supersede',
  `insert into commits (seq, id, changed)
     select seq + 1, $2, '[]' from commits where not exists (select from commits where id = $1)
     order by seq desc limit 1`,
);
/** Logs a commit that changes nothing, unless the log has another: what counts on the one before is wrong then. */
export const supersede = (other: string, id: string): Call => ({
  statement: superseding,
  values: [other, id],
});

/** Records by their ids. */
export const getAll = (kind: RecordKind, ids: readonly string[]): Call => ({
  statement: statement(`get ${kind}`, `select record from ${kind} where id = any($1)`),
  values: [binaryArray('text', ids)],
});

/** Every record of a kind. It is the one thing that reads whole tables, which is switched off otherwise. */
export const all = (kind: RecordKind): readonly Call[] => [
  only('scan on', "select set_config('enable_seqscan', 'on', true)"),
  only(`all ${kind}`, `select record from ${kind}`),
  only('scan off', "select set_config('enable_seqscan', 'off', true)"),
];

/** The end of a range, cut where a character comes that no stored text has: the same records are within it. */
const bound = (text: string): string => text.replace(/\0.*$/s, '\x01');

/** The records of one partition of an index. */
export function list(kind: RecordKind, by: string, partition: string, options: ListOptions): Call {
  const { from, until, limit, reverse } = options;
  const sort = columnOf(by, 'sort');
  const values: string[] = [];
  const value = (text: string): string => `$${values.push(text)}`;
  const conditions = [`${columnOf(by, 'partition')} = ${value(partition)}`];
  if (from !== undefined) conditions.push(`${sort} >= ${value(bound(from))}`);
  if (until !== undefined) conditions.push(`${sort} < ${value(bound(until))}`);
  const direction = reverse ? ' desc' : '';
  const order = `order by ${sort}${direction}, id${direction}`;
  const rest =
    limit === undefined ? order : `${order} limit ${value(String(Math.max(0, Math.trunc(limit))))}`;
  const shape = [
    from !== undefined && 'f',
    until !== undefined && 'u',
    limit !== undefined && 'l',
    reverse && 'r',
  ];
  const text = `select record from ${kind} where ${conditions.join(' and ')} ${rest}`;
  return { statement: statement(`list ${kind} ${by} ${shape.filter(Boolean).join('')}`, text), values };
}
