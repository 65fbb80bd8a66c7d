import {
  type Clock,
  type DrawnCard,
  type Log,
  type Messenger,
  type Reader,
  type Store,
  StoreUnavailable,
} from '../ports.js';
import type { Conversation, OutboxMessage } from '../records.js';
import { type Claim, claim, staleClaimMs } from './claim.js';
import { type Lease, uncontestedLease } from './lease.js';
import type { RateLimiter } from './rate-limit.js';
import { type AttemptResult, type Backoff, type Outcome, type Places, recordResult } from './record.js';

/**
 * Reads what a message needs from the current records and returns a function that renders it, so that rendering does
 * not hold up the store. Returns nothing when there is nothing left to say.
 */
export type Draw = (
  message: OutboxMessage,
  reader: Reader,
) => Promise<(() => Promise<DrawnCard | undefined>) | undefined>;

export interface DelivererOptions {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly draw: Draw;
  readonly clock: Clock;
  readonly log: Log;
  readonly backoff: Backoff;
  readonly rateLimiter: RateLimiter;
  /** The right to send. */
  readonly lease: Lease;
  readonly places: Places;
  readonly onResult: (outcome: Outcome, op: OutboxMessage['op']) => void;
  /** False once the outbox is stopping. */
  readonly isRunning: () => boolean;
}

export interface DeliveryResult {
  /** The stored row if it still has to be sent. */
  readonly remaining: OutboxMessage | undefined;
  /** Whether a request to Teams was made, which uses up a slot of the rate limit. */
  readonly contactedTeams: boolean;
  /** Whether it may have enqueued other messages. */
  readonly hasEnqueued?: boolean;
}

/**
 * Sends one row: claims it, renders it, sends it and records the result.
 * @throws StoreUnavailable if it could not be claimed; nothing was sent then
 */
export function createDeliverer(options: DelivererOptions) {
  const { store, clock, log, lease, backoff, places, onResult } = options;
  const now = () => Date.parse(clock.now());
  const waitToOpenChat = createChatOpener(options.rateLimiter);

  return async (listed: OutboxMessage, others: readonly string[]): Promise<DeliveryResult> => {
    let startedAt = 0;
    const claimed = await store.transact((tx) => {
      startedAt = performance.now();
      return claim(tx, listed, { now: now(), lease, places });
    });
    if (claimed.step === 'lost') return { remaining: listed, contactedTeams: false };
    if (claimed.step === 'gone') return { remaining: undefined, contactedTeams: false };
    if (claimed.step === 'wait') return { remaining: claimed.row, contactedTeams: false };
    if (claimed.step === 'end') {
      report(claimed.row, claimed.outcome);
      return { remaining: undefined, contactedTeams: false, hasEnqueued: claimed.outcome === 'held' };
    }
    const { row } = claimed;
    const { kind } = claimed.conversation;
    await waitToOpenChat(claimed.conversation);
    const isStale = () => lease !== uncontestedLease && performance.now() - startedAt > staleClaimMs;
    const result = await attemptSend(claimed, isStale, options);
    const recorded = await retryUntilStored(options, row, () =>
      store.transact((tx) => recordResult(tx, row, result, { now: now(), backoff, others, kind, places })),
    );
    const contactedTeams = !['void', 'failed', 'unsent'].includes(result.outcome);
    if (recorded) report(recorded.row, recorded.outcome);
    else
      log.warn({ order: row.order }, 'another instance dealt with a message that this one was slow to send');
    const left = recorded?.row.state === 'due' ? recorded.row : undefined;
    return { remaining: left, contactedTeams, hasEnqueued: recorded?.hasEnqueued ?? false };
  };

  /** By its order in the log: its key may contain the id of a person. */
  function report({ order, op, message, error }: OutboxMessage, outcome: Outcome): void {
    onResult(outcome, op);
    if (outcome === 'retry') log.warn({ order, op, message, error }, 'a message waits to be sent again');
    if (outcome === 'held')
      log.warn({ order, op, message, error }, 'a message waits for its channel to be mended');
    if (outcome === 'failed') log.error({ order, op, message, error }, 'a message was not sent');
    if (outcome === 'unknown')
      log.error({ order, op, message, error }, 'a message may or may not have arrived');
  }
}

/**
 * The first message to a person without a known chat takes an extra request that opens it, which counts towards the
 * rate limit.
 */
function createChatOpener(rateLimiter: RateLimiter) {
  const opened = new Set<string>();

  return async ({ id, memberId }: Conversation): Promise<void> => {
    if (memberId === undefined || opened.has(id)) return;
    opened.add(id);
    await sleep(rateLimiter.reserve?.() ?? 0);
  };
}

/** Renders after the claim: a move made from now on enqueues an update of its own. */
async function attemptSend(
  { row, conversation, activityId }: Claim & { step: 'send' },
  isStale: () => boolean,
  { store, messenger, draw, log, rateLimiter }: DelivererOptions,
): Promise<AttemptResult> {
  let card: DrawnCard | undefined;
  try {
    const drawing = await store.read((reader) => draw(row, reader));
    card = await drawing?.();
  } catch (error) {
    if (error instanceof StoreUnavailable) return { outcome: 'unsent', reason: error.message };
    log.error({ err: error, order: row.order, message: row.message }, 'a message could not be drawn');
    return { outcome: 'failed', reason: `could not be drawn: ${errorMessage(error)}` };
  }
  if (!card) return { outcome: 'void', reason: 'there was nothing left to say' };
  if (isStale()) return { outcome: 'unsent', reason: 'the process was held up' };
  for (let ms = 1; ms > 0; await sleep(ms)) ms = rateLimiter.depart?.(row.conversationId) ?? 0;
  try {
    return activityId === undefined
      ? await messenger.post(conversation, card)
      : await messenger.update(conversation, activityId, card);
  } catch (error) {
    log.error({ err: error, order: row.order }, 'the messenger threw');
    return { outcome: 'unknown', reason: errorMessage(error) };
  }
}

/** A result must be recorded, or the message is sent twice or taken for lost: retries until the store answers. */
async function retryUntilStored<T>(
  { log, isRunning, backoff }: DelivererOptions,
  { order }: OutboxMessage,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      log.error({ err: error, order }, 'what came of a message could not be recorded');
      // The row stays in `sending`; the next start deals with it.
      if (!isRunning()) throw error;
      await sleep(backoff(1));
    }
  }
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
