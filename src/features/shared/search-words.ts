import type { Action } from '../../domain/action.js';
import { isStopWord } from '../../domain/schools/words.js';
import { foldWords } from '../../domain/search/query.js';
import type { Transaction } from '../../ports.js';
import type { Person, SearchWord } from '../../records.js';

type Subject = Pick<SearchWord, 'of' | 'subject'>;

/** Every school has one of these in its name. */
const kindsOfSchools = new Set('college lycee ecole etablissement erea'.split(' '));

const wordsOfPerson = ({ name = '' }: Pick<Person, 'name'>): Set<string> => new Set(foldWords(name));

/** The words of a typed school that tell it from others. */
export const wordsOfSchool = (text: string): string[] =>
  foldWords(text).filter((word) => !isStopWord(word) && !kindsOfSchools.has(word));

/** The codes of an action's schools, and the words of one that was typed. */
const wordsOfSchools = ({ schools = [], school = '' }: Pick<Action, 'schools' | 'school'>): Set<string> =>
  new Set([...schools.map((uai) => uai.toLowerCase()), ...wordsOfSchool(school)]);

async function replaceWords(
  tx: Transaction,
  { of, subject }: Subject,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): Promise<void> {
  const idOf = (word: string) => `${of}:${word}:${subject}`;
  for (const word of before) if (!after.has(word)) await tx.remove('words', idOf(word));
  for (const word of after)
    if (!before.has(word)) await tx.put('words', { id: idOf(word), of, word, subject });
}

/** Makes a person be found by the words of their name. */
export const indexPerson = (tx: Transaction, before: Person | undefined, after: Person): Promise<void> =>
  before?.name === after.name
    ? Promise.resolve()
    : replaceWords(
        tx,
        { of: 'person', subject: after.id },
        before ? wordsOfPerson(before) : new Set(),
        wordsOfPerson(after),
      );

/** Makes an action be found by its schools. */
export const indexSchools = (tx: Transaction, before: Action | undefined, after: Action): Promise<void> =>
  before?.school === after.school && before?.schools === after.schools
    ? Promise.resolve()
    : replaceWords(
        tx,
        { of: 'school', subject: after.id },
        before ? wordsOfSchools(before) : new Set(),
        wordsOfSchools(after),
      );
