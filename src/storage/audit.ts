import { createHash, randomBytes } from 'node:crypto';
import type { AuditEntry } from '../domain/audit/chain.js';
import { type AuditFact, type AuditStamp, appendFact, type Digest, headOf } from '../domain/audit/chain.js';
import type { Clock, Ids, Store, Transaction } from '../ports.js';
import { factsOf, isNoted } from './audit-facts.js';

export const digest: Digest = (text) => createHash('sha256').update(text).digest('base64url');

interface Sources {
  readonly clock: Clock;
  readonly ids: Pick<Ids, 'next'>;
}

/**
 * A store that notes in the audit trail, in the same transaction, what is written of decisions, settings and the like:
 * whoever writes a record need not think of it. Rows of the trail can be neither changed nor removed, but for whom they
 * name.
 */
export function keepAudit(store: Store, sources: Sources): Store {
  return {
    ...store,
    transact: (work) => {
      const stampAt = drawStamps(sources);
      return store.transact(async (tx) => {
        const facts: AuditFact[] = [];
        const result = await work(noteWrites(tx, facts));
        if (facts.length > 0) await append(tx, facts, stampAt);
        return result;
      });
    },
  };
}

/** What the rows of a transaction are given: the same when it runs again, so that what was read ahead is known. */
function drawStamps({ clock, ids }: Sources): (i: number) => AuditStamp {
  const drawn: AuditStamp[] = [];
  return (i) => {
    drawn[i] ??= { id: ids.next(), at: clock.now(), salt: randomBytes(18).toString('base64url') };
    return drawn[i];
  };
}

function noteWrites(tx: Transaction, facts: AuditFact[]): Transaction {
  return {
    get: tx.get.bind(tx),
    list: tx.list.bind(tx),
    all: tx.all.bind(tx),
    async add(kind, record) {
      await tx.add(kind, record);
      facts.push(...factsOf('add', kind, record, undefined));
    },
    async put(kind, record) {
      if (kind === 'audit') await requireSame(tx, record as AuditEntry);
      const before = isNoted('put', kind) ? await tx.get(kind, record.id) : undefined;
      await tx.put(kind, record);
      facts.push(...factsOf('put', kind, record, before));
    },
    async remove(kind, id) {
      if (kind === 'audit') throw new Error('A row of the audit trail is never removed.');
      const before = isNoted('remove', kind) ? await tx.get(kind, id) : undefined;
      await tx.remove(kind, id);
      if (before) facts.push(...factsOf('remove', kind, before, before));
    },
  };
}

/** @throws Error if a row would say something else */
async function requireSame(tx: Transaction, row: AuditEntry): Promise<void> {
  const stored = await tx.get('audit', row.id);
  if (stored?.hash !== row.hash) throw new Error('A row of the audit trail is never changed.');
}

async function append(
  tx: Transaction,
  facts: readonly AuditFact[],
  stampAt: (i: number) => AuditStamp,
): Promise<void> {
  let head = await tx.get('audithead', 'chain');
  const entries = facts.map((fact, i) => {
    const entry = appendFact(head, fact, stampAt(i), digest);
    head = headOf(entry);
    return entry;
  });
  // Together, so that a database is asked once.
  await Promise.all(entries.map((entry) => tx.add('audit', entry)));
  if (head) await tx.put('audithead', head);
}
