import type { Conversation, Delivery, OutboxMessage, Transaction } from '../ports.js';
import { type Backoff, longestRetryMs, maxAttempts } from './backoff.js';
import type { Places } from './places.js';

/** What came of a claimed row: the messenger's answer, or why it was not asked. */
export type Result =
  | Delivery
  /** There was nothing to say, or it could not be drawn. */
  | { readonly outcome: 'void' | 'failed'; readonly reason: string }
  /** Our side could not even try. */
  | { readonly outcome: 'unsent'; readonly reason: string };

/** For metrics: a refusal and the last of too many attempts are both `failed`. */
export type Outcome = 'sent' | 'retry' | 'unknown' | 'failed' | 'void' | 'held';

export interface Settled {
  readonly row: OutboxMessage;
  readonly outcome: Outcome;
  /** True when other messages may have been owed for that reason. */
  readonly owes?: boolean;
}

export interface SettleOptions {
  readonly now: number;
  readonly backoff: Backoff;
  /** The ids of the conversation's other rows, which fail with it, or are held, when it is gone. */
  readonly others: readonly string[];
  readonly kind: Conversation['kind'];
  readonly places: Places;
}

/**
 * Records a result, and all that follows from it, in one transaction. Nothing is recorded, or given, when the
 * row is another process's by now: this one was held up for so long that it was taken for dead.
 */
export async function settle(
  tx: Transaction,
  row: OutboxMessage,
  result: Result,
  options: SettleOptions,
): Promise<Settled | undefined> {
  if (!isStillOurs(await tx.get('outbox', row.id), row, result)) return undefined;
  if (result.outcome === 'refused') {
    const gone = await settleGone(tx, row, result, options);
    if (gone) return gone;
  }
  const settled = resultOf(row, result, options.now, options.backoff);
  await tx.put('outbox', settled.row);
  if (result.outcome !== 'sent') return settled;
  await addActivity(tx, row, result.activityId);
  const reached = row.op === 'post' && options.kind === 'channel';
  const owes = reached && (await options.places.onReached(tx, row.conversationId));
  return { ...settled, owes };
}

/**
 * As it was claimed; or given up for us, and what came of it is known after all. That it did not arrive comes too
 * late: what was owed after it has been sent.
 */
function isStillOurs(
  stored: OutboxMessage | undefined,
  { attempts, dueAt }: OutboxMessage,
  { outcome }: Result,
): boolean {
  if (stored?.state === 'unknown') return outcome === 'sent' || outcome === 'refused';
  return stored?.state === 'sending' && stored.attempts === attempts && stored.dueAt === dueAt;
}

function resultOf(row: OutboxMessage, result: Result, now: number, backoff: Backoff): Settled {
  const { error: _, ...clean } = row;
  const at = new Date(now).toISOString();
  const ended = (state: 'unknown' | 'failed' | 'void', reason: string): Settled => ({
    outcome: state,
    row: { ...row, state, attempts: row.attempts + 1, dueAt: at, error: reason },
  });
  const again = (reason: string, ms: number): Settled => {
    const attempts = row.attempts + 1;
    if (attempts >= maxAttempts) return ended('failed', `tried ${attempts} times: ${reason}`);
    const dueAt = new Date(now + ms).toISOString();
    return { outcome: 'retry', row: { ...row, state: 'due', attempts, dueAt, error: reason } };
  };
  switch (result.outcome) {
    case 'sent':
      return { outcome: 'sent', row: { ...clean, state: 'sent', attempts: row.attempts + 1, dueAt: at } };
    case 'unsent':
      // By a moment of now the row would look put off until then, to a clock that is behind this one.
      return {
        outcome: 'retry',
        row: { ...clean, state: 'due', dueAt: row.createdAt, error: result.reason },
      };
    case 'unknown':
      // A second post would be read twice; a second update shows the same card.
      if (row.op === 'update') return again(result.reason, backoff(row.attempts + 1));
      return ended('unknown', result.reason);
    case 'retry':
      return again(result.reason, Math.min(longestRetryMs, result.afterMs ?? backoff(row.attempts + 1)));
    case 'void':
      return ended('void', result.reason);
    case 'refused':
    case 'failed':
      return ended('failed', result.reason);
  }
}

/** The claim has remembered the post; which activity it became is known only now. */
async function addActivity(tx: Transaction, row: OutboxMessage, activityId?: string): Promise<void> {
  if (row.op !== 'post' || row.actionId === undefined || activityId === undefined) return;
  const post = await tx.get('posts', row.id);
  if (post) await tx.put('posts', { ...post, activityId });
}

/** Records that the conversation is gone, and with it all that is due there. Nothing: it is not. */
async function settleGone(
  tx: Transaction,
  row: OutboxMessage,
  { gone, forbidden, reason }: Delivery & { outcome: 'refused' },
  { now, others, kind, places }: SettleOptions,
): Promise<Settled | undefined> {
  // What post it was makes no difference to a channel that answers so: the next one is refused too.
  const refusesPosts = forbidden && kind === 'channel' && row.op === 'post';
  if (!gone && !refusesPosts) return undefined;
  const { conversationId } = row;
  const held = await places.onGone(tx, conversationId);
  if (!gone && !held) return undefined;
  const conversation = await tx.get('conversations', conversationId);
  if (conversation) {
    await tx.put('conversations', { ...conversation, active: false, inactiveReason: reason });
  }
  const outcome = held ? 'held' : 'failed';
  const ended = { state: outcome, dueAt: new Date(now).toISOString(), error: reason } as const;
  for (const id of others) {
    const other = await tx.get('outbox', id);
    if (other?.state === 'due') await tx.put('outbox', { ...other, ...ended });
  }
  const settled: OutboxMessage = { ...row, attempts: row.attempts + 1, ...ended };
  await tx.put('outbox', settled);
  return { outcome, row: settled, owes: held };
}
