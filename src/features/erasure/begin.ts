import { createReplacer } from '../../domain/erasure/identity.js';
import type { Transaction } from '../../ports.js';
import type { ErasedPerson, Person } from '../../records.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { indexPerson } from '../shared/search-words.js';
import { standInId } from '../shared/stand-ins.js';
import { begunCard, confirmCard } from './cards.js';
import { printPlanned, readPlanned } from './planned.js';

/**
 * Begins to erase somebody: from now on nobody reads their name, and nothing is sent to them. A job does the rest.
 * @param seen what was planned when they were asked; if it has changed since, they are asked again
 */
export async function beginErasure(actor: Actor, seen: string, services: Services): Promise<Card> {
  const { store } = services;
  const changed = await store.transact(async (tx) => {
    const person = await tx.get('people', actor.id);
    if (!person) throw new Refusal('refusal.outdated');
    const planned = await readPlanned(tx, actor.id, services);
    if (printPlanned(planned, services) !== seen) return planned;
    await startErasure(tx, person, services, [actor.teamsId]);
    return undefined;
  });
  return changed ? confirmCard(actor, changed, services, { isAgain: true }) : begunCard(actor, services);
}

/**
 * Begins to erase a person in the caller's transaction: they are gone at once, and a job takes them out of all records.
 * @param alsoKnownAs other ids of theirs, beside those of their record
 */
export async function startErasure(
  tx: Transaction,
  person: Person,
  services: Pick<Services, 'clock' | 'ids'>,
  alsoKnownAs: readonly string[] = [],
): Promise<void> {
  const erased = await identify(tx, person, alsoKnownAs, services);
  await tx.add('erasures', { id: services.ids.unguessable(), at: services.clock.now(), person: erased });
  await hide(tx, person, erased);
}

/** All by which records know somebody. The id of their name in files is theirs if they have claimed it. */
async function identify(
  tx: Transaction,
  person: Person,
  alsoKnownAs: readonly string[],
  services: Pick<Services, 'ids'>,
): Promise<ErasedPerson> {
  const claimed = await tx.list('people', 'byClaim', 'claimed');
  const named = person.name ? standInId(person.name, services) : undefined;
  const isTheirs = named !== undefined && !(await tx.get('people', named));
  const ids = [
    person.id,
    person.teamsId,
    person.conversationId,
    ...(person.earlierChats ?? []),
    ...alsoKnownAs,
    ...claimed.flatMap(({ id, claimedBy }) => (claimedBy === person.id ? id : [])),
    ...(isTheirs ? [named] : []),
  ];
  return {
    id: person.id,
    ids: [...new Set(ids.filter((id) => id !== undefined))],
    name: person.name,
  };
}

/** Removes their name, their chat, and what waits to be sent there. */
async function hide(tx: Transaction, person: Person, { ids }: ErasedPerson): Promise<void> {
  const { name: _, ...nameless } = person;
  await indexPerson(tx, person, nameless);
  await tx.remove('people', person.id);
  for (const id of ids) await tx.remove('conversations', id);
  const { mentions } = createReplacer({ ids }, '');
  for (const state of ['due', 'held'])
    for (const { id, conversationId } of await tx.list('outbox', 'byState', state))
      if (mentions(conversationId)) await tx.remove('outbox', id);
}
