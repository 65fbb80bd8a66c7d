import type { Conversation, OutboxMessage, Transaction } from '../ports.js';

/**
 * How long a row may say `sending` before it is taken for that of a dead process, when several processes share
 * the store. Many times what one attempt can last (the messenger gives up after 10 s).
 */
const leaseMs = 60_000;

export type Ended = 'unknown' | 'failed' | 'void';

export type Claim =
  /** It is ours to send; that is durable once the transaction is. */
  | { step: 'send'; row: OutboxMessage; conversation: Conversation; activityId?: string }
  /** Not now. */
  | { step: 'wait'; row: OutboxMessage }
  /** It came to its end without being sent. */
  | { step: 'end'; row: OutboxMessage; outcome: Ended }
  /** Somebody else dealt with it. */
  | { step: 'gone' };

/** Takes a row that a list said may go, read again: lists can be old. */
export async function claim(
  tx: Transaction,
  id: string,
  { now, sole }: { now: number; sole: boolean },
): Promise<Claim> {
  const stored = await tx.get('outbox', id);
  const row = stored && restart(stored, now, sole);
  if (row === undefined || (row.state !== 'due' && row.state !== 'sending')) return { step: 'gone' };
  if (row.state === 'sending') {
    if (Date.parse(row.dueAt) > now && !sole) return { step: 'wait', row };
    return end(tx, row, 'unknown', 'the process stopped while it was being sent');
  }
  if (Date.parse(row.dueAt) > now) return { step: 'wait', row };

  const conversation = await tx.get('conversations', row.conversationId);
  if (!conversation) return end(tx, row, 'failed', 'the conversation is not known');
  if (!conversation.active) {
    return end(tx, row, 'failed', conversation.inactiveReason ?? 'the conversation is not active');
  }
  if (row.op === 'post') return send(tx, row, conversation, now);

  const activityId = await activityToUpdate(tx, row);
  if (activityId !== undefined) return { ...(await send(tx, row, conversation, now)), activityId };
  const target = row.target === undefined ? undefined : await tx.get('outbox', row.target);
  if (target?.state !== 'due' && target?.state !== 'sending') {
    return end(tx, row, 'void', 'the message to update was never posted');
  }
  // The post was put off, or is another process's: after it. Put off like this the update holds nobody up.
  const postAt = target.state === 'due' ? Date.parse(target.dueAt) : now;
  const dueAt = new Date(Math.max(postAt, now + 1_000)).toISOString();
  const later: OutboxMessage = { ...row, attempts: 0, dueAt };
  await tx.put('outbox', later);
  return { step: 'wait', row: later };
}

/** An update that a dead process was sending is sent again: twice does no harm. */
function restart(row: OutboxMessage, now: number, sole: boolean): OutboxMessage {
  const dead = row.state === 'sending' && (sole || Date.parse(row.dueAt) <= now);
  if (!dead || row.op === 'post') return row;
  return { ...row, state: 'due', attempts: row.attempts + 1, dueAt: new Date(now).toISOString() };
}

async function send(
  tx: Transaction,
  row: OutboxMessage,
  conversation: Conversation,
  now: number,
): Promise<Claim & { step: 'send' }> {
  const sending: OutboxMessage = {
    ...row,
    state: 'sending',
    dueAt: new Date(now + leaseMs).toISOString(),
  };
  await tx.put('outbox', sending);
  return { step: 'send', row: sending, conversation };
}

async function end(tx: Transaction, row: OutboxMessage, outcome: Ended, error: string): Promise<Claim> {
  const ended: OutboxMessage = { ...row, state: outcome, error };
  await tx.put('outbox', ended);
  return { step: 'end', row: ended, outcome };
}

async function activityToUpdate(tx: Transaction, row: OutboxMessage): Promise<string | undefined> {
  const post = row.target === undefined ? undefined : await tx.get('posts', row.target);
  return post?.activityId ?? row.activityId;
}
