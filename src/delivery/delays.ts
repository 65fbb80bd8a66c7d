import type { OutboxMessage } from '../records.js';
import { isAbandoned, msUntilDue, rowLeaseMs } from './claim.js';
import type { Lease } from './lease.js';
import type { RowDelay } from './schedule.js';

/** How long rows have to wait. */
export interface Delays {
  readonly remaining: RowDelay;
  /** Forgets all rows but these. */
  retain(rows: () => readonly OutboxMessage[]): void;
}

/**
 * A row waits until its time by the app's clock, or until the remaining time has passed since it was first seen, so
 * that a clock set back delays nothing. A row that was not deferred does not wait, even when the clock of the
 * instance that enqueued it is ahead.
 */
export function createDelays({ now, lease }: { now: () => number; lease: Lease }): Delays {
  let seen = new Map<string, { dueAt: string; dueMs: number; over: number }>();

  return {
    remaining(row) {
      if (row.state === 'sending') {
        const left = Date.parse(row.dueAt) - now();
        return isAbandoned(row, now(), lease) ? 0 : Math.min(left, rowLeaseMs - (lease.heldMs() ?? 0));
      }
      const isPutOff = row.attempts > 0 || row.dueAt > row.createdAt;
      if (!isPutOff) return 0;
      const real = performance.now();
      const known = seen.get(row.id);
      if (known?.dueAt === row.dueAt) return Math.max(0, Math.min(known.dueMs - now(), known.over - real));
      const left = msUntilDue(row, now());
      if (left > 0) seen.set(row.id, { dueAt: row.dueAt, dueMs: Date.parse(row.dueAt), over: real + left });
      return left;
    },
    retain(rows) {
      if (seen.size === 0) return;
      const kept = rows().flatMap(({ id }) => {
        const known = seen.get(id);
        return known ? [[id, known] as const] : [];
      });
      seen = new Map(kept);
    },
  };
}
