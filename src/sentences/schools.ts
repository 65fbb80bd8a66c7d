import { isFirstName } from '../domain/personal-data/first-names.js';
import { isJoined, type KnownPlaces, longestName, nameOf } from './known-places.js';
import { departements, regions } from './place-names.js';
import { foldWord, type Token } from './tokens.js';
import { isKnownWord, type Span } from './vocabulary.js';

const kinds = new Set(['college', 'lycee', 'ecole', 'erea', 'lp', 'lgt', 'lpo']);
/** Part of the kind: "lycée professionnel". */
const adjectives = new Set(
  'professionnel pro general technologique polyvalent agricole prive public hotelier international francais'.split(
    ' ',
  ),
);
const particles = new Set(
  'de du des d la le les l et sur sous en saint sainte st ste notre dame a aux au'.split(' '),
);
/** English puts the kind last: "Ampère high school". */
const kindLast = /^(high|middle|secondary|school)$/;
/** A name has at most so many words besides small ones. */
const mostWords = 5;

const hasCapital = ({ raw }: Token): boolean => /^\p{Lu}/u.test(raw);

/** Schools that a sentence names, with their kind, and UAI codes. */
export function findSchools(
  tokens: readonly Token[],
  known: KnownPlaces,
  isTaken: (at: number) => boolean,
): Span[] {
  const found: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token || isTaken(at)) continue;
    const next = tokens[at + 1];
    if (
      token.type === 'number' &&
      /^\d{7}$/.test(token.word) &&
      next?.gap === '' &&
      // As typed: "u" alone may be "you".
      /^[a-z]$/i.test(next.raw)
    ) {
      found.push({ start: at, end: at + 2 });
      at++;
      continue;
    }
    const end = kinds.has(token.word) ? endOfName(tokens, at + 1, known, isTaken) : undefined;
    const start =
      kindLast.test(token.word) && !kindLast.test(tokens[at - 1]?.word ?? '')
        ? startOfName(tokens, at, isTaken)
        : undefined;
    if (end !== undefined) found.push({ start: at, end });
    else if (start !== undefined)
      found.push({ start, end: kindLast.test(next?.word ?? '') ? at + 2 : at + 1 });
    if (end !== undefined) at = end - 1;
  }
  return found;
}

/** The end of the name that begins at a token; nothing if there is none but a town: "collège de Lens". */
function endOfName(
  tokens: readonly Token[],
  start: number,
  known: KnownPlaces,
  isTaken: (at: number) => boolean,
): number | undefined {
  let at = start;
  while (tokens[at] && adjectives.has(tokens[at]?.word ?? '')) at++;
  const name = at;
  // "Lycée de Lure" is one of that town.
  const isOfTown =
    tokens[at]?.word === 'de' &&
    hasCapital(tokens[at + 1] ?? (tokens[at] as Token)) &&
    !/^(La|Le|Les)$/.test(tokens[at + 1]?.raw ?? '');
  if (isOfTown || isOfRegion(tokens, at)) return undefined;
  const withCapitals = tokens.slice(at, at + 4).some((t, i) => hasCapital(t) && !isTaken(at + i));
  let end: number | undefined;
  for (let words = 0; words < mostWords; at++) {
    const token = tokens[at];
    if (!token || isTaken(at) || token.type !== 'word' || !isJoined(token)) break;
    const isParticle = particles.has(foldWord(token.raw)) && !hasCapital(token);
    // "lycée Ampère de Lyon", "collège Jean Moulin à Lyon"
    if (isParticle && isTownAt(tokens, at + 1, known)) break;
    if (isTownAt(tokens, at, known) && end !== undefined && token.gap === ' ') break;
    if (isParticle) {
      // "collège à 10h", "lycée en mars" have no name.
      if (/^(a|en|et|au|aux|sur)$/.test(token.word) && end === undefined) break;
      if (token.word === 'de' && end !== undefined && isWholeName(tokens.slice(name, at))) break;
      continue;
    }
    if (withCapitals ? !hasCapital(token) && end !== undefined && token.gap !== '-' : isKnownWord(token.word))
      break;
    if (withCapitals && !hasCapital(token) && isKnownWord(token.word)) break;
    words++;
    end = at + 1;
  }
  // "Lycée Thiers de Marseille": the first of two towns is a name.
  const isNamed = particles.has(tokens[name + 1]?.word ?? '') && isTownAt(tokens, name + 2, known);
  const isOnlyTown = end === name + 1 && isTownAt(tokens, name, known) && !isNamed;
  return isOnlyTown ? undefined : end;
}

/** "Un collège du Nord", "de la région Bretagne" */
function isOfRegion(tokens: readonly Token[], start: number): boolean {
  let at = start;
  while (/^(de|du|des|d|la|l|le)$/.test(tokens[at]?.word ?? '')) at++;
  if (at === start) return false;
  const isRegion = (name: string) => Object.hasOwn(regions, name) || Object.hasOwn(departements, name);
  return (
    /^(region|departement|academie|secteur|coin|quartier)$/.test(tokens[at]?.word ?? '') ||
    longestName(tokens, at, () => false, isRegion) !== undefined
  );
}

/** What "de" and a town can follow: "Paul Éluard", "Ampère"; but "Charles de Gaulle" goes on. */
function isWholeName(words: readonly Token[]): boolean {
  const [first] = words;
  const parts = words.filter(({ gap }, i) => i === 0 || gap !== '-');
  return parts.length > 1 || (first !== undefined && !isFirstName(unaccented(first.raw)));
}

const unaccented = (name: string): string => name.normalize('NFD').replace(/\p{Mn}/gu, '');

/** Whether a town begins at a token, and stands there as one. */
function isTownAt(tokens: readonly Token[], at: number, known: KnownPlaces): boolean {
  for (let end = at + 4; end > at; end--) {
    const words = tokens.slice(at, end);
    if (words.length === end - at && known.isTown(nameOf(words, 0, words.length))) return true;
  }
  return false;
}

/** The beginning of the name in front of "high school"; nothing if there is none. */
function startOfName(
  tokens: readonly Token[],
  kind: number,
  isTaken: (at: number) => boolean,
): number | undefined {
  let at = kind;
  while (at > 0 && !isTaken(at - 1) && tokens[at] && isJoined(tokens[at] as Token)) {
    const before = tokens[at - 1];
    if (!before || !hasCapital(before) || isKnownWord(before.word)) break;
    at--;
  }
  return at < kind ? at : undefined;
}
