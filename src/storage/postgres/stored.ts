import type { ListOptions, Reader, RecordKind } from '../../ports.js';
import type { Connection } from './connection.js';
import type { Result } from './exchange.js';
import type { AnyRecord } from './names.js';
import { isStorable } from './places.js';
import { recordOf } from './record-text.js';
import * as sql from './sql.js';

/** Reads what the database has at one moment. */
export interface Stored {
  get(kind: RecordKind, id: string): Promise<AnyRecord | undefined>;
  list(kind: RecordKind, by: string, partition: string, options: ListOptions): Promise<readonly AnyRecord[]>;
  all(kind: RecordKind): Promise<readonly AnyRecord[]>;
}

/** Whole tables take their time. */
const allLimitMs = 30_000;

/** The records in what a statement gave. */
export const recordsIn = (found: Result | undefined): readonly AnyRecord[] =>
  Object.freeze((found?.rows ?? []).map(([text]) => recordOf(text ?? '')));

/** Records that are about to be asked for. */
interface Gathered {
  readonly ids: Set<string>;
  readonly found: Promise<ReadonlyMap<string, AnyRecord>>;
}

/** Reads in the transaction that is open on a connection; records that are wanted at the same time in one query. */
export function storedOn(connection: Connection): Stored {
  const gathering = new Map<RecordKind, Gathered>();

  const gather = (kind: RecordKind): Gathered => {
    const ids = new Set<string>();
    const ask = async (): Promise<ReadonlyMap<string, AnyRecord>> => {
      // Whoever runs before this has ended waiting may join.
      await undefined;
      gathering.delete(kind);
      const [found] = await connection.send([sql.getAll(kind, [...ids])]);
      return new Map(recordsIn(found).map((record) => [record.id, record]));
    };
    const gathered = { ids, found: ask() };
    gathering.set(kind, gathered);
    return gathered;
  };

  return {
    async get(kind, id) {
      // PostgreSQL takes such an id for an error, which would end the transaction.
      if (!isStorable(id)) return undefined;
      const { ids, found } = gathering.get(kind) ?? gather(kind);
      ids.add(id);
      return (await found).get(id);
    },
    async list(kind, by, partition, options) {
      if (!isStorable(partition)) return [];
      const [found] = await connection.send([sql.list(kind, by, partition, options)]);
      return recordsIn(found);
    },
    async all(kind) {
      const [, found] = await connection.send(sql.all(kind), allLimitMs);
      return recordsIn(found);
    },
  };
}

/** The same, with the types of the records. */
export const readerOf = (stored: Stored): Reader => ({
  get: (kind, id) => stored.get(kind, id) as Promise<never>,
  list: (kind, by, partition, options = {}) =>
    stored.list(kind, by, partition, options) as Promise<readonly never[]>,
  all: (kind) => stored.all(kind) as Promise<readonly never[]>,
});
