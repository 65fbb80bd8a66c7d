import type { Academie } from '../domain/calendar/school-calendar.js';
import { isFirstName } from '../domain/personal-data/first-names.js';
import type { FindTown } from '../domain/schools/towns.js';
import { afterPreposition, departements, regions } from './place-names.js';
import { foldWord, type Token } from './tokens.js';
import { isKnownWord, type Span } from './vocabulary.js';

/** What is known of places, prepared once for all sentences. */
export interface KnownPlaces {
  /** The code of an académie by its folded name. */
  readonly academie: (name: string) => string | undefined;
  readonly academieOf: (departement: string | undefined) => string | undefined;
  readonly isTown: (name: string) => boolean;
  /** Part of the company's name. */
  readonly isCompany: (word: string) => boolean;
}

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
    isTown: (name) => siteNames.has(name) || findTown(name).length > 0,
    isCompany: (word) => companyWords.has(word),
  };
}

export interface Town extends Span {
  readonly text: string;
}

export interface Places {
  readonly towns: readonly Town[];
  /** Codes, in the order of the sentence. */
  readonly academies: readonly string[];
  readonly used: ReadonlySet<number>;
}

const foldName = (name: string): string =>
  foldWord(name)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
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
const isJoined = ({ gap }: Token): boolean => /^( ?[-–'’] ?| )$/.test(gap);

/** The longest name that begins at a token and is known. */
function longestName(
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

const academieWord = /^(academies?|academy|rectorat)$/;
const links = new Set('de d du des of the et ou and or les la l'.split(' '));

/** Académies that are named as such ("académies de Lyon et Grenoble"), by a région, or by a département. */
function findAcademies(
  tokens: readonly Token[],
  known: KnownPlaces,
  isTaken: (at: number) => boolean,
): { codes: string[]; used: Set<number> } {
  const used = new Set<number>();
  const found: { at: number; codes: readonly string[] }[] = [];
  const free = (at: number) => !isTaken(at) && !used.has(at);
  const add = (start: number, end: number, codes: readonly string[]) => {
    for (let i = start; i < end; i++) used.add(i);
    found.push({ at: start, codes });
  };

  /** Names in a row, from an académie word on or up to it. */
  const gather = (start: number, step: 1 | -1): boolean => {
    let hasOne = false;
    for (let at = start; tokens[at] && free(at); at += step) {
      const starts = step === 1 ? [at] : [at - 2, at - 1, at].filter((i) => i >= 0);
      const name = starts
        .map((i) => ({
          i,
          end: longestName(
            tokens,
            i,
            (j) => !free(j),
            (text) => known.academie(text) !== undefined,
          ),
        }))
        .find(({ i, end }) => end !== undefined && (step === 1 || end === at + 1) && i >= 0);
      if (name?.end !== undefined) {
        add(name.i, name.end, [known.academie(nameOf(tokens, name.i, name.end)) ?? '']);
        hasOne = true;
        at = step === 1 ? name.end - 1 : name.i;
      } else if (!links.has(tokens[at]?.word ?? '')) break;
    }
    return hasOne;
  };
  tokens.forEach(({ word }, at) => {
    if (!academieWord.test(word) || !free(at)) return;
    used.add(at);
    if (!gather(at + 1, 1)) gather(at - 1, -1);
  });

  for (let at = 0; at < tokens.length; at++) {
    if (!free(at)) continue;
    const before = tokens[at - 1]?.word ?? '';
    const isAfter = /^(dans|en|in|le|la|l|de|du|d|the|departement)$/.test(before);
    const { type = 'word', word = '' } = tokens[at] ?? {};
    // "dans le 92", "en 92"
    if (type === 'number' && /^(\d\d|97\d)$/.test(word) && /^(le|departement)$/.test(before)) {
      const code = /^(dans|du|departement|pour|sur)$/.test(tokens[at - 2]?.word ?? before)
        ? known.academieOf(word)
        : undefined;
      if (code) add(at, at + 1, [code]);
      continue;
    }
    const end = longestName(
      tokens,
      at,
      (j) => !free(j),
      (name) => {
        if (!Object.hasOwn(regions, name) && !Object.hasOwn(departements, name)) return false;
        return isAfter || !afterPreposition.has(name);
      },
    );
    if (end === undefined) continue;
    const name = nameOf(tokens, at, end);
    const code = known.academieOf(departements[name]);
    add(at, end, regions[name] ?? (code ? [code] : []));
  }
  const codes = found.toSorted((a, b) => a.at - b.at).flatMap((f) => f.codes);
  return { codes: [...new Set(codes)], used };
}

/** What stands before a town. */
const before = new Set('a sur vers in at near de d pres from around for ville site to en over'.split(' '));
/** Of these, what stands before nothing else that has a capital. */
const beforePlaceOnly = new Set(['a', 'sur', 'in', 'near', 'vers', 'around']);
/** Towns whose names are also everyday words: they need one of these before them. */
const everyday = new Set(
  'nice tours lens die orange sens vire salon grasse bar angers muret l eu y meaux cergy mende ham'.split(
    ' ',
  ),
);
const withArrondissements = new Set(['paris', 'lyon', 'marseille']);

function findTowns(
  text: string,
  tokens: readonly Token[],
  known: KnownPlaces,
  isTaken: (at: number) => boolean,
): Town[] {
  const shouts = tokens.every(({ raw }) => raw === raw.toUpperCase());
  const found: Town[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || isTaken(at) || token.type !== 'word') continue;
    const town = readTown(tokens, at, known, isTaken, /^\p{Lu}/u.test(token.raw) && !shouts);
    if (!town) continue;
    const { end, article } = town;
    found.push({ start: at, end, text: article + text.slice(token.start, tokens[end - 1]?.end) });
    at = end - 1;
  }
  return found;
}

/** The end of the town that begins at a token; "au Mans" is Le Mans. */
function readTown(
  tokens: readonly Token[],
  at: number,
  known: KnownPlaces,
  isTaken: (at: number) => boolean,
  hasCapital: boolean,
): { end: number; article: string } | undefined {
  const previous = tokens[at - 1]?.word ?? '';
  const isAfter = before.has(previous);
  const contracted = hasCapital && /^(au|du)$/.test(previous) ? 'le ' : '';
  const byName = longestName(
    tokens,
    at,
    isTaken,
    (name) => name.length > 2 && known.isTown(name) && (isAfter || !everyday.has(name)),
  );
  const withArticle =
    contracted && longestName(tokens, at, isTaken, (name) => known.isTown(contracted + name));
  if (withArticle) return { end: withArticle, article: 'Le ' };
  if (byName !== undefined) return { end: withArrondissement(tokens, at, byName), article: '' };
  const token = tokens[at];
  const isPlace =
    token !== undefined &&
    hasCapital &&
    beforePlaceOnly.has(previous) &&
    tokens[at - 1]?.raw !== 'a' &&
    !isKnownWord(token.word) &&
    !isFirstName(token.raw.normalize('NFD').replace(/\p{Mn}/gu, '')) &&
    !known.isCompany(token.word);
  if (!isPlace) return undefined;
  // A town in which no school is known.
  let end = at + 1;
  const continues = (next: Token | undefined): boolean =>
    next !== undefined &&
    (next.gap === '-' || (next.gap === ' ' && /^\p{Lu}/u.test(next.raw) && next.type === 'word'));
  while (!isTaken(end) && continues(tokens[end])) end++;
  return { end, article: '' };
}

/** "Lyon 3e" is a part of Lyon, and no level. */
function withArrondissement(tokens: readonly Token[], start: number, end: number): number {
  const next = tokens[end];
  const isOrdinal =
    next?.type === 'ordinal' && next.gap === ' ' && /^\d+(er|e|eme|th|nd|rd|st)$/.test(next.word);
  return isOrdinal && withArrondissements.has(nameOf(tokens, start, end)) ? end + 1 : end;
}

/** The towns and the académies that a sentence names. */
export function findPlaces(
  text: string,
  tokens: readonly Token[],
  known: KnownPlaces,
  isTaken: (at: number) => boolean,
): Places {
  const { codes, used } = findAcademies(tokens, known, isTaken);
  const towns = findTowns(text, tokens, known, (at) => isTaken(at) || used.has(at));
  for (const { start, end } of towns) for (let at = start; at < end; at++) used.add(at);
  return { towns, academies: codes, used };
}
