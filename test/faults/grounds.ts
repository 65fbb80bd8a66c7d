import { join } from 'node:path';
import type { Action } from '../../src/domain/action.js';
import type { OutboxMessage } from '../../src/records.js';
import type { PostgresServer } from '../support/postgres.js';
import { readRecords } from '../support/records.js';

/** What is stored, as the tests of this folder look at it. */
export interface Kept {
  readonly actions: Record<string, Action>;
  readonly outbox: Record<string, OutboxMessage>;
  readonly history: Record<string, unknown>;
}

/** Where bots keep their records. */
export interface Ground {
  /** What a bot is started with to keep them there. */
  readonly env: Record<string, string>;
  /** Reads them from outside, past the bots. */
  kept(): Promise<Kept>;
}

/** One file in this folder. */
export function fileGround(folder: string): Ground {
  const file = join(folder, 'records.json');
  return { env: { DATA_FILE: file }, kept: async () => readRecords(file) as unknown as Kept };
}

const looked = ['actions', 'outbox', 'history'];
const everything = looked
  .map((kind) => `select '${kind}' as kind, id, record from ${kind}`)
  .join(' union all ');

/** A database of its own on this server. */
export async function databaseGround(server: PostgresServer): Promise<Ground> {
  const url = await server.createDatabase();
  return {
    env: { DATABASE_URL: url },
    async kept() {
      const kept: Record<string, Record<string, unknown>> = Object.fromEntries(
        looked.map((kind) => [kind, {}]),
      );
      for (const { kind, id, record } of await server.query(url, everything)) {
        const records = kept[String(kind)];
        if (records) records[String(id)] = record;
      }
      return kept as unknown as Kept;
    },
  };
}
