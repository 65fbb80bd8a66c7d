import { isFirstName } from '../domain/personal-data/first-names.js';
import { type KnownPlaces, longestName, nameOf } from './known-places.js';
import type { Token } from './tokens.js';
import { isKnownWord, type Span } from './vocabulary.js';

/** A town, as it was typed. */
export interface Town extends Span {
  readonly text: string;
}

/** What stands before a town. */
const before = new Set(
  'a sur vers in at near de d pres from around pour for ville site to en over'.split(' '),
);
/** Of these, what stands before nothing else that has a capital. */
const beforePlaceOnly = new Set(['a', 'sur', 'in', 'near', 'vers', 'around']);
/** Towns whose names are also everyday words: they need one of these before them. */
const everyday = new Set(
  'nice tours lens die orange sens vire salon grasse bar muret l eu y mende ham gap apt dole plaisir vernon toul mayenne orly saintes moulins sedan orange thiers sevres clichy romans cognac pau vienne'.split(
    ' ',
  ),
);
/** What has a town after "de". */
const hasTown =
  /^(bureaux?|sites?|agence|locaux|equipe|campus|colleges?|lycees?|forum|etablissements?|ecoles?|usine|labo|region|ville|mairie|secteur|office)$/;
const withArrondissements = new Set(['paris', 'lyon', 'marseille']);

/** The towns that a sentence names: those with schools, and what else can only be a place. */
export function findTowns(
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
  // "The Nice office"
  const isBefore = (end: number) =>
    hasCapital && /^(office|offices|site|campus|team)$/.test(tokens[end]?.word ?? '');
  const isAfter = before.has(previous);
  const contracted = hasCapital && /^(au|du)$/.test(previous) ? 'le ' : '';
  const byName = longestName(
    tokens,
    at,
    isTaken,
    (name, end) =>
      name.length > 2 &&
      known.isTown(name) &&
      (isAfter ||
        isBefore(end) ||
        (/^\p{Lu}/u.test(tokens[at]?.raw ?? '') && isApart(tokens, at, end)) ||
        !everyday.has(name)),
  );
  const withArticle =
    contracted && longestName(tokens, at, isTaken, (name) => known.isTown(contracted + name));
  if (withArticle) return { end: withArticle, article: 'Le ' };
  if (byName !== undefined) return { end: withArrondissement(tokens, at, byName), article: '' };
  const token = tokens[at];
  const isPlace =
    token !== undefined &&
    hasCapital &&
    (beforePlaceOnly.has(previous) ||
      isOfPlace(tokens, at) ||
      // "Collège Paul-Éluard de Yvetot"
      (/^(de|d)$/.test(previous) && at > 1 && isTaken(at - 2)) ||
      standsAlone(tokens, at)) &&
    tokens[at - 1]?.raw !== 'a' &&
    token.raw !== token.raw.toUpperCase() &&
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

/** "Nos bureaux de Yvetot" */
const isOfPlace = (tokens: readonly Token[], at: number): boolean =>
  /^(de|d)$/.test(tokens[at - 1]?.word ?? '') && hasTown.test(tokens[at - 2]?.word ?? '');

/** "…, 3e, Lens", "(Pau, logistique)", "4 février : Nice" */
export const isApart = (tokens: readonly Token[], at: number, end: number): boolean =>
  at > 0 &&
  /[,(:;\n] *$| [-–—] $/.test(tokens[at]?.gap ?? '') &&
  (tokens[end] === undefined || /^ *[,);:.\n–—-]/.test(tokens[end]?.gap ?? ''));

/** Between commas, and not at the end, where somebody signs: "intervention en 4e, Yvetot, le 12 janvier". */
const standsAlone = (tokens: readonly Token[], at: number): boolean =>
  at > 0 &&
  (tokens[at]?.raw.length ?? 0) > 3 &&
  /^, $/.test(tokens[at]?.gap ?? '') &&
  /^,/.test(tokens[at + 1]?.gap ?? '');

/** "Lyon 3e" is a part of Lyon, and no level. */
function withArrondissement(tokens: readonly Token[], start: number, end: number): number {
  const next = tokens[end];
  const isOrdinal =
    next?.type === 'ordinal' && next.gap === ' ' && /^\d+(er|e|eme|th|nd|rd|st)$/.test(next.word);
  return isOrdinal && withArrondissements.has(nameOf(tokens, start, end)) ? end + 1 : end;
}
