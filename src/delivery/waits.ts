import type { OutboxMessage } from '../ports.js';
import { isAbandoned, msUntilDue, rowLeaseMs } from './claim.js';
import type { WaitOf } from './lanes.js';
import type { Lease } from './lease.js';

/** How long rows have to wait. */
export interface Waits {
  readonly of: WaitOf;
  /** Only these rows are still of interest. */
  keep(rows: () => readonly OutboxMessage[]): void;
}

/**
 * A row waits until its moment by the app's clock, or until as much time has passed as there was to wait when it
 * was first seen: a clock that is set back holds up nothing. What was owed without being put off does not wait,
 * also when the clock of the instance that owed it is ahead.
 */
export function createWaits({ now, lease }: { now: () => number; lease: Lease }): Waits {
  let seen = new Map<string, { dueAt: string; dueMs: number; over: number }>();

  return {
    of(row) {
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
    keep(rows) {
      if (seen.size === 0) return;
      const kept = rows().flatMap(({ id }) => {
        const known = seen.get(id);
        return known ? [[id, known] as const] : [];
      });
      seen = new Map(kept);
    },
  };
}
