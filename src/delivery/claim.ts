import type { Conversation, OutboxMessage, Post, Transaction } from '../ports.js';
import { longestRetryMs } from './backoff.js';
import type { Lease } from './lease.js';
import type { Places } from './places.js';

/** A claimed row that was held up for longer than this is not sent: by the end, another process could be at it. */
export const lateMs = 2_000;

/**
 * How long a row may say `sending` before it is taken for that of a dead process, when several processes share
 * the store: it starts to be sent within `lateMs`, and the messenger gives up after 15 s.
 */
export const rowLeaseMs = 17_500;

export type Ended = 'unknown' | 'failed' | 'void' | 'held';

export type Claim =
  /** It is ours to send; that is durable once the transaction is. */
  | { step: 'send'; row: OutboxMessage; conversation: Conversation; activityId?: string }
  /** Not now. */
  | { step: 'wait'; row: OutboxMessage }
  /** It came to its end without being sent. */
  | { step: 'end'; row: OutboxMessage; outcome: Ended }
  /** Somebody else dealt with it. */
  | { step: 'gone' }
  /** Another process sends by now. */
  | { step: 'lost' };

export interface ClaimOptions {
  readonly now: number;
  readonly lease: Lease;
  readonly places: Places;
}

/**
 * Takes a row that a list said may go, read again: lists can be old.
 * @param listed the row as it was when its moment was found to have come
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
    return end(tx, stored, now, 'unknown', 'the process stopped while it was being sent');
  }
  // An update that a dead process was sending is sent again: twice does no harm.
  const row: OutboxMessage =
    stored.state === 'sending' ? { ...stored, state: 'due', attempts: stored.attempts + 1 } : stored;

  const conversation = await tx.get('conversations', row.conversationId);
  if (!conversation) return end(tx, row, now, 'failed', 'the conversation is not known');
  if (!conversation.active) {
    const outcome = (await places.onGone(tx, conversation.id)) ? 'held' : 'failed';
    return end(tx, row, now, outcome, conversation.inactiveReason ?? 'the conversation is not active');
  }
  const post = await rememberPost(tx, row);
  if (row.op === 'post') return send(tx, row, conversation, now);

  const activityId = post?.activityId ?? row.activityId;
  if (activityId !== undefined) return { ...(await send(tx, row, conversation, now)), activityId };
  const target = row.target === undefined ? undefined : await tx.get('outbox', row.target);
  if (target?.state !== 'due' && target?.state !== 'sending') {
    return end(tx, row, now, 'void', 'the message to update was never posted');
  }
  // The post was put off, or is another process's: after it. Put off like this the update holds nobody up.
  const waitMs = Math.max(target.state === 'due' ? msUntilDue(target, now) : 0, 1_000);
  const [createdAt, dueAt] = [now, now + waitMs].map((ms) => new Date(ms).toISOString()) as [string, string];
  const later: OutboxMessage = { ...row, attempts: 0, createdAt, dueAt };
  await tx.put('outbox', later);
  return { step: 'wait', row: later };
}

/**
 * The milliseconds that a row in `due` has to wait. Never longer than it was put off for when it was owed, or than a
 * message waits to be tried again: by then the clock was ahead.
 */
export function msUntilDue({ attempts, dueAt, createdAt }: OutboxMessage, now: number): number {
  const dueMs = Date.parse(dueAt);
  const left = dueMs - now;
  if (attempts > 0) return left > longestRetryMs ? 0 : Math.max(0, left);
  return Math.max(0, Math.min(left, dueMs - Date.parse(createdAt)));
}

/**
 * A row in `sending` that this process did not claim: its sender had stopped claiming before this one started,
 * so that its time is over by the one clock or the other, whichever of them jumped.
 */
export const isAbandoned = ({ dueAt }: OutboxMessage, now: number, lease: Lease): boolean =>
  Date.parse(dueAt) <= now || (lease.heldMs() ?? 0) >= rowLeaseMs;

/** Whoever made the list found its moment to have come, perhaps before the clock was set back. */
const isDue = (stored: OutboxMessage, now: number, listed: OutboxMessage): boolean =>
  Date.parse(stored.dueAt) <= now || (listed.state === 'due' && listed.dueAt === stored.dueAt);

async function send(
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

async function end(
  tx: Transaction,
  row: OutboxMessage,
  now: number,
  outcome: Ended,
  error: string,
): Promise<Claim> {
  const ended: OutboxMessage = { ...row, state: outcome, error, dueAt: new Date(now).toISOString() };
  await tx.put('outbox', ended);
  return { step: 'end', row: ended, outcome };
}

/**
 * The post that a row makes or updates. One about an action is remembered from now on, so that what moves while it is
 * being sent owes its update; what moved before is drawn with it.
 */
async function rememberPost(tx: Transaction, row: OutboxMessage): Promise<Post | undefined> {
  const { op, target, activityId, actionId, conversationId, message, lang } = row;
  const id = op === 'post' ? row.id : target;
  const known = id === undefined ? undefined : await tx.get('posts', id);
  if (known || id === undefined || actionId === undefined) return known;
  // An update of what the outbox is to post: that post's own row remembers it.
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
