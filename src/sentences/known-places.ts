import type { Academie } from '../domain/calendar/school-calendar.js';
import type { FindTown } from '../domain/schools/towns.js';
import { largerTowns } from './larger-towns.js';
import { foldName, foldWord, type Token } from './tokens.js';

/** What is known of places, prepared once for all sentences. */
export interface KnownPlaces {
  /** The code of an académie by its folded name. */
  readonly academie: (name: string) => string | undefined;
  readonly academieOf: (departement: string | undefined) => string | undefined;
  readonly isTown: (name: string) => boolean;
  /** Part of the company's name. */
  readonly isCompany: (word: string) => boolean;
}

/** Prepares what the directory of schools and the convention know of places. */
export function preparePlaces({
  academies,
  company,
  sites,
  findTown,
}: {
  readonly academies: readonly Academie[];
  readonly company: string;
  readonly sites: readonly { readonly name: string }[];
  readonly findTown: FindTown;
}): KnownPlaces {
  const byName = new Map(academies.map(({ name, code }) => [foldName(name), code]));
  const byDepartement = new Map(academies.flatMap(({ code, departements: of }) => of.map((d) => [d, code])));
  const companyWords = new Set(foldName(company).split(' '));
  // A site is also called by its first words: "Issy".
  const siteNames = new Set(
    sites.flatMap(({ name }) => {
      const words = foldName(name).split(' ');
      return words.map((_, i) => words.slice(0, i + 1).join(' '));
    }),
  );
  return {
    academie: (name) => byName.get(name),
    academieOf: (departement) => (departement === undefined ? undefined : byDepartement.get(departement)),
    isTown: (name) => siteNames.has(name) || largerTowns.has(name) || findTown(name).length > 0,
    isCompany: (word) => companyWords.has(word),
  };
}

/** The words of a span, as names are compared. */
export const nameOf = (tokens: readonly Token[], start: number, end: number): string =>
  tokens
    .slice(start, end)
    .map(({ raw }) => foldWord(raw))
    .join(' ')
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte');

/** Names have at most so many words: "Provence-Alpes-Côte d'Azur". */
const mostWords = 6;
/** What may stand inside a name. */
export const isJoined = ({ gap }: Token): boolean => /^( ?[-–'’] ?| )$/.test(gap);

/** The longest name that begins at a token and is known. */
export function longestName(
  tokens: readonly Token[],
  start: number,
  isTaken: (at: number) => boolean,
  isName: (name: string, end: number) => boolean,
): number | undefined {
  let most = start;
  while (
    most < start + mostWords &&
    tokens[most] &&
    !isTaken(most) &&
    (most === start || isJoined(tokens[most] as Token))
  )
    most++;
  for (let end = most; end > start; end--) if (isName(nameOf(tokens, start, end), end)) return end;
  return undefined;
}
