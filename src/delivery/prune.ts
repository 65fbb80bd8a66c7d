import type { OutboxMessage, Store } from '../ports.js';

/** What was sent is kept for so long: to be looked into, and so that its key is known. */
const keptMs = 30 * 86_400_000;
const atOnce = 100;

export interface PruneOptions {
  readonly store: Store;
  readonly now: () => number;
  /** Whether a row's key may be owed again however late, so that it must be known for ever. */
  readonly keeps: (row: OutboxMessage) => boolean;
  /** True when there is something better to do. */
  readonly isBusy: () => boolean;
}

/**
 * Forgets what was sent, or came to nothing, more than 30 days ago, some rows at a time so that nobody waits for
 * it. What was not delivered stays until a coordinator has dealt with it.
 */
export async function prune({ store, now, keeps, isBusy }: PruneOptions): Promise<void> {
  const until = new Date(now() - keptMs).toISOString();
  for (const end of ['sent', 'void']) {
    for (let from: string | undefined = ''; from !== undefined && !isBusy(); ) {
      from = await pruneSome(store, end, { from, until, limit: atOnce }, keeps);
    }
  }
}

/** Gives where the rows go on, nothing when these were the last ones. */
function pruneSome(
  store: Store,
  end: string,
  range: { from: string; until: string; limit: number },
  keeps: (row: OutboxMessage) => boolean,
): Promise<string | undefined> {
  return store.transact(async (tx) => {
    const rows = await tx.list('outbox', 'byEnd', end, range);
    const old = rows.filter((row) => !keeps(row));
    for (const { id } of old) await tx.remove('outbox', id);
    const last = rows.at(-1)?.dueAt;
    if (rows.length < range.limit || last === undefined) return undefined;
    // Past a moment in which so many are kept that they would be listed again and again.
    return old.length === 0 && last === range.from ? `${last}~` : last;
  });
}
