import type { RecordKind } from '../../ports.js';
import { records } from './0001-records.js';

/** One step from a database's schema to the next; never changed once it was released. */
export interface Migration {
  /** Counts from 1, none left out. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** The kinds whose records are written again after the SQL, to fill the columns of a new index. */
  readonly rewrite?: readonly RecordKind[];
}

/**
 * All of them, in their order. For a new index or kind in ports.ts: a file here with the columns (or the table) and
 * the index, the kind in its `rewrite` when it has records, and a line below. A test says what is missing.
 */
export const migrations: readonly Migration[] = [records];
