import {
  type AuditEntry,
  type AuditFault,
  createAuditCheck,
  type KnownRow,
  orderRows,
} from '../domain/audit/chain.js';
import { contradicts } from '../domain/audit/record.js';
import type { Reader, Store } from '../ports.js';
import { auditSort, type IndexName, indexes } from '../records.js';
import { digest } from './audit.js';

export interface AuditVerdict {
  /** How many rows there are. */
  readonly rows: number;
  /** The last row that is right. */
  readonly last?: KnownRow;
  /** The first row that is wrong. */
  readonly fault?: AuditFault;
}

/**
 * Checks that no row of the audit trail was removed or altered, that every one is listed where people look for it, and
 * that the history says the same.
 * @param known a row as it was noted outside of the store
 */
export function verifyAudit(store: Store, known?: KnownRow): Promise<AuditVerdict> {
  return store.read(async (reader) => {
    // All of them, not by an index, which somebody may have altered.
    const rows = await reader.all('audit');
    const { placed, strays } = orderRows(rows, digest);
    const check = createAuditCheck(digest, known);
    const head = await reader.get('audithead', 'chain');
    for (const row of placed) check.take(row);
    const withoutStrays = check.end(head);
    for (const row of strays) check.take(row);
    const broken = withoutStrays ?? check.end(head);
    const chained = placed.filter(({ number }) => !broken || number < broken.number);
    const fault = (await findAround(reader, chained)) ?? broken;
    const last = chained.findLast(({ number }) => !fault || number < fault.number);
    return {
      rows: rows.length,
      ...(last ? { last: { number: last.number, hash: last.hash } } : {}),
      ...(fault ? { fault } : {}),
    };
  });
}

/** The first of these rows around which something is wrong, while the row itself is right. */
async function findAround(reader: Reader, rows: readonly AuditEntry[]): Promise<AuditFault | undefined> {
  const erasing = await reader.all('erasures');
  const history = new Map((await reader.all('history')).map((row) => [row.id, row]));
  for (const entry of rows) {
    const { number, row } = entry;
    if (!(await isListed(reader, entry))) return { number, because: 'unlisted' };
    if (row === undefined) continue;
    const record = history.get(row);
    if (!record || contradicts(record, entry, erasing)) return { number, because: 'record' };
  }
  return undefined;
}

const indexNames = Object.keys(indexes.audit) as IndexName<'audit'>[];

/** Whether a row is found by its id, and where each index has its place. */
async function isListed(reader: Reader, entry: AuditEntry): Promise<boolean> {
  // Before the lists, from which the store would know the row.
  const byId = await reader.get('audit', entry.id);
  const lists = await Promise.all(
    indexNames.map((by) => {
      const { partition, sort } = indexes.audit[by](entry) ?? { partition: '', sort: '' };
      return reader.list('audit', by, partition, { from: sort, until: auditSort(entry.number + 1) });
    }),
  );
  return [[byId], ...lists].every((found) => found.some((row) => row?.hash === entry.hash));
}
