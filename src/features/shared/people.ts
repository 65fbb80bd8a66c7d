import type { Day, Reader, Transaction } from '../../ports.js';
import type { Lang, MutableMessage, Person } from '../../records.js';
import type { Text } from '../../text/text.js';
import type { OutgoingMessage, Services } from '../feature.js';

/** A name from Teams; nothing if there is none: some clients send spaces or a symbol instead. */
export const toName = (said: string | null | undefined): string | undefined =>
  said && /[\p{L}\p{N}]/u.test(said) ? said.trim() : undefined;

/** What to call somebody in a text, including those who left or are not named yet. Not escaped. */
export const nameOf = (person: Person | undefined, t: Text): string =>
  person ? (toName(person.name) ?? t('request.unnamedColleague')) : t('request.formerColleague');

/** The language a person reads: the one they chose, or their Teams client's. */
export const langOf = (person: Pick<Person, 'lang' | 'chosenLang'>): Lang => person.chosenLang ?? person.lang;

/** Whether somebody has said that they do not want messages of a kind, for good or until a later day. */
export function isMuted(
  person: Pick<Person, 'muted'> | undefined,
  kind: MutableMessage,
  today: Day,
): boolean {
  const until = person?.muted?.[kind];
  return until !== undefined && (until === 'always' || today < until);
}

/** Adds that somebody does not want messages of a kind before a day, unless they have asked for longer. */
export function muteUntil(person: Person, kind: MutableMessage, day: Day): Person {
  const known = person.muted?.[kind];
  if (known === 'always' || (known !== undefined && known >= day)) return person;
  return { ...person, muted: { ...person.muted, [kind]: day } };
}

/** Enqueues a message to a person in their own chat and language; nothing if they have no chat. */
export async function notify(
  tx: Transaction,
  services: Services,
  personId: string,
  message: Omit<OutgoingMessage, 'conversationId' | 'lang'>,
): Promise<void> {
  const person = await tx.get('people', personId);
  if (!person?.conversationId) return;
  await services.enqueue(tx, { ...message, conversationId: person.conversationId, lang: langOf(person) });
}

/** The `29:…` ids of people, for views of their own. */
export async function readTeamsIds(reader: Reader, personIds: Iterable<string>): Promise<string[]> {
  const people = await Promise.all(Array.from(personIds, (id) => reader.get('people', id)));
  return people.flatMap((person) => person?.teamsId ?? []);
}
