import type { Action } from '../../domain/action.js';
import type { Channel, OutboxMessage, Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { postRequest } from './offer.js';
import { type Request, requestsOf, withActions } from './records.js';

const requestCards = ['approval.request', 'sessions.published'];

/** Whether a message is the card of a request in a channel. */
export const isRequestCard = ({ op, message }: Pick<OutboxMessage, 'op' | 'message'>): boolean =>
  op === 'post' && requestCards.includes(message);

/** Whether anybody waits for a request: its author for a decision, or a session, until its day, for people. */
export const waits = ({ action, engagements }: Request, today: string): boolean =>
  action.state === 'open' &&
  (action.origin === 'need' ? action.firstDay >= today : engagements.some((e) => e.state === 'pending'));

/** Every request that waits, offers first, the oldest first. */
async function readWaiting(tx: Transaction, today: string): Promise<Action[]> {
  const pending = await withActions(tx, await tx.list('engagements', 'byState', 'pending'));
  const needs = await tx.list('actions', 'byStateAndOrigin', 'open|need', { from: today });
  const requests = await requestsOf(tx, [...pending.map(({ action }) => action), ...needs]);
  return requests.filter((request) => waits(request, today)).map(({ action }) => action);
}

/**
 * Owes the coordinators' channel the card of every request that waits and has none there, nor is owed one. A card
 * that did not arrive there, or in the channel before it, is no longer listed as such.
 * @returns whether there was any
 */
export async function showWaiting(
  tx: Transaction,
  channel: Channel,
  before: Channel | undefined,
  services: Services,
): Promise<boolean> {
  const places = [channel.conversationId, before?.conversationId];
  const failed = (await tx.list('outbox', 'byEnd', 'undelivered')).filter(
    (row) => row.state === 'failed' && isRequestCard(row) && places.includes(row.conversationId),
  );
  const owed = await Promise.all(
    (['due', 'held'] as const).map((state) => tx.list('outbox', 'byState', state)),
  );
  const coming = owed
    .flat()
    .filter((row) => isRequestCard(row) && row.conversationId === channel.conversationId);
  const of = (rows: readonly OutboxMessage[], { id }: Action) => rows.filter((row) => row.actionId === id);
  const waiting = await readWaiting(tx, dayAt(services.clock.now()));
  const shown = await Promise.all(waiting.map((action) => lastShown(tx, action, channel)));
  const lacking = waiting.filter((action, i) => {
    if (of(coming, action).length > 0) return false;
    const last = shown[i];
    // What failed may be the card of a correction: that of the offer before it is no substitute.
    return last === undefined || of(failed, action).some(({ order }) => order > last);
  });
  for (const action of lacking)
    await postRequest(tx, action, channel, services, { again: services.ids.next() });
  const how = { state: 'void', dueAt: services.clock.now() } as const;
  for (const row of failed) {
    await tx.put('outbox', { ...row, ...how, error: `a channel was chosen; before: ${row.error}` });
    await tx.remove('posts', row.id);
  }
  return lacking.length > 0;
}

/** Where the last card of a request in a channel is in the order of the outbox. Nothing: there certainly is none. */
async function lastShown(
  tx: Transaction,
  { id }: Action,
  { conversationId }: Channel,
): Promise<string | undefined> {
  let last: string | undefined;
  for (const post of await tx.list('posts', 'byAction', id)) {
    if (post.conversationId !== conversationId || !requestCards.includes(post.message)) continue;
    // What was sent long ago is forgotten, and first in the order.
    const { state = 'sent', order = '' } = (await tx.get('outbox', post.id)) ?? {};
    if (state !== 'failed' && state !== 'void' && order >= (last ?? '')) last = order;
  }
  return last;
}
