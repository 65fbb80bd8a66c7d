import type { Instant } from '../domain/days.js';
import type { Clock, Ids, Transaction } from '../ports.js';
import type { Lang, OutboxMessage } from '../records.js';

/** A message to enqueue. */
export interface OutgoingMessage {
  /** For a post, unique for ever. An update is identified by what it updates; its key only names it in errors. */
  readonly key: string;
  readonly conversationId: string;
  /** The message that draws it, `<feature>.<message>`. */
  readonly message: string;
  readonly lang: Lang;
  readonly op?: OutboxMessage['op'] | undefined;
  readonly data?: OutboxMessage['data'] | undefined;
  readonly actionId?: string | undefined;
  /** The key of the post to update. */
  readonly target?: string | undefined;
  /** The activity to update, when it was not posted through the outbox. */
  readonly activityId?: string | undefined;
  /** The id of the person who caused it. */
  readonly by?: string | undefined;
  /** Not before this time; by default now. */
  readonly dueAt?: Instant | undefined;
}

/**
 * Enqueues a message inside the caller's transaction: it is sent if and only if that commits. A post whose key was
 * enqueued before, whatever its state, is ignored. An update replaces a pending one of the same post or activity.
 * @throws Error if an update names neither a post nor an activity
 */
export async function enqueue(
  tx: Transaction,
  outgoing: OutgoingMessage,
  { clock, ids }: { clock: Clock; ids: Pick<Ids, 'next'> },
): Promise<void> {
  const now = clock.now();
  if (outgoing.op === 'update') return enqueueUpdate(tx, outgoing, now, ids);
  if (await tx.get('outbox', outgoing.key)) return;
  await tx.add('outbox', toRow(outgoing, outgoing.key, now, ids));
}

async function enqueueUpdate(
  tx: Transaction,
  outgoing: OutgoingMessage,
  now: Instant,
  ids: Pick<Ids, 'next'>,
): Promise<void> {
  const first = updateId(outgoing);
  const spare = `${first}+`;
  const one = await tx.get('outbox', first);
  // The spare row exists only beside the first.
  const two = one && (await tx.get('outbox', spare));
  const due = [one, two].find((row) => row?.state === 'due');
  if (due) return tx.put('outbox', supersede(due, toRow(outgoing, due.id, now, ids)));
  // The row being sent may already be drawn, so the other row is used and sent after it. A conversation sends one
  // message at a time, so one of the two is always free.
  await tx.put('outbox', toRow(outgoing, one?.state === 'sending' ? spare : first, now, ids));
}

function updateId({ target, activityId, conversationId, key }: OutgoingMessage): string {
  if (target !== undefined) return `update:${target}`;
  if (activityId !== undefined) return `update:${conversationId}:${activityId}`;
  throw new Error(`The update "${key}" names neither a post (target) nor an activity (activityId).`);
}

/** The new content in the place of the pending update, keeping the wait that Teams asked for. */
function supersede(old: OutboxMessage, fresh: OutboxMessage): OutboxMessage {
  const { order, attempts, createdAt } = old;
  const waits = attempts > 0 || old.dueAt < fresh.dueAt;
  return { ...fresh, order, attempts, createdAt, dueAt: waits ? old.dueAt : fresh.dueAt };
}

function toRow(outgoing: OutgoingMessage, id: string, now: Instant, ids: Pick<Ids, 'next'>): OutboxMessage {
  return {
    id,
    conversationId: outgoing.conversationId,
    op: outgoing.op ?? 'post',
    message: outgoing.message,
    lang: outgoing.lang,
    data: outgoing.data ?? {},
    state: 'due',
    attempts: 0,
    dueAt: outgoing.dueAt ?? now,
    order: ids.next(),
    createdAt: now,
    ...(outgoing.actionId !== undefined && { actionId: outgoing.actionId }),
    ...(outgoing.target !== undefined && { target: outgoing.target }),
    ...(outgoing.activityId !== undefined && { activityId: outgoing.activityId }),
    ...(outgoing.by !== undefined && { by: outgoing.by }),
  };
}
