import type { Transaction } from '../ports.js';
import type { Conversation, OutboxMessage, Post } from '../records.js';
import type { Lease } from './lease.js';
import { longestRetryMs, type Places } from './record.js';

/**
 * A claimed row that has not been sent after this long is released: by the time it arrived, another process could
 * have claimed it.
 */
export const staleClaimMs = 2_000;

/**
 * How long a row stays in `sending` before another instance may assume that its sender is dead. Sending starts within
 * `staleClaimMs`, and the messenger gives up after 15 s.
 */
export const rowLeaseMs = 17_500;

export type FinalState = 'unknown' | 'failed' | 'void' | 'held';

export type Claim =
  /** Claimed by this process; durable once the transaction commits. */
  | { step: 'send'; row: OutboxMessage; conversation: Conversation; activityId?: string }
  /** It is not due yet. */
  | { step: 'wait'; row: OutboxMessage }
  /** It has ended without being sent. */
  | { step: 'end'; row: OutboxMessage; outcome: FinalState }
  /** It has already been dealt with. */
  | { step: 'gone' }
  /** Another process has taken over sending. */
  | { step: 'lost' };

export interface ClaimOptions {
  readonly now: number;
  readonly lease: Lease;
  readonly places: Places;
}

/**
 * Claims a polled row, after reading it again: the poll may be outdated.
 * @param listed the row as it was when it was found to be due
 */
export async function claim(
  tx: Transaction,
  listed: OutboxMessage,
  { now, lease, places }: ClaimOptions,
): Promise<Claim> {
  if (!(await lease.confirm(tx))) return { step: 'lost' };
  const stored = await tx.get('outbox', listed.id);
  if (stored?.state !== 'due' && stored?.state !== 'sending') return { step: 'gone' };
  if (!(stored.state === 'sending' ? isAbandoned(stored, now, lease) : isDue(stored, now, listed))) {
    return { step: 'wait', row: stored };
  }
  if (stored.state === 'sending' && stored.op === 'post') {
    return finish(tx, stored, now, 'unknown', 'the process stopped while it was being sent');
  }
  // Its sender died. Sending an update twice does no harm.
  const row: OutboxMessage =
    stored.state === 'sending' ? { ...stored, state: 'due', attempts: stored.attempts + 1 } : stored;

  const conversation = await tx.get('conversations', row.conversationId);
  if (!conversation) return finish(tx, row, now, 'failed', 'the conversation is not known');
  if (!conversation.active) {
    const outcome = (await places.onGone(tx, conversation.id)) ? 'held' : 'failed';
    return finish(tx, row, now, outcome, conversation.inactiveReason ?? 'the conversation is not active');
  }
  const post = await registerPost(tx, row);
  if (row.op === 'post') return markSending(tx, row, conversation, now);

  const activityId = post?.activityId ?? row.activityId;
  if (activityId !== undefined) return { ...(await markSending(tx, row, conversation, now)), activityId };
  const target = row.target === undefined ? undefined : await tx.get('outbox', row.target);
  if (target?.state !== 'due' && target?.state !== 'sending') {
    return finish(tx, row, now, 'void', 'the message to update was never posted');
  }
  // The post is delayed, or another process is sending it: the update follows it. Delayed like this, with no attempts
  // counted, it does not block the conversation.
  const waitMs = Math.max(target.state === 'due' ? msUntilDue(target, now) : 0, 1_000);
  const [createdAt, dueAt] = [now, now + waitMs].map((ms) => new Date(ms).toISOString()) as [string, string];
  const later: OutboxMessage = { ...row, attempts: 0, createdAt, dueAt };
  await tx.put('outbox', later);
  return { step: 'wait', row: later };
}

/**
 * The milliseconds until a row in `due` may be sent. Never longer than it was deferred when it was enqueued, or than
 * a retry can wait: anything longer was set by a clock that was ahead.
 */
export function msUntilDue({ attempts, dueAt, createdAt }: OutboxMessage, now: number): number {
  const dueMs = Date.parse(dueAt);
  const left = dueMs - now;
  if (attempts > 0) return left > longestRetryMs ? 0 : Math.max(0, left);
  return Math.max(0, Math.min(left, dueMs - Date.parse(createdAt)));
}

/**
 * Whether the process that left a row in `sending` is dead. It stopped claiming before this process got the lease, so
 * either clock is proof enough, even if the other one has jumped.
 */
export const isAbandoned = ({ dueAt }: OutboxMessage, now: number, lease: Lease): boolean =>
  Date.parse(dueAt) <= now || (lease.heldMs() ?? 0) >= rowLeaseMs;

/** The poller found the row due, perhaps before the clock was set back. */
const isDue = (stored: OutboxMessage, now: number, listed: OutboxMessage): boolean =>
  Date.parse(stored.dueAt) <= now || (listed.state === 'due' && listed.dueAt === stored.dueAt);

async function markSending(
  tx: Transaction,
  row: OutboxMessage,
  conversation: Conversation,
  now: number,
): Promise<Claim & { step: 'send' }> {
  const dueAt = new Date(now + rowLeaseMs).toISOString();
  const sending: OutboxMessage = { ...row, state: 'sending', dueAt };
  await tx.put('outbox', sending);
  return { step: 'send', row: sending, conversation };
}

async function finish(
  tx: Transaction,
  row: OutboxMessage,
  now: number,
  outcome: FinalState,
  error: string,
): Promise<Claim> {
  const ended: OutboxMessage = { ...row, state: outcome, error, dueAt: new Date(now).toISOString() };
  await tx.put('outbox', ended);
  return { step: 'end', row: ended, outcome };
}

/**
 * Finds or registers the post that a row creates or updates. A post about an action is registered before it is sent:
 * a move made meanwhile then enqueues an update, and earlier moves are in the drawing.
 */
async function registerPost(tx: Transaction, row: OutboxMessage): Promise<Post | undefined> {
  const { op, target, activityId, actionId, conversationId, message, lang } = row;
  const id = op === 'post' ? row.id : target;
  const known = id === undefined ? undefined : await tx.get('posts', id);
  if (known || id === undefined || actionId === undefined) return known;
  // The post is still in the outbox; its own row registers it.
  if (op === 'update' && activityId === undefined) return undefined;
  const post = {
    id,
    actionId,
    conversationId,
    message,
    lang,
    ...(activityId !== undefined && { activityId }),
  };
  await tx.put('posts', post);
  return post;
}
