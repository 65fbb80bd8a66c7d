import type { Instant } from '../domain/action.js';
import type { Clock, Ids, Lang, OutboxMessage, Transaction } from '../ports.js';

/** A message to be sent. */
export interface Owed {
  /** Unique for ever for a post. An update is known by what it updates, its key says nothing more. */
  readonly key: string;
  readonly conversationId: string;
  /** What draws it, `<feature>.<message>`. */
  readonly message: string;
  readonly lang: Lang;
  readonly op?: OutboxMessage['op'] | undefined;
  readonly data?: OutboxMessage['data'] | undefined;
  readonly actionId?: string | undefined;
  /** The key of the post to update. */
  readonly target?: string | undefined;
  /** The activity to update, when no post of the outbox made it. */
  readonly activityId?: string | undefined;
  /** The id of the person whose doing it is. */
  readonly by?: string | undefined;
  /** Not before this moment; now when nothing is said. */
  readonly dueAt?: Instant | undefined;
}

/**
 * Owes a message inside the caller's transaction: it is sent once that is durable, and never when it is not.
 * A post whose key was owed before, in whatever state it is, is not owed again. An update replaces the one of
 * the same post or activity that still waits.
 * @throws Error when an update names neither a post nor an activity
 */
export async function owe(
  tx: Transaction,
  owed: Owed,
  { clock, ids }: { clock: Clock; ids: Ids },
): Promise<void> {
  const now = clock.now();
  if (owed.op === 'update') return oweUpdate(tx, owed, now, ids);
  if (await tx.get('outbox', owed.key)) return;
  await tx.add('outbox', rowOf(owed, owed.key, now, ids));
}

async function oweUpdate(tx: Transaction, owed: Owed, now: Instant, ids: Ids): Promise<void> {
  const first = updateId(owed);
  const spare = `${first}+`;
  const one = await tx.get('outbox', first);
  // The spare one is only ever used beside the first.
  const two = one && (await tx.get('outbox', spare));
  const due = [one, two].find((row) => row?.state === 'due');
  if (due) return tx.put('outbox', inPlaceOf(due, rowOf(owed, due.id, now, ids)));
  // What is being sent may have been drawn already: the other row is sent after it. A conversation sends one
  // message at a time, so of two rows one is always free.
  await tx.put('outbox', rowOf(owed, one?.state === 'sending' ? spare : first, now, ids));
}

function updateId({ target, activityId, conversationId, key }: Owed): string {
  if (target !== undefined) return `update:${target}`;
  if (activityId !== undefined) return `update:${conversationId}:${activityId}`;
  throw new Error(`The update "${key}" names neither a post (target) nor an activity (activityId).`);
}

/** The newer content in the older one's place, still waiting as long as Teams asked. */
function inPlaceOf(old: OutboxMessage, fresh: OutboxMessage): OutboxMessage {
  const { order, attempts, createdAt } = old;
  const waits = attempts > 0 || old.dueAt < fresh.dueAt;
  return { ...fresh, order, attempts, createdAt, dueAt: waits ? old.dueAt : fresh.dueAt };
}

function rowOf(owed: Owed, id: string, now: Instant, ids: Ids): OutboxMessage {
  return {
    id,
    conversationId: owed.conversationId,
    op: owed.op ?? 'post',
    message: owed.message,
    lang: owed.lang,
    data: owed.data ?? {},
    state: 'due',
    attempts: 0,
    dueAt: owed.dueAt ?? now,
    order: ids.next(),
    createdAt: now,
    ...(owed.actionId !== undefined && { actionId: owed.actionId }),
    ...(owed.target !== undefined && { target: owed.target }),
    ...(owed.activityId !== undefined && { activityId: owed.activityId }),
    ...(owed.by !== undefined && { by: owed.by }),
  };
}
