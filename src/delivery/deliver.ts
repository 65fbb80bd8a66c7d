import {
  type Clock,
  type DrawnCard,
  type Messenger,
  type OutboxMessage,
  type Reader,
  type Store,
  StoreUnavailable,
} from '../ports.js';
import type { Backoff } from './backoff.js';
import { type Claim, claim } from './claim.js';
import { type Outcome, type Result, type Settled, settle } from './settle.js';

/** Draws a message from the records as they are now. Nothing: there is nothing left to say. */
export type Draw = (message: OutboxMessage, reader: Reader) => Promise<DrawnCard | undefined>;

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
  /** True when no other process sends from this store. */
  readonly sole: boolean;
  readonly onResult: (outcome: Outcome, op: OutboxMessage['op']) => void;
  /** False once the outbox is being stopped. */
  readonly isRunning: () => boolean;
}

/**
 * Sends one row: claims it durably, draws it, sends it, records what came of it.
 * Gives the row as it is stored when it still has to be sent, nothing otherwise.
 * @throws StoreUnavailable when it could not be claimed; nothing was sent then
 */
export function createDeliver(options: DeliverOptions) {
  const { store, clock, log, sole, backoff, onResult } = options;
  const now = () => Date.parse(clock.now());

  return async (id: string, others: readonly string[]): Promise<OutboxMessage | undefined> => {
    const claimed = await store.transact((tx) => claim(tx, id, { now: now(), sole }));
    if (claimed.step === 'gone') return undefined;
    if (claimed.step === 'wait') return claimed.row;
    if (claimed.step === 'end') {
      report(claimed.row, claimed.outcome);
      return undefined;
    }
    const { row } = claimed;
    const result = await attempt(claimed, options);
    const settled = await untilStored(options, row, () =>
      store.transact((tx) => settle(tx, row, result, { now: now(), backoff, others })),
    );
    report(settled.row, settled.outcome);
    return settled.row.state === 'due' ? settled.row : undefined;
  };

  function report({ id, op, message, error }: OutboxMessage, outcome: Outcome): void {
    onResult(outcome, op);
    if (outcome === 'retry') log.warn({ id, op, message, error }, 'a message waits to be sent again');
    if (outcome === 'failed') log.error({ id, op, message, error }, 'a message was not sent');
    if (outcome === 'unknown') log.error({ id, op, message, error }, 'a message may or may not have arrived');
  }
}

/** Drawn after the claim: what moves from here on owes an update of its own. */
async function attempt(
  { row, conversation, activityId }: Claim & { step: 'send' },
  { store, messenger, draw, log }: DeliverOptions,
): Promise<Result> {
  let card: DrawnCard | undefined;
  try {
    card = await store.read((reader) => draw(row, reader));
  } catch (error) {
    if (error instanceof StoreUnavailable) return { outcome: 'unsent', reason: error.message };
    log.error({ err: error, id: row.id, message: row.message }, 'a message could not be drawn');
    return { outcome: 'failed', reason: `could not be drawn: ${reasonOf(error)}` };
  }
  if (!card) return { outcome: 'void', reason: 'there was nothing left to say' };
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
async function untilStored(
  { log, isRunning, backoff }: DeliverOptions,
  { id }: OutboxMessage,
  write: () => Promise<Settled>,
): Promise<Settled> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      log.error({ err: error, id }, 'what came of a message could not be recorded');
      // The row stays `sending`: the next start takes it up.
      if (!isRunning()) throw error;
      await new Promise((resolve) => setTimeout(resolve, backoff(1)));
    }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
