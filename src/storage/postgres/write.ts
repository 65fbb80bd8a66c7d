import type { RecordKind } from '../../ports.js';
import { binaryArray } from './binary-array.js';
import type { Changes } from './changes.js';
import type { Call } from './exchange.js';
import { columnOf, indexNames } from './names.js';
import type { Places } from './places.js';
import { isRight } from './sql.js';

/** A row as its table has it: the record as JSON, and where the indexes have it. */
export interface Row {
  readonly id: string;
  readonly text: string;
  readonly places: Places;
}

/** What is to be written of one kind. */
export interface Written {
  readonly kind: RecordKind;
  readonly rows: readonly Row[];
  readonly removed: readonly string[];
}

/** A commit as the log has it. */
export interface Commit {
  /** Counts the commits; none is left out. */
  readonly seq: number;
  /** Unlike any other, also where a restored backup counts the same numbers again. */
  readonly id: string;
  /** The names of what it changed. */
  readonly changed: readonly string[];
}

/** What changes come to, kind by kind. */
export const writtenOf = (changes: Changes): Written[] =>
  changes.kinds().map((kind) => {
    const rows: Row[] = [];
    const removed: string[] = [];
    for (const { id, before, now, placesNow } of changes.of(kind)) {
      if (now) rows.push({ id, text: JSON.stringify(now), places: placesNow });
      else if (before) removed.push(id);
    }
    return { kind, rows, removed };
  });

const statements = new Map<string, string>();
const kindsInOrder = Object.keys(indexNames) as RecordKind[];

/**
 * The one statement that writes what is to be written, and the row that logs it. There is a text for each set of
 * kinds: some tens of them occur, each prepared once a connection.
 * @returns what gives the call once the commit's number and id are known
 */
export function writeOf(
  written: readonly Written[],
  changed: Commit['changed'],
): (commit: Pick<Commit, 'seq' | 'id'>) => Call {
  const shape = written.map(shapeOf).join('');
  const text = statements.get(shape) ?? textOf(written);
  statements.set(shape, text);
  const statement = { name: `write ${shape}`, text };
  const values = [JSON.stringify(changed), ...written.flatMap(valuesOf)];
  return ({ seq, id }) => ({ statement, values: [String(seq), id, ...values] });
}

/** A statement that adds or replaces rows and logs nothing: for a store that nobody else has open. */
export function putOf(kind: RecordKind, rows: readonly Row[]): Call {
  const text = putText(kind, counter(0));
  return { statement: { name: `put ${kind}`, text }, values: arraysOf(kind, rows) };
}

function shapeOf({ kind, rows, removed }: Written): string {
  const letter = kindsInOrder.indexOf(kind).toString(36);
  return `${rows.length > 0 ? letter : ''}${removed.length > 0 ? `-${letter}` : ''}`;
}

const valuesOf = ({ kind, rows, removed }: Written): Buffer[] => [
  ...(rows.length > 0 ? arraysOf(kind, rows) : []),
  ...(removed.length > 0 ? [binaryArray('text', removed)] : []),
];

/** The columns of rows, in the order of `putText`. */
function arraysOf(kind: RecordKind, rows: readonly Row[]): Buffer[] {
  const column = (of: (row: Row) => string | undefined): Buffer => binaryArray('text', rows.map(of));
  return [
    column(({ id }) => id),
    binaryArray(
      'json',
      rows.map(({ text }) => text),
    ),
    ...indexNames[kind].flatMap((_, i) => [
      column(({ places }) => places[i]?.partition),
      column(({ places }) => places[i]?.sort),
    ]),
  ];
}

/** Gives `$1::text[]`, `$2::json[]`, …, one after the other. */
const counter = (last: number) => {
  let number = last;
  return (type: string): string => `$${++number}::${type}[]`;
};

function textOf(written: readonly Written[]): string {
  const next = counter(3);
  const steps = written.flatMap(({ kind, rows, removed }) => [
    ...(rows.length > 0 ? [putText(kind, next)] : []),
    ...(removed.length > 0 ? [`delete from ${kind} where id = any(${next('text')}) and ${isRight}`] : []),
  ]);
  const named = steps.map((step, i) => `step${i} as (${step})`).join(', ');
  return `with ${named} insert into commits (seq, id, changed) select $1::bigint, $2, $3::json where ${isRight}`;
}

function putText(kind: RecordKind, next: (type: string) => string): string {
  const keys = indexNames[kind].flatMap((by) => [columnOf(by, 'partition'), columnOf(by, 'sort')]);
  const columns = ['id', 'record', ...keys];
  const arrays = ['text', 'json', ...keys.map(() => 'text')].map(next);
  const replaced = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  return (
    `insert into ${kind} (${columns.join(', ')}) select * from unnest(${arrays.join(', ')}) where ${isRight} ` +
    `on conflict (id) do update set ${replaced.join(', ')}`
  );
}
