import { kinds, levels } from '../../domain/action.js';
import { type ImportColumn, importColumns } from '../../domain/imports/finding.js';
import type { ImportContext, ImportWords } from '../../domain/imports/line-reader.js';
import type { School } from '../../domain/schools/school.js';
import { locateByDepartement } from '../../domain/schools/uai.js';
import { fold } from '../../domain/schools/words.js';
import { dayAt } from '../../text/dates.js';
import { readDay } from '../../text/read-dates.js';
import { langs } from '../../text/text.js';
import type { Services } from '../feature.js';
import { remarkLength, schoolLength } from '../shared/form.js';

/** Longer than any name, and than any number of a file or meeting. */
const lengths = { employee: 100, school: schoolLength, remark: remarkLength, reference: 60 } as const;
/** Schools of a town may share a name. */
const mostSchools = 5;

/** What a text in both languages lists for each value: its name, others, and the code that Passerelle uses. */
function indexWords<V extends string>(
  values: readonly V[],
  paths: (value: V) => readonly string[],
  { textIn }: Pick<Services, 'textIn'>,
): ReadonlyMap<string, V> {
  const found = new Map<string, V>();
  for (const value of values)
    for (const lang of langs)
      for (const text of [value, ...paths(value).flatMap((path) => textIn(lang).at(path).split(','))])
        found.set(fold(text), value);
  return found;
}

/** The columns by their names in both languages. */
export const columnNames = (services: Pick<Services, 'textIn'>): ReadonlyMap<string, ImportColumn> =>
  indexWords(
    importColumns,
    (column) => [`imports.column.${column}`, `imports.columnAlso.${column}`],
    services,
  );

/** Remembers what was asked before: the lines of a file say the same again and again. */
const memoise = <T>(find: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    if (!known.has(text)) known.set(text, find(text));
    return known.get(text) as T;
  };
};

/** What lines are read with: the words of both languages, the calendars, the limits of the convention. */
export function importContext(services: Services): ImportContext {
  const { calendar, convention, schools, clock } = services;
  const kindWords = indexWords(
    kinds,
    (kind) => [`kind.${kind}`, `kinds.${kind}`, `imports.kindAlso.${kind}`],
    services,
  );
  const levelWords = indexWords(
    levels,
    (level) => [`level.${level}`, `imports.levelAlso.${level}`],
    services,
  );
  const heldWords = indexWords(['held'], () => ['report.state.held', 'imports.heldAlso'], services);
  const academies = new Map(
    calendar.academies.flatMap((a) =>
      [a.code, a.name, `académie de ${a.name}`].map((name) => [fold(name), a]),
    ),
  );
  const events = new Map(
    calendar.events.flatMap(({ id, name }) => [id, name].map((text) => [fold(text), id])),
  );
  const findSchool = (text: string): School | undefined => {
    const wanted = fold(text);
    const found = schools
      .search(text, { limit: mostSchools })
      .filter(({ name, town }) => [name, `${name} ${town}`].some((known) => fold(known) === wanted));
    return found.length === 1 ? found[0] : undefined;
  };
  const words: ImportWords = {
    kind: (text) => kindWords.get(fold(text)),
    level: (text) => levelWords.get(fold(text)),
    isHeld: (text) => heldWords.has(fold(text)),
    academie: (text) => academies.get(fold(text)),
    school: memoise(findSchool),
    event: (text) => events.get(fold(text)),
    day: memoise((text) => {
      // As in French: the day comes first.
      const read = readDay(text, 'fr');
      return read && 'day' in read ? read.day : undefined;
    }),
  };
  return {
    words,
    calendar,
    schools,
    academieOf: memoise((departement) => locateByDepartement(departement, calendar.academies)?.academie),
    today: dayAt(clock.now()),
    maxPlaces: convention.maxPlaces,
    maxPupils: convention.maxPupils,
    lengths,
  };
}
