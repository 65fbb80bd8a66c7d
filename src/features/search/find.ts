import type { Action } from '../../domain/action.js';
import { type Area, everywhere } from '../../domain/report/area.js';
import { foldWords, parseQuery } from '../../domain/search/query.js';
import type { Reader } from '../../ports.js';
import type { Person, SearchWord } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { inArea } from '../shared/area.js';
import { wordsOfSchool } from '../shared/search-words.js';

/** Beyond these a search is too vague to be of use; the card says so. */
const most = { words: 500, people: 20, schools: 20, found: 400 } as const;

/** After every letter and digit. */
const afterAll = '\uffff';

/** The subjects of the words that begin like each of these. */
async function findSubjects(
  reader: Reader,
  of: SearchWord['of'],
  words: readonly string[],
): Promise<string[]> {
  let found: string[] | undefined;
  // The longest word has the fewest matches.
  for (const word of words.toSorted((a, b) => b.length - a.length)) {
    const range = { from: word, until: word + afterAll, limit: most.words };
    const alike = await reader.list('words', 'byWord', of, range);
    const subjects = new Set(alike.map(({ subject }) => subject));
    found = found ? found.filter((subject) => subjects.has(subject)) : [...subjects];
    if (found.length === 0) break;
  }
  return found ?? [];
}

/** The people whose names have words that begin with all of these, by name. */
export async function findPeople(reader: Reader, text: string): Promise<Person[]> {
  const ids = await findSubjects(reader, 'person', foldWords(text));
  const people = await Promise.all(ids.map((id) => reader.get('people', id)));
  return people
    .flatMap((person) => person ?? [])
    .sort((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'fr'));
}

async function findByName(
  reader: Reader,
  words: readonly string[],
  { schools }: Services,
): Promise<Action[]> {
  const people = (await findPeople(reader, words.join(' '))).slice(0, most.people);
  const engagements = await Promise.all(
    people.map(({ id }) =>
      reader.list('engagements', 'byEmployee', id, { reverse: true, limit: most.found }),
    ),
  );
  const known = schools.search(words.join(' '), { limit: most.schools });
  const named = await Promise.all(
    [wordsOfSchool(words.join(' ')), ...known.map(({ uai }) => [uai.toLowerCase()])].map((w) =>
      findSubjects(reader, 'school', w),
    ),
  );
  const ids = new Set([...engagements.flat().map((e) => e.actionId), ...named.flat()]);
  const actions = await Promise.all([...ids].map((id) => reader.get('actions', id)));
  return actions.flatMap((action) => action ?? []);
}

async function findAll(
  reader: Reader,
  text: string,
  area: Area,
  services: Services,
): Promise<readonly Action[]> {
  const today = dayAt(services.clock.now());
  const query = parseQuery(text, today);
  switch (query?.by) {
    case undefined:
      return area === everywhere ? [] : reader.list('actions', 'byState', 'open', { from: today });
    case 'number':
      return reader.list('actions', 'byNumber', String(query.number));
    case 'month':
      return reader.list('actions', 'byMonth', query.month);
    case 'uai':
      return findByName(reader, [query.uai.toLowerCase()], services);
    case 'name':
      return findByName(reader, query.words, services);
  }
}

/**
 * The requests that somebody looks for, the latest day first: by number, by the month of their first day, by the name
 * of somebody who takes part, or by a school's UAI code or name; of an area, without words what is to come in it.
 */
export async function findRequests(
  reader: Reader,
  text: string,
  area: Area,
  services: Services,
): Promise<Action[]> {
  const found = await findAll(reader, text, area, services);
  return inArea(found, area, services)
    .toSorted((a, b) => (a.firstDay === b.firstDay ? b.number - a.number : a.firstDay < b.firstDay ? 1 : -1))
    .slice(0, most.found);
}
