import type { OutboxMessage } from '../../ports.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { readAddressee } from './addressee.js';
import { isUndelivered } from './undelivered.js';

/** What became of a click: another click came first, or Passerelle may not write there any more. */
export type Dealt = 'done' | 'before' | 'closed';

/**
 * Owes an undelivered message again, under a key of its own: a coordinator has looked. The row of the first one
 * leaves the list in the same transaction, so that two clicks send once.
 */
export function sendAgain(actor: Actor, id: string, services: Services): Promise<Dealt> {
  return services.store.transact(async (tx) => {
    const row = await tx.get('outbox', id);
    if (row?.op !== 'post') throw new Refusal('refusal.outdated');
    if (!isUndelivered(row)) return 'before';
    const { conversationId } = await readAddressee(tx, row.conversationId, services.textIn(actor.lang));
    if (conversationId === undefined) return 'closed';
    const key = `${id.replace(/~[^~]*$/, '')}~${services.ids.next()}`;
    const { message, lang, data, actionId } = row;
    const about = actionId ? { actionId } : {};
    await services.owe(tx, { key, conversationId, message, lang, data, by: actor.id, ...about });
    // Where the first one is, if it is anywhere, will never be known: what moves is drawn in the second.
    if (actionId) await tx.remove('posts', id);
    await tx.put('outbox', dealtWith(row, `sent again by ${actor.id} as ${key}`, services));
    return 'done';
  });
}

/** Takes an undelivered message off the list. */
export function putAside(actor: Actor, id: string, services: Services): Promise<Dealt> {
  return services.store.transact(async (tx) => {
    const row = await tx.get('outbox', id);
    if (row?.op !== 'post') throw new Refusal('refusal.outdated');
    if (!isUndelivered(row)) return 'before';
    await tx.put('outbox', dealtWith(row, `put aside by ${actor.id}`, services));
    return 'done';
  });
}

const dealtWith = (row: OutboxMessage, how: string, { clock }: Services): OutboxMessage => ({
  ...row,
  state: 'void',
  dueAt: clock.now(),
  error: `${how}; before: ${row.error ?? row.state}`,
});
