import type { Store } from '../ports.js';

/** How long sent messages are kept, so that they can be inspected and their keys are still known. */
const retentionMs = 30 * 86_400_000;
const batchSize = 100;

export interface PruneOptions {
  readonly store: Store;
  readonly now: () => number;
  /** True when messages are waiting to be sent. */
  readonly isBusy: () => boolean;
}

/**
 * Removes messages that were sent or void for more than 30 days, in small batches so that nobody waits for it.
 * Undelivered messages stay until a coordinator has dealt with them.
 */
export async function prune({ store, now, isBusy }: PruneOptions): Promise<void> {
  const until = new Date(now() - retentionMs).toISOString();
  for (const end of ['sent', 'void']) {
    while (!isBusy() && (await removeBatch(store, end, until))) {
      // Others write between the batches.
    }
  }
}

/** Returns whether there may be more. */
function removeBatch(store: Store, end: string, until: string): Promise<boolean> {
  return store.transact(async (tx) => {
    const rows = await tx.list('outbox', 'byEnd', end, { until, limit: batchSize });
    for (const { id } of rows) await tx.remove('outbox', id);
    return rows.length === batchSize;
  });
}
