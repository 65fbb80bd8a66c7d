import { type AuditFault, createAuditCheck, type KnownRow } from '../domain/audit/chain.js';
import type { Store } from '../ports.js';
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
 * Checks that no row of the audit trail was removed or altered.
 * @param known a row as it was noted outside of the store
 */
export async function verifyAudit(store: Store, known?: KnownRow): Promise<AuditVerdict> {
  // All of them, not by an index, which somebody may have altered.
  const { rows, head } = await store.read(async (reader) => ({
    rows: await reader.all('audit'),
    head: await reader.get('audithead', 'chain'),
  }));
  const check = createAuditCheck(digest, known);
  const inOrder = rows.toSorted((a, b) => a.number - b.number);
  for (const row of inOrder) check.take(row);
  const fault = check.end(head);
  const last = inOrder.findLast(({ number }) => !fault || number < fault.number);
  return {
    rows: rows.length,
    ...(last ? { last: { number: last.number, hash: last.hash } } : {}),
    ...(fault ? { fault } : {}),
  };
}
