import { indexes, type RecordKind, type Records } from '../../ports.js';
import type { Change } from './journal.js';
import { createTable, type Indexes, type Table } from './table.js';

/** Everything that is stored: one table per kind of record. */
export type Tables = { readonly [K in RecordKind]: Table<Records[K]> };

/** Every kind of record, in the order of the file. */
export const recordKinds = Object.keys(indexes) as RecordKind[];

/** Creates empty tables with the indexes declared in ports.ts. */
export function createTables(): Tables {
  const createTableOf = <K extends RecordKind>(kind: K): Table<Records[K]> =>
    createTable<Records[K]>(indexes[kind] as Indexes<Records[K]>);
  return Object.fromEntries(recordKinds.map((kind) => [kind, createTableOf(kind)])) as unknown as Tables;
}

/** The changes of all tables since the last call. */
export const takeChanges = (tables: Tables): Change[] =>
  recordKinds.flatMap((kind) => tables[kind].takeChanges().map(([id, record]): Change => [kind, id, record]));
