import type { Action } from '../../domain/action.js';
import type { Transaction } from '../../ports.js';
import type { Channel, OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { postRequest } from '../shared/offer.js';
import { type Request, readActionsOf, readRequests } from '../shared/records.js';

const requestCards = ['approval.request', 'sessions.published', 'sessions.series'];

/** Whether a message is the card of a request in a channel. */
export const isRequestCard = ({ op, message }: Pick<OutboxMessage, 'op' | 'message'>): boolean =>
  op === 'post' && requestCards.includes(message);

/** Whether a request waits: an author for a decision, or a session, until its day, for employees. */
export const isWaiting = ({ action, engagements }: Request, today: string): boolean =>
  action.state === 'open' &&
  (action.origin === 'need' ? action.firstDay >= today : engagements.some((e) => e.state === 'pending'));

/** Every waiting request, offers first, oldest first. */
async function readWaiting(tx: Transaction, today: string): Promise<Action[]> {
  const pending = await readActionsOf(tx, await tx.list('engagements', 'byState', 'pending'));
  const needs = await tx.list('actions', 'byStateAndOrigin', 'open|need', { from: today });
  const requests = await readRequests(tx, [...pending.map(({ action }) => action), ...needs]);
  return requests.filter((request) => isWaiting(request, today)).map(({ action }) => action);
}

/**
 * Enqueues, for the coordinators' channel, the card of every waiting request that has none there and none pending.
 * Cards that did not arrive there, or in its predecessor, leave the list of undelivered messages.
 * @returns whether there were any
 */
export async function enqueueWaiting(
  tx: Transaction,
  channel: Channel,
  before: Channel | undefined,
  services: Services,
): Promise<boolean> {
  const places = [channel.conversationId, before?.conversationId];
  const failed = (await tx.list('outbox', 'byEnd', 'undelivered')).filter(
    (row) => row.state === 'failed' && isRequestCard(row) && places.includes(row.conversationId),
  );
  const pendingRows = await Promise.all(
    (['due', 'held'] as const).map((state) => tx.list('outbox', 'byState', state)),
  );
  const coming = pendingRows
    .flat()
    .filter((row) => isRequestCard(row) && row.conversationId === channel.conversationId);
  const rowsFor = (rows: readonly OutboxMessage[], { id }: Action) =>
    rows.filter((row) => row.actionId === id);
  const waiting = await readWaiting(tx, dayAt(services.clock.now()));
  const shown = await Promise.all(waiting.map((action) => findLastShown(tx, action, channel)));
  const missing = waiting.filter((action, i) => {
    if (rowsFor(coming, action).length > 0) return false;
    const last = shown[i];
    // The failed one may be the card of a correction, which the card of the earlier offer cannot replace.
    return last === undefined || rowsFor(failed, action).some(({ order }) => order > last);
  });
  for (const action of missing)
    await postRequest(tx, action, channel, services, { again: services.ids.next() });
  const how = { state: 'void', dueAt: services.clock.now() } as const;
  for (const row of failed) {
    await tx.put('outbox', { ...row, ...how, error: `a channel was chosen; before: ${row.error}` });
    await tx.remove('posts', row.id);
  }
  return missing.length > 0;
}

/**
 * The place of a request's last card in a channel, in the order of the outbox; nothing if there certainly is none.
 */
async function findLastShown(
  tx: Transaction,
  { id, series }: Action,
  { conversationId }: Channel,
): Promise<string | undefined> {
  let last: string | undefined;
  const listed = series === undefined || series === id ? [] : await tx.list('posts', 'byAction', series);
  const posts = [
    ...(await tx.list('posts', 'byAction', id)),
    ...listed.filter(({ message }) => message === 'sessions.series'),
  ];
  for (const post of posts) {
    if (post.conversationId !== conversationId || !requestCards.includes(post.message)) continue;
    // What was sent long ago has been pruned, and comes first in the order.
    const { state = 'sent', order = '' } = (await tx.get('outbox', post.id)) ?? {};
    if (state !== 'failed' && state !== 'void' && order >= (last ?? '')) last = order;
  }
  return last;
}
