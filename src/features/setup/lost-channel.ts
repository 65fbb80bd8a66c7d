import type { Reader, Transaction } from '../../ports.js';
import type { Channel, Person } from '../../records.js';
import type { Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { enqueueRedraws } from '../shared/records.js';
import { releaseHeld } from './held-messages.js';
import { enqueueWaiting } from './waiting-cards.js';

/** The uses of conversations, the coordinators' first. */
async function readUses(reader: Reader, conversationIds: readonly string[]): Promise<Channel[]> {
  const uses = ['coordinators', 'announcements'] as const;
  const channels = await Promise.all(uses.map((use) => reader.get('channels', use)));
  return channels.flatMap((channel) =>
    channel && conversationIds.includes(channel.conversationId) ? channel : [],
  );
}

/**
 * Messages no longer arrive in some conversations. If one is a chosen channel, those who can repair it are told, once
 * until something arrives again, and the cards of people with waiting offers promise no answer.
 * @returns whether messages are to be held, because one of them is a chosen channel
 */
export async function onPlacesGone(
  tx: Transaction,
  conversationIds: readonly string[],
  services: Services,
): Promise<boolean> {
  const uses = await readUses(tx, conversationIds);
  const lost = uses.filter(({ lostAt }) => !lostAt);
  for (const use of lost) await tx.put('channels', { ...use, lostAt: services.clock.now() });
  const [first] = lost;
  if (first && !(await isToldAlready(tx, first))) await notifyAdmins(tx, first, services);
  if (first?.id === 'coordinators') await redrawAuthorCards(tx, services);
  return uses.length > 0;
}

/** The coordinators' channel of the same team is lost too, and the repair is the same. */
async function isToldAlready(reader: Reader, { id, teamId }: Channel): Promise<boolean> {
  const coordinators = id === 'announcements' ? await reader.get('channels', 'coordinators') : undefined;
  return coordinators?.lostAt !== undefined && coordinators.teamId === teamId;
}

/**
 * A post has arrived in a conversation: if it is a lost channel, it works again.
 * @returns whether updates of people's cards were enqueued
 */
export async function onPlaceReached(
  tx: Transaction,
  conversationId: string,
  services: Services,
): Promise<boolean> {
  const lost = (await readUses(tx, [conversationId])).filter(({ lostAt }) => lostAt);
  for (const { lostAt: _, ...works } of lost) await tx.put('channels', works);
  if (!lost.some(({ id }) => id === 'coordinators')) return false;
  await redrawAuthorCards(tx, services);
  return true;
}

/**
 * A conversation that was gone can be written to again: the messages held for it are sent, and cards of all other
 * requests that wait for the coordinators.
 * @param mended true if somebody chose the channel or added Passerelle to it. Otherwise the first post that arrives
 *   proves that it works, if there is one to send.
 */
export async function onPlaceBack(
  tx: Transaction,
  conversationId: string,
  services: Services,
  mended: boolean,
): Promise<void> {
  const released = await releaseHeld(tx, conversationId, services);
  const [use] = await readUses(tx, [conversationId]);
  const shown = use?.id === 'coordinators' && (await enqueueWaiting(tx, use, undefined, services));
  if (mended || (!released && !shown)) await onPlaceReached(tx, conversationId, services);
}

/** The cards of people with waiting offers say when to expect an answer, which depends on the channel. */
export async function redrawAuthorCards(tx: Transaction, services: Services): Promise<void> {
  const pending = await tx.list('engagements', 'byState', 'pending');
  await Promise.all(
    pending.map(({ actionId }) => enqueueRedraws(tx, services, actionId, { message: 'mine.request' })),
  );
}

async function notifyAdmins(tx: Transaction, { id, by }: Channel, services: Services): Promise<void> {
  const key = `lost:${id}:${services.ids.next()}`;
  const admins = await readReachable(tx, services.directory.adminIds());
  const told = admins.length > 0 ? admins : await readReachable(tx, [by]);
  for (const person of told) {
    await notify(tx, services, person.id, {
      key: `${key}:${person.id}`,
      message: 'setup.lost',
      data: { use: id },
    });
  }
}

/** Those who are known and can be written to. */
async function readReachable(reader: Reader, ids: readonly string[]): Promise<Person[]> {
  const people = await Promise.all(
    ids.map(async (id) => {
      const person = await reader.get('people', id);
      const chat = person?.conversationId;
      const { active = false } = (chat && (await reader.get('conversations', chat))) || {};
      return active ? person : undefined;
    }),
  );
  return people.flatMap((person) => person ?? []);
}
