import type { OutboxMessage, Store } from '../ports.js';

/** How long sent messages are kept, so that they can be inspected and their keys are still known. */
const retentionMs = 30 * 86_400_000;
const batchSize = 100;

export interface PruneOptions {
  readonly store: Store;
  readonly now: () => number;
  /** Whether a row is kept for ever because its key may be enqueued again at any time. */
  readonly keepsForever: (row: OutboxMessage) => boolean;
  /** True when messages are waiting to be sent. */
  readonly isBusy: () => boolean;
}

/**
 * Removes messages that were sent or void for more than 30 days, in small batches so that nobody waits for it.
 * Undelivered messages stay until a coordinator has dealt with them.
 */
export async function prune({ store, now, keepsForever, isBusy }: PruneOptions): Promise<void> {
  const until = new Date(now() - retentionMs).toISOString();
  for (const end of ['sent', 'void']) {
    for (let from: string | undefined = ''; from !== undefined && !isBusy(); ) {
      from = await pruneBatch(store, end, { from, until, limit: batchSize }, keepsForever);
    }
  }
}

/** Returns where the next batch begins, or nothing after the last one. */
function pruneBatch(
  store: Store,
  end: string,
  range: { from: string; until: string; limit: number },
  keepsForever: (row: OutboxMessage) => boolean,
): Promise<string | undefined> {
  return store.transact(async (tx) => {
    const rows = await tx.list('outbox', 'byEnd', end, range);
    const old = rows.filter((row) => !keepsForever(row));
    for (const { id } of old) await tx.remove('outbox', id);
    const last = rows.at(-1)?.dueAt;
    if (rows.length < range.limit || last === undefined) return undefined;
    // A whole batch of one timestamp is kept: skips that timestamp, or the same batch would be read for ever.
    return old.length === 0 && last === range.from ? `${last}~` : last;
  });
}
