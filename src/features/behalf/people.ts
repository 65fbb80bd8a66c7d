import type { Reader } from '../../ports.js';
import type { Person } from '../../records.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { findPeople } from '../search/find.js';
import { isStandIn } from '../shared/stand-ins.js';

/** More than one scrolls through. */
const mostRecent = 100;
/** Moves of the last weeks among which the most recent people are looked for. */
const mostMoves = 600;

/** Those who did something lately, by name, without the coordinator themselves. */
export async function readRecentPeople(reader: Reader, actor: Actor, { clock }: Services): Promise<Person[]> {
  const now = clock.now();
  const before = new Date(Date.parse(`${now.slice(0, 7)}-01`) - 1).toISOString();
  const ids = new Set<string>();
  for (const month of [now.slice(0, 7), before.slice(0, 7)]) {
    const moves = await reader.list('history', 'byMonth', month, { reverse: true, limit: mostMoves });
    for (const { by, onBehalfOf } of moves) ids.add(onBehalfOf ?? by);
  }
  const people = await Promise.all([...ids].slice(0, mostRecent).map((id) => reader.get('people', id)));
  return people
    .flatMap((person) => (person?.name && person.id !== actor.id ? person : []))
    .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'fr'));
}

/** Those whose names begin like what was typed, without the coordinator themselves. */
export const findColleagues = async (reader: Reader, actor: Actor, typed: string): Promise<Person[]> =>
  (await findPeople(reader, typed))
    .filter(({ id }) => id !== actor.id && !isStandIn(id))
    .slice(0, mostRecent);

/**
 * The colleague for whom a coordinator acts, read again by their id.
 * @throws Refusal for somebody whom Passerelle knows by name only or not at all, and for the coordinator themselves
 */
export async function readColleague(actor: Actor, id: string, { store }: Services): Promise<Person> {
  const person = await store.read((reader) => reader.get('people', id));
  if (!person || person.id === actor.id || isStandIn(person.id)) throw new Refusal('refusal.outdated');
  return person;
}
