import { indexes, type RecordKind, type Records } from '../ports.js';
import type { Change } from './journal.js';
import { createTable, type Indexes, type Table } from './table.js';

/** Everything that is stored: one table a kind of record. */
export type Tables = { readonly [K in RecordKind]: Table<Records[K]> };

/** Every kind of record, in the order in which the file has them. */
export const recordKinds = Object.keys(indexes) as RecordKind[];

/** Makes empty tables with the indexes that ports.ts declares. */
export function createTables(): Tables {
  const tableOf = <K extends RecordKind>(kind: K): Table<Records[K]> =>
    createTable<Records[K]>(indexes[kind] as Indexes<Records[K]>);
  return Object.fromEntries(recordKinds.map((kind) => [kind, tableOf(kind)])) as unknown as Tables;
}

/** What changed in all tables since it was last asked. */
export const takeChanges = (tables: Tables): Change[] =>
  recordKinds.flatMap((kind) => tables[kind].takeChanges().map(([id, record]): Change => [kind, id, record]));
