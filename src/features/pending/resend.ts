import type { OutboxMessage } from '../../records.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { readAddressee } from './addressee.js';
import { isUndelivered } from './undelivered.js';

/**
 * The result of a click: done, done by an earlier click, or impossible because Passerelle may not write there any
 * more.
 */
export type HandlingResult = 'done' | 'before' | 'closed';

/**
 * Enqueues an undelivered message again, under a new key, after a coordinator has looked. The first row leaves the
 * list in the same transaction, so that two clicks send it once.
 */
export function resend(actor: Actor, id: string, services: Services): Promise<HandlingResult> {
  return services.store.transact(async (tx) => {
    const row = await tx.get('outbox', id);
    if (row?.op !== 'post') throw new Refusal('refusal.outdated');
    if (!isUndelivered(row)) return 'before';
    const { conversationId } = await readAddressee(tx, row.conversationId, services.textIn(actor.lang));
    if (conversationId === undefined) return 'closed';
    const key = `${id.replace(/~[^~]*$/, '')}~${services.ids.next()}`;
    const { message, lang, data, actionId } = row;
    const about = actionId ? { actionId } : {};
    await services.enqueue(tx, { key, conversationId, message, lang, data, by: actor.id, ...about });
    // Nobody will ever know where the first one is, if anywhere; updates go to the second.
    if (actionId) await tx.remove('posts', id);
    await tx.put('outbox', handle(row, `sent again by ${actor.id} as ${key}`, services));
    return 'done';
  });
}

/** Removes an undelivered message from the list. */
export function dismiss(actor: Actor, id: string, services: Services): Promise<HandlingResult> {
  return services.store.transact(async (tx) => {
    const row = await tx.get('outbox', id);
    if (row?.op !== 'post') throw new Refusal('refusal.outdated');
    if (!isUndelivered(row)) return 'before';
    await tx.put('outbox', handle(row, `put aside by ${actor.id}`, services));
    return 'done';
  });
}

const handle = (row: OutboxMessage, how: string, { clock }: Services): OutboxMessage => ({
  ...row,
  state: 'void',
  dueAt: clock.now(),
  error: `${how}; before: ${row.error ?? row.state}`,
});
