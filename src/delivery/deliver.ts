import {
  type Clock,
  type Conversation,
  type DrawnCard,
  type Messenger,
  type OutboxMessage,
  type Reader,
  type Store,
  StoreUnavailable,
} from '../ports.js';
import type { Backoff } from './backoff.js';
import { type Claim, claim, lateMs } from './claim.js';
import { type Lease, soleLease } from './lease.js';
import type { Pace } from './pace.js';
import type { Places } from './places.js';
import { type Outcome, type Result, settle } from './settle.js';

/**
 * Reads what a message says from the records as they are now, and gives what draws it: nobody waits for the records
 * meanwhile. Nothing: there is nothing left to say.
 */
export type Draw = (
  message: OutboxMessage,
  reader: Reader,
) => Promise<(() => Promise<DrawnCard>) | undefined>;

/** The two levels that are used; pino's logger is one. */
export interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface DeliverOptions {
  readonly store: Store;
  readonly messenger: Messenger;
  readonly draw: Draw;
  readonly clock: Clock;
  readonly log: Log;
  readonly backoff: Backoff;
  readonly pace: Pace;
  /** The right to claim. */
  readonly lease: Lease;
  readonly places: Places;
  readonly onResult: (outcome: Outcome, op: OutboxMessage['op']) => void;
  /** False once the outbox is being stopped. */
  readonly isRunning: () => boolean;
}

export interface Delivered {
  /** The row as it is stored when it still has to be sent, nothing otherwise. */
  readonly row: OutboxMessage | undefined;
  /** Whether Teams was asked at all. */
  readonly asked: boolean;
  /** True when other messages may have been owed for that reason. */
  readonly owes?: boolean;
}

/**
 * Sends one row: claims it durably, draws it, sends it, records what came of it.
 * @throws StoreUnavailable when it could not be claimed; nothing was sent then
 */
export function createDeliver(options: DeliverOptions) {
  const { store, clock, log, lease, backoff, places, onResult } = options;
  const now = () => Date.parse(clock.now());
  const roomToOpen = createOpening(options.pace);

  return async (listed: OutboxMessage, others: readonly string[]): Promise<Delivered> => {
    let began = 0;
    const claimed = await store.transact((tx) => {
      began = performance.now();
      return claim(tx, listed, { now: now(), lease, places });
    });
    if (claimed.step === 'lost') return { row: listed, asked: false };
    if (claimed.step === 'gone') return { row: undefined, asked: false };
    if (claimed.step === 'wait') return { row: claimed.row, asked: false };
    if (claimed.step === 'end') {
      report(claimed.row, claimed.outcome);
      return { row: undefined, asked: false, owes: claimed.outcome === 'held' };
    }
    const { row } = claimed;
    const { kind } = claimed.conversation;
    await roomToOpen(claimed.conversation);
    const isLate = () => lease !== soleLease && performance.now() - began > lateMs;
    const result = await attempt(claimed, isLate, options);
    const settled = await untilStored(options, row, () =>
      store.transact((tx) => settle(tx, row, result, { now: now(), backoff, others, kind, places })),
    );
    const asked = !['void', 'failed', 'unsent'].includes(result.outcome);
    if (settled) report(settled.row, settled.outcome);
    else log.warn({ id: row.id }, 'another instance dealt with a message that this one was slow to send');
    const left = settled?.row.state === 'due' ? settled.row : undefined;
    return { row: left, asked, owes: settled?.owes ?? false };
  };

  function report({ id, op, message, error }: OutboxMessage, outcome: Outcome): void {
    onResult(outcome, op);
    if (outcome === 'retry') log.warn({ id, op, message, error }, 'a message waits to be sent again');
    if (outcome === 'held')
      log.warn({ id, op, message, error }, 'a message waits for its channel to be mended');
    if (outcome === 'failed') log.error({ id, op, message, error }, 'a message was not sent');
    if (outcome === 'unknown') log.error({ id, op, message, error }, 'a message may or may not have arrived');
  }
}

/** The first message to a person whose chat is not known costs a request more, which opens it. */
function createOpening(pace: Pace) {
  const opened = new Set<string>();

  return async ({ id, memberId }: Conversation): Promise<void> => {
    if (memberId === undefined || opened.has(id)) return;
    opened.add(id);
    await sleep(pace.reserve?.() ?? 0);
  };
}

/** Drawn after the claim: what moves from here on owes an update of its own. */
async function attempt(
  { row, conversation, activityId }: Claim & { step: 'send' },
  isLate: () => boolean,
  { store, messenger, draw, log, pace }: DeliverOptions,
): Promise<Result> {
  let card: DrawnCard | undefined;
  try {
    const drawing = await store.read((reader) => draw(row, reader));
    card = await drawing?.();
  } catch (error) {
    if (error instanceof StoreUnavailable) return { outcome: 'unsent', reason: error.message };
    log.error({ err: error, id: row.id, message: row.message }, 'a message could not be drawn');
    return { outcome: 'failed', reason: `could not be drawn: ${reasonOf(error)}` };
  }
  if (!card) return { outcome: 'void', reason: 'there was nothing left to say' };
  if (isLate()) return { outcome: 'unsent', reason: 'the process was held up' };
  for (let ms = 1; ms > 0; await sleep(ms)) ms = pace.depart?.(row.conversationId) ?? 0;
  try {
    return activityId === undefined
      ? await messenger.post(conversation, card)
      : await messenger.update(conversation, activityId, card);
  } catch (error) {
    log.error({ err: error, id: row.id }, 'the messenger threw');
    return { outcome: 'unknown', reason: reasonOf(error) };
  }
}

/** What was sent must be recorded, or it is sent twice or taken for lost: tried until the store answers. */
async function untilStored<T>(
  { log, isRunning, backoff }: DeliverOptions,
  { id }: OutboxMessage,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      log.error({ err: error, id }, 'what came of a message could not be recorded');
      // The row stays `sending`: the next start takes it up.
      if (!isRunning()) throw error;
      await sleep(backoff(1));
    }
  }
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
