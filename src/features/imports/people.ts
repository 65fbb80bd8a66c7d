import { aadIdOf, employeeKey } from '../../domain/imports/group-lines.js';
import type { ImportedPerson } from '../../domain/imports/imported-action.js';
import { foldWords } from '../../domain/search/query.js';
import type { Reader } from '../../ports.js';
import type { Person } from '../../records.js';
import type { Services } from '../feature.js';
import { isStandIn, standInId } from '../shared/stand-ins.js';

/** Those whose name has the same words, but for case, accents and their order. */
export async function findNamesakes(reader: Reader, name: string): Promise<Person[]> {
  const key = employeeKey(name);
  // The longest word is the rarest.
  const [word = ''] = foldWords(name).sort((a, b) => b.length - a.length);
  const found = await reader.list('words', 'byWord', 'person', { from: word, until: `${word} ` });
  const ids = new Set(found.flatMap(({ subject }) => (isStandIn(subject) ? [] : subject)));
  const people = await Promise.all([...ids].map((id) => reader.get('people', id)));
  return people.flatMap((person) => person ?? []).filter((person) => employeeKey(person.name ?? '') === key);
}

/**
 * Who is meant by what stands in a file: an AAD object id is that person; a name is the only person who bears it, or
 * until somebody does, one person of that name; a name that several people bear is nobody's.
 */
export async function findEmployee(
  reader: Reader,
  typed: string,
  services: Pick<Services, 'ids'>,
): Promise<ImportedPerson | { readonly namesakes: number }> {
  const aadId = aadIdOf(typed);
  if (aadId) return (await reader.get('people', aadId)) ? { id: aadId } : { id: aadId, name: '' };
  const [person, ...others] = await findNamesakes(reader, typed);
  if (others.length > 0) return { namesakes: 1 + others.length };
  return person ? { id: person.id } : { id: standInId(typed, services), name: typed };
}
