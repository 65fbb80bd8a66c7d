import type { Academie } from '../domain/calendar/school-calendar.js';
import type { FindTown } from '../domain/schools/towns.js';
import { isFirstName } from '../domain/personal-data/first-names.js';
import { afterPreposition, departements, regions } from './place-names.js';
import { foldWord, type Token } from './tokens.js';
import { isKnownWord, type Span } from './vocabulary.js';

/** What is known of places. */
export interface KnownPlaces {
  readonly academies: readonly Academie[];
  /** The names of the company and its sites. */
  readonly company: string;
  readonly sites: readonly { readonly name: string }[];
  readonly findTown: FindTown;
}

export interface Places {
  readonly town?: Span;
  /** Codes, in the order of the sentence. */
  readonly academies: readonly string[];
  readonly used: ReadonlySet<number>;
}

const foldName = (name: string): string => foldWord(name).replace(/[^a-z0-9]+/g, ' ').trim();
/** The words of a span, as names are compared. */
const nameOf = (tokens: readonly Token[], start: number, end: number): string =>
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
  while (most < start + mostWords && tokens[most] && !isTaken(most) && (most === start || isJoined(tokens[most] as Token)))
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
  const byName = new Map(known.academies.map(({ name, code }) => [foldName(name), code]));
  const byDepartement = (departement: string | undefined) =>
    known.academies.find((a) => departement !== undefined && a.departements.includes(departement))?.code;
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
        .map((i) => ({ i, end: longestName(tokens, i, (j) => !free(j), (text) => byName.has(text)) }))
        .find(({ i, end }) => end !== undefined && (step === 1 || end === at + 1) && i >= 0);
      if (name?.end !== undefined) {
        add(name.i, name.end, [byName.get(nameOf(tokens, name.i, name.end)) ?? '']);
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
      const code = /^(dans|du|departement|pour|sur)$/.test(tokens[at - 2]?.word ?? before) ? byDepartement(word) : undefined;
      if (code) add(at, at + 1, [code]);
      continue;
    }
    const end = longestName(tokens, at, (j) => !free(j), (name) => {
      if (!Object.hasOwn(regions, name) && !Object.hasOwn(departements, name)) return false;
      return isAfter || !afterPreposition.has(name);
    });
    if (end === undefined) continue;
    const name = nameOf(tokens, at, end);
    const code = byDepartement(departements[name]);
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
const everyday = new Set('nice tours lens die orange sens vire salon grasse bar angers muret l eu y meaux cergy mende ham'.split(' '));
const withArrondissements = new Set(['paris', 'lyon', 'marseille']);

function findTown(tokens: readonly Token[], known: KnownPlaces, isTaken: (at: number) => boolean): Span | undefined {
  const sites = known.sites.map(({ name }) => foldName(name));
  const company = new Set(foldName(known.company).split(' '));
  const shouts = tokens.filter(({ raw }) => raw !== raw.toUpperCase()).length === 0;
  const isTown = (name: string) => known.findTown(name).length > 0 || sites.some((site) => `${site} `.startsWith(`${name} `));
  for (let start = 0; start < tokens.length; start++) {
    const token = tokens[start];
    if (!token || isTaken(start) || token.type !== 'word') continue;
    const previous = tokens[start - 1];
    const isAfter = previous !== undefined && before.has(previous.word);
    const hasCapital = /^\p{Lu}/u.test(token.raw) && !shouts;
    let end = longestName(tokens, start, isTaken, (name) => name.length > 2 && isTown(name) && (isAfter || !everyday.has(name)));
    // A town without schools of ours.
    const isPlace =
      hasCapital &&
      previous !== undefined &&
      beforePlaceOnly.has(previous.word) &&
      previous.raw !== 'a' &&
      !isKnownWord(token.word) &&
      !isFirstName(token.raw.normalize('NFD').replace(/\p{Mn}/gu, '')) &&
      !company.has(token.word);
    if (end === undefined && isPlace) {
      end = start + 1;
      while (tokens[end] && !isTaken(end) && (/^-$/.test(tokens[end]?.gap ?? '') || (tokens[end]?.gap === ' ' && /^\p{Lu}/u.test(tokens[end]?.raw ?? ''))))
        end++;
    }
    if (end === undefined) continue;
    const next = tokens[end];
    const isArrondissement = next?.type === 'ordinal' && next.gap === ' ' && /^\d+(er|e|eme|th|nd|rd|st)$/.test(next.word);
    return { start, end: isArrondissement && withArrondissements.has(nameOf(tokens, start, end)) ? end + 1 : end };
  }
  return undefined;
}

/** The town and the académies that a sentence names. */
export function findPlaces(tokens: readonly Token[], known: KnownPlaces, isTaken: (at: number) => boolean): Places {
  const { codes, used } = findAcademies(tokens, known, isTaken);
  const town = findTown(tokens, known, (at) => isTaken(at) || used.has(at));
  for (let at = town?.start ?? 0; at < (town?.end ?? 0); at++) used.add(at);
  return { ...(town ? { town } : {}), academies: codes, used };
}
