import type { Lang, Person, Reader, Transaction } from '../../ports.js';
import type { Text } from '../../text/text.js';
import type { OwedMessage, Services } from '../feature.js';

/** A name as Teams says it, or nothing where it says none: some clients send spaces, or a sign in its place. */
export const nameFrom = (said: string | null | undefined): string | undefined =>
  said && /[\p{L}\p{N}]/u.test(said) ? said.trim() : undefined;

/** What to call somebody in a text, also who has left or has not been named yet. Not escaped. */
export const nameOf = (person: Person | undefined, t: Text): string =>
  person ? (nameFrom(person.name) ?? t('request.unnamedColleague')) : t('request.formerColleague');

/** The language a person reads: the one they chose, else their Teams client's. */
export const langOf = (person: Pick<Person, 'lang' | 'chosenLang'>): Lang => person.chosenLang ?? person.lang;

/** Owes a message to a person in their own chat and language. Nothing is owed to somebody without one. */
export async function tell(
  tx: Transaction,
  services: Services,
  personId: string,
  message: Omit<OwedMessage, 'conversationId' | 'lang'>,
): Promise<void> {
  const person = await tx.get('people', personId);
  if (!person?.conversationId) return;
  await services.owe(tx, { ...message, conversationId: person.conversationId, lang: langOf(person) });
}

/** The `29:…` ids of people, for views of their own. */
export async function teamsIdsOf(reader: Reader, personIds: Iterable<string>): Promise<string[]> {
  const people = await Promise.all(Array.from(personIds, (id) => reader.get('people', id)));
  return people.flatMap((person) => person?.teamsId ?? []);
}
