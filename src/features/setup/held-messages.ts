import type { Transaction } from '../../ports.js';
import type { Channel, OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { readRequest } from '../shared/records.js';
import { isRequestCard, isWaiting } from './waiting-cards.js';

type PendingMessages = readonly OutboxMessage[];

/** The messages of a conversation in one of the two states, in order. */
const readPending = async (
  tx: Transaction,
  conversationId: string,
  state: 'held' | 'due',
): Promise<PendingMessages> =>
  (await tx.list('outbox', 'byState', state)).filter((row) => row.conversationId === conversationId);

/**
 * The messages that do not arrive in a channel: all of them, or those of this use if the conversation has another one
 * too.
 */
async function readHeldFor(tx: Transaction, { id, conversationId }: Channel): Promise<PendingMessages> {
  const other = await tx.get('channels', id === 'coordinators' ? 'announcements' : 'coordinators');
  const place = await tx.get('conversations', conversationId);
  const held = await readPending(tx, conversationId, 'held');
  // Messages enqueued a moment ago are about to be held.
  const soon = place?.active ? [] : await readPending(tx, conversationId, 'due');
  const keepsOther = other?.conversationId === conversationId;
  return [...held, ...soon].filter((row) => !keepsOther || useOf(row) === id);
}

/** The keys of announcements end like this; those of messages sent again, and of updates, continue. */
const useOf = ({ id }: OutboxMessage): Channel['id'] =>
  /:announcements([~+]|$)/.test(id) ? 'announcements' : 'coordinators';

/** Sends the messages held for a conversation that is back; returns whether a post is among them. */
export async function releaseHeld(
  tx: Transaction,
  conversationId: string,
  services: Services,
): Promise<boolean> {
  const held = await readPending(tx, conversationId, 'held');
  let released = false;
  for (const row of held) {
    const goes = await isWanted(tx, row, held, services);
    if (goes) await tx.put('outbox', toDue(row, services));
    else await giveUp(tx, row, 'nobody waits for it', services);
    released ||= goes && row.op === 'post';
  }
  return released;
}

/** Sends the messages held for a channel to its successor. The cards in the old one stay as they are. */
export async function moveHeld(
  tx: Transaction,
  from: Channel,
  { conversationId, lang }: Channel,
  services: Services,
): Promise<void> {
  const held = await readHeldFor(tx, from);
  for (const row of held) {
    const belongsThere = row.op === 'update' || row.message === 'help.welcome';
    if (belongsThere || !(await isWanted(tx, row, held, services))) {
      await giveUp(tx, row, 'another channel was chosen', services);
      continue;
    }
    await tx.put('outbox', toDue({ ...row, conversationId, lang }, services));
    // Its record names the old channel.
    await tx.remove('posts', row.id);
  }
}

/** Gives up the messages held for a channel that is no longer used. */
export async function dropHeld(tx: Transaction, channel: Channel, services: Services): Promise<void> {
  for (const row of await readHeldFor(tx, channel))
    await giveUp(tx, row, 'the channel is not used', services);
}

/** Of several weekly messages the last one is enough; a request is shown while it waits. */
async function isWanted(
  tx: Transaction,
  row: OutboxMessage,
  held: PendingMessages,
  { clock }: Services,
): Promise<boolean> {
  if (row.op === 'update') return true;
  if (row.message.startsWith('weekly.')) return held.findLast((r) => r.message === row.message) === row;
  if (!isRequestCard(row)) return true;
  const request = row.actionId === undefined ? undefined : await readRequest(tx, row.actionId);
  return request !== undefined && isWaiting(request, dayAt(clock.now()));
}

/** With a new place at the end of the order, because earlier places have already been polled. */
function toDue({ error: _, ...row }: OutboxMessage, { ids }: Services): OutboxMessage {
  return { ...row, state: 'due', attempts: 0, dueAt: row.createdAt, order: ids.next() };
}

async function giveUp(tx: Transaction, row: OutboxMessage, why: string, { clock }: Services): Promise<void> {
  const error = `${why}; before: ${row.error ?? row.state}`;
  await tx.put('outbox', { ...row, state: 'void', dueAt: clock.now(), error });
  if (row.op === 'post') await tx.remove('posts', row.id);
}
