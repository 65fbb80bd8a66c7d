import type { SendResult, Transaction } from '../ports.js';
import type { Conversation, OutboxMessage } from '../records.js';

/** Told, in the transaction that records it, when a conversation can no longer be written to, or can again. */
export interface Places {
  /** It was found gone, perhaps not for the first time. Returns whether its messages are held until it is back. */
  onGone(tx: Transaction, conversationId: string): Promise<boolean>;
  /** A post has arrived in a channel. Returns whether that enqueued something. */
  onReached(tx: Transaction, conversationId: string): Promise<boolean>;
}

/** Ignores both; messages to a conversation that is gone fail. */
export const noPlaces: Places = { onGone: async () => false, onReached: async () => false };

/** The result of an attempt: the messenger's answer, or why it was not asked. */
export type AttemptResult =
  | SendResult
  /** There was nothing to say, or it could not be drawn. */
  | { readonly outcome: 'void' | 'failed'; readonly reason: string }
  /** The attempt could not be made on our side. */
  | { readonly outcome: 'unsent'; readonly reason: string };

/** For metrics: refusals and messages that used up their attempts both count as `failed`. */
export type Outcome = 'sent' | 'retry' | 'unknown' | 'failed' | 'void' | 'held';

export interface RecordedAttempt {
  readonly row: OutboxMessage;
  readonly outcome: Outcome;
  /** Whether it may have enqueued other messages. */
  readonly hasEnqueued?: boolean;
}

export interface RecordOptions {
  readonly now: number;
  readonly backoff: Backoff;
  /** The ids of the conversation's other rows, which fail or are held with it when it is gone. */
  readonly others: readonly string[];
  readonly kind: Conversation['kind'];
  readonly places: Places;
}

/**
 * Records the result of an attempt, and everything that follows from it, in one transaction. Records and returns
 * nothing if another process has meanwhile taken this one for dead and dealt with the row.
 */
export async function recordResult(
  tx: Transaction,
  row: OutboxMessage,
  result: AttemptResult,
  options: RecordOptions,
): Promise<RecordedAttempt | undefined> {
  if (!isStillClaimed(await tx.get('outbox', row.id), row, result)) return undefined;
  if (result.outcome === 'refused') {
    const gone = await recordGone(tx, row, result, options);
    if (gone) return gone;
  }
  const recorded = applyResult(row, result, options.now, options.backoff);
  await tx.put('outbox', recorded.row);
  if (result.outcome !== 'sent') return recorded;
  await recordActivityId(tx, row, result.activityId);
  const reached = row.op === 'post' && options.kind === 'channel';
  const hasEnqueued = reached && (await options.places.onReached(tx, row.conversationId));
  return { ...recorded, hasEnqueued };
}

/**
 * Either unchanged since the claim, or given up by another process while this one still learned that it arrived or
 * was refused. That it did not arrive comes too late: later messages have been sent.
 */
function isStillClaimed(
  stored: OutboxMessage | undefined,
  { attempts, dueAt }: OutboxMessage,
  { outcome }: AttemptResult,
): boolean {
  if (stored?.state === 'unknown') return outcome === 'sent' || outcome === 'refused';
  return stored?.state === 'sending' && stored.attempts === attempts && stored.dueAt === dueAt;
}

function applyResult(
  row: OutboxMessage,
  result: AttemptResult,
  now: number,
  backoff: Backoff,
): RecordedAttempt {
  const { error: _, ...clean } = row;
  const at = new Date(now).toISOString();
  const endWith = (state: 'unknown' | 'failed' | 'void', reason: string): RecordedAttempt => ({
    outcome: state,
    row: { ...row, state, attempts: row.attempts + 1, dueAt: at, error: reason },
  });
  const retryLater = (reason: string, ms: number): RecordedAttempt => {
    const attempts = row.attempts + 1;
    if (attempts >= maxAttempts) return endWith('failed', `tried ${attempts} times: ${reason}`);
    const dueAt = new Date(now + ms).toISOString();
    return { outcome: 'retry', row: { ...row, state: 'due', attempts, dueAt, error: reason } };
  };
  switch (result.outcome) {
    case 'sent':
      return { outcome: 'sent', row: { ...clean, state: 'sent', attempts: row.attempts + 1, dueAt: at } };
    case 'unsent':
      // With the current time here, a clock that is behind would take the row for a deferred one.
      return {
        outcome: 'retry',
        row: { ...clean, state: 'due', dueAt: row.createdAt, error: result.reason },
      };
    case 'unknown':
      // A second post would be read twice; a second update shows the same card.
      if (row.op === 'update') return retryLater(result.reason, backoff(row.attempts + 1));
      return endWith('unknown', result.reason);
    case 'retry':
      return retryLater(result.reason, Math.min(longestRetryMs, result.afterMs ?? backoff(row.attempts + 1)));
    case 'void':
      return endWith('void', result.reason);
    case 'refused':
    case 'failed':
      return endWith('failed', result.reason);
  }
}

/** The post was registered at the claim; its activity id is known only now. */
async function recordActivityId(tx: Transaction, row: OutboxMessage, activityId?: string): Promise<void> {
  if (row.op !== 'post' || row.actionId === undefined || activityId === undefined) return;
  const post = await tx.get('posts', row.id);
  if (post) await tx.put('posts', { ...post, activityId });
}

/** Records that the conversation is gone, with everything due there; nothing if it is not. */
async function recordGone(
  tx: Transaction,
  row: OutboxMessage,
  { gone, forbidden, reason }: SendResult & { outcome: 'refused' },
  { now, others, kind, places }: RecordOptions,
): Promise<RecordedAttempt | undefined> {
  // A channel that answers like this to one post also refuses the next, whatever it says.
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
  return { outcome, row: settled, hasEnqueued: held };
}

/** After this many attempts a message has failed: nine minutes on average, unless Teams sets the waits itself. */
export const maxAttempts = 12;

const baseDelayMs = 1_000;
const maxDelayMs = 5 * 60_000;

/**
 * The longest wait accepted from Teams, whose limits look back an hour at most. A longer wait for a retry was set by
 * a clock that was ahead.
 */
export const longestRetryMs = 3_600_000;

/** The delay before the next attempt, in milliseconds, after this many failed ones. */
export type Backoff = (attempts: number) => number;

/**
 * Exponential backoff from 1 s to 5 min with full jitter, so that messages rejected together are not retried
 * together. Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit (exponential backoff
 * with jitter)
 */
export const fullJitter: Backoff = (attempts) =>
  Math.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempts - 1));
