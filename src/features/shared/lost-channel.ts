import type { Channel, Person, Reader, Transaction } from '../../ports.js';
import type { Services } from '../feature.js';
import { releaseHeld } from './held.js';
import { tell } from './people.js';
import { redrawPosts } from './records.js';
import { showWaiting } from './waiting-cards.js';

/** What places were chosen for; the coordinators' use comes first. */
async function usesOf(reader: Reader, conversationIds: readonly string[]): Promise<Channel[]> {
  const uses = ['coordinators', 'announcements'] as const;
  const channels = await Promise.all(uses.map((use) => reader.get('channels', use)));
  return channels.flatMap((channel) =>
    channel && conversationIds.includes(channel.conversationId) ? channel : [],
  );
}

/**
 * Nothing arrives in some places any more. When a chosen channel is among them, those who can mend it are told, once
 * until something has arrived again, and the cards of people whose offers wait promise no answer.
 * @returns whether what is owed there is to be held: a chosen channel is among them
 */
export async function placesGone(
  tx: Transaction,
  conversationIds: readonly string[],
  services: Services,
): Promise<boolean> {
  const uses = await usesOf(tx, conversationIds);
  const lost = uses.filter(({ lostAt }) => !lostAt);
  for (const use of lost) await tx.put('channels', { ...use, lostAt: services.clock.now() });
  const [first] = lost;
  if (first && !(await isToldAlready(tx, first))) await tellAdmins(tx, first, services);
  if (first?.id === 'coordinators') await redrawAuthorCards(tx, services);
  return uses.length > 0;
}

/** What is to be done is the same when the coordinators' channel of the same team is lost. */
async function isToldAlready(reader: Reader, { id, teamId }: Channel): Promise<boolean> {
  const coordinators = id === 'announcements' ? await reader.get('channels', 'coordinators') : undefined;
  return coordinators?.lostAt !== undefined && coordinators.teamId === teamId;
}

/**
 * A post has arrived in a place: if it is a channel that was lost, it works again.
 * @returns whether the cards of people were owed an update
 */
export async function placeReached(
  tx: Transaction,
  conversationId: string,
  services: Services,
): Promise<boolean> {
  const lost = (await usesOf(tx, [conversationId])).filter(({ lostAt }) => lostAt);
  for (const { lostAt: _, ...works } of lost) await tx.put('channels', works);
  if (!lost.some(({ id }) => id === 'coordinators')) return false;
  await redrawAuthorCards(tx, services);
  return true;
}

/**
 * A place that was gone can be written to again, so that what was held for it goes there, and whatever else waits for
 * the coordinators without a card.
 * @param mended true when somebody chose the channel, or added Passerelle to it. Otherwise the first post that arrives
 *   there shows that it works, if one is owed.
 */
export async function placeBack(
  tx: Transaction,
  conversationId: string,
  services: Services,
  mended: boolean,
): Promise<void> {
  const released = await releaseHeld(tx, conversationId, services);
  const [use] = await usesOf(tx, [conversationId]);
  const shown = use?.id === 'coordinators' && (await showWaiting(tx, use, undefined, services));
  if (mended || (!released && !shown)) await placeReached(tx, conversationId, services);
}

/** The cards of people whose offers wait say when to expect an answer: that depends on the channel. */
export async function redrawAuthorCards(tx: Transaction, services: Services): Promise<void> {
  const pending = await tx.list('engagements', 'byState', 'pending');
  await Promise.all(
    pending.map(({ actionId }) => redrawPosts(tx, services, actionId, { message: 'mine.request' })),
  );
}

async function tellAdmins(tx: Transaction, { id, by }: Channel, services: Services): Promise<void> {
  const key = `lost:${id}:${services.ids.next()}`;
  const admins = await reachable(tx, services.directory.adminIds());
  const told = admins.length > 0 ? admins : await reachable(tx, [by]);
  for (const person of told) {
    await tell(tx, services, person.id, {
      key: `${key}:${person.id}`,
      message: 'setup.lost',
      data: { use: id },
    });
  }
}

/** Those who are known and can be written to. */
async function reachable(reader: Reader, ids: readonly string[]): Promise<Person[]> {
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
