import { type KnownPlaces, longestName, nameOf } from './known-places.js';
import { afterPreposition, departements, regions } from './place-names.js';
import type { Token } from './tokens.js';
import { isApart } from './towns.js';

const academieWord = /^(academies?|academy|rectorat)$/;
const links = new Set('de d du des of the et ou and or les la l'.split(' '));

/**
 * Académies that are named as such ("académies de Lyon et Grenoble"), by a région, or by a département: their codes in
 * the order of the sentence, and the tokens that name them.
 */
export function findAcademies(
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
    const isAfter = /^(dans|en|in|le|la|l|de|du|d|the|departement|region|secteur|cote)$/.test(before);
    const { type = 'word', word = '' } = tokens[at] ?? {};
    // "dans le 92", "en 92"
    if (type === 'number' && /^(\d\d|97\d)$/.test(word) && /^(le|du|departement)$/.test(before)) {
      // "Le 17 décembre" is a day; "dans le 17", "le 93" are départements.
      const isPlace = tokens[at - 2]?.word === 'dans' || before === 'departement' || Number(word) > 31;
      const code = isPlace ? known.academieOf(word) : undefined;
      if (code) add(at, at + 1, [code]);
      continue;
    }
    const end = longestName(
      tokens,
      at,
      (j) => !free(j),
      (name, last) => {
        if (!Object.hasOwn(regions, name) && !Object.hasOwn(departements, name)) return false;
        return (
          isAfter ||
          !afterPreposition.has(name) ||
          (/^\p{Lu}/u.test(tokens[at]?.raw ?? '') &&
            (isApart(tokens, at, last) || /^(offices?|site|campus)$/.test(tokens[last]?.word ?? '')))
        );
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
