import type { Channel, OutboxMessage, Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { readRequest } from './records.js';
import { isRequestCard, waits } from './waiting-cards.js';

type Owed = readonly OutboxMessage[];

/** What is owed to a place in one of the two states, in the order in which it was owed. */
const owedIn = async (tx: Transaction, conversationId: string, state: 'held' | 'due'): Promise<Owed> =>
  (await tx.list('outbox', 'byState', state)).filter((row) => row.conversationId === conversationId);

/** What does not arrive in a channel: all that is owed there, or what belongs to this use if it keeps another one. */
async function heldFor(tx: Transaction, { id, conversationId }: Channel): Promise<Owed> {
  const other = await tx.get('channels', id === 'coordinators' ? 'announcements' : 'coordinators');
  const place = await tx.get('conversations', conversationId);
  const held = await owedIn(tx, conversationId, 'held');
  // What was owed a moment ago is about to be held.
  const soon = place?.active ? [] : await owedIn(tx, conversationId, 'due');
  const keepsOther = other?.conversationId === conversationId;
  return [...held, ...soon].filter((row) => !keepsOther || useOf(row) === id);
}

/** The keys of what goes to the announcements end so; those of a message sent again, and of an update, go on. */
const useOf = ({ id }: OutboxMessage): Channel['id'] =>
  /:announcements([~+]|$)/.test(id) ? 'announcements' : 'coordinators';

/** Sends what was held for a place, which is back; gives whether a post is among it. */
export async function releaseHeld(
  tx: Transaction,
  conversationId: string,
  services: Services,
): Promise<boolean> {
  const held = await owedIn(tx, conversationId, 'held');
  let released = false;
  for (const row of held) {
    const goes = await isWanted(tx, row, held, services);
    if (goes) await tx.put('outbox', dueAgain(row, services));
    else await giveUp(tx, row, 'nobody waits for it', services);
    released ||= goes && row.op === 'post';
  }
  return released;
}

/** Sends what was held for a channel to the one that takes its place. The cards of the old one stay as they are. */
export async function moveHeld(
  tx: Transaction,
  from: Channel,
  { conversationId, lang }: Channel,
  services: Services,
): Promise<void> {
  const held = await heldFor(tx, from);
  for (const row of held) {
    const belongsThere = row.op === 'update' || row.message === 'help.welcome';
    if (belongsThere || !(await isWanted(tx, row, held, services))) {
      await giveUp(tx, row, 'another channel was chosen', services);
      continue;
    }
    await tx.put('outbox', dueAgain({ ...row, conversationId, lang }, services));
    // What is remembered of it says that it is in the old channel.
    await tx.remove('posts', row.id);
  }
}

/** Gives up what was held for a channel that is used no more. */
export async function dropHeld(tx: Transaction, channel: Channel, services: Services): Promise<void> {
  for (const row of await heldFor(tx, channel)) await giveUp(tx, row, 'the channel is not used', services);
}

/** Of several weekly messages the last one says it all; a request is shown while it waits. */
async function isWanted(
  tx: Transaction,
  row: OutboxMessage,
  held: Owed,
  { clock }: Services,
): Promise<boolean> {
  if (row.op === 'update') return true;
  if (row.message.startsWith('weekly.')) return held.findLast((r) => r.message === row.message) === row;
  if (!isRequestCard(row)) return true;
  const request = row.actionId === undefined ? undefined : await readRequest(tx, row.actionId);
  return request !== undefined && waits(request, dayAt(clock.now()));
}

/** In a place of its own at the end of the order: what comes before it was listed long ago. */
function dueAgain({ error: _, ...row }: OutboxMessage, { ids }: Services): OutboxMessage {
  return { ...row, state: 'due', attempts: 0, dueAt: row.createdAt, order: ids.next() };
}

async function giveUp(tx: Transaction, row: OutboxMessage, why: string, { clock }: Services): Promise<void> {
  const error = `${why}; before: ${row.error ?? row.state}`;
  await tx.put('outbox', { ...row, state: 'void', dueAt: clock.now(), error });
  if (row.op === 'post') await tx.remove('posts', row.id);
}
