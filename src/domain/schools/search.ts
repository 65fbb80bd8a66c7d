import { isOneEditApart } from './edit-distance.js';
import { parseQuery, type QueryWord } from './query.js';
import { type Field, fieldWeights, typoWeights } from './ranking.js';
import type { School } from './school.js';
import { extractFields, type SearchFields } from './search-fields.js';
import { createTowns, type FindTown } from './towns.js';

export interface SchoolIndex {
  readonly size: number;
  /** The school with a UAI code in upper case. */
  byUai(uai: string): School | undefined;
  /** The schools that match every word of the query, best first. The last word may be unfinished. */
  search(query: string, options?: { readonly limit?: number }): School[];
  readonly findTown: FindTown;
}

const defaultLimit = 10;
/** Shorter words are one edit away from too many others. */
const minTypoLength = 5;

/** A word of the index, with the schools and fields it is found in. */
interface Entry {
  readonly word: string;
  readonly found: readonly (readonly [Field, readonly number[]])[];
}

/** Builds the search index of a list of schools. */
export function createSchoolIndex(schools: readonly School[]): SchoolIndex {
  // In tie-breaking order, so that of two schools with equal scores the lower index wins.
  const sorted = schools.toSorted(byName);
  const byUai = new Map(sorted.map((s) => [s.uai, s]));
  const fields = sorted.map(extractFields);
  const entries = buildEntries(fields);
  const plain = entries.filter(({ word }) => isCorrectable(word));
  const nameLengths = fields.map((f) => Math.min(f.name.length, 99));

  /** Sums the scores of each school; 0 for one that does not match every word. */
  const score = (queryWords: readonly QueryWord[], withTypos: boolean): Uint16Array => {
    const total = new Uint16Array(sorted.length);
    queryWords.forEach((word, i) => {
      const points = new Uint16Array(sorted.length);
      for (const reading of word.readings) addMatches(points, entries, reading);
      if (withTypos) addTypos(points, plain, word);
      for (let s = 0; s < total.length; s++) {
        const more = points[s] ?? 0;
        const before = total[s] ?? 0;
        total[s] = more === 0 || (i > 0 && before === 0) ? 0 : before + more;
      }
    });
    return total;
  };

  const search = (query: string, limit: number): School[] => {
    const queryWords = parseQuery(query);
    if (queryWords.length === 0 || limit < 1) return [];
    const exact = topSchools(score(queryWords, false), nameLengths, limit, new Set());
    const some = exact.length < limit && queryWords.some(beginsAlike);
    const close = some
      ? topSchools(score(queryWords, true), nameLengths, limit - exact.length, new Set(exact))
      : [];
    return [...exact, ...close].flatMap((s) => sorted[s] ?? []);
  };

  return {
    size: sorted.length,
    byUai: (uai) => byUai.get(uai),
    search: (query, { limit = defaultLimit } = {}) => search(query, limit),
    findTown: createTowns(schools),
  };
}

const compare = new Intl.Collator('fr', { numeric: true }).compare;
const byName = (a: School, b: School): number =>
  compare(a.name, b.name) || compare(a.town, b.town) || (a.uai < b.uai ? -1 : a.uai > b.uai ? 1 : 0);

function buildEntries(fields: readonly SearchFields[]): readonly Entry[] {
  const found = new Map<string, Map<Field, number[]>>();
  fields.forEach((own, s) => {
    for (const [field, words] of Object.entries(own) as [Field, readonly string[]][])
      for (const word of words) {
        const places = found.get(word) ?? new Map<Field, number[]>();
        const schools = places.get(field) ?? [];
        if (schools.at(-1) !== s) schools.push(s);
        found.set(word, places.set(field, schools));
      }
  });
  return [...found]
    .map(([word, places]): Entry => ({ word, found: [...places] }))
    .sort((a, b) => (a.word < b.word ? -1 : 1));
}

function addMatches(points: Uint16Array, entries: readonly Entry[], word: string): void {
  for (let e = lowerBound(entries, word); entries[e]?.word.startsWith(word); e++) {
    const whole = entries[e]?.word === word;
    for (const [field, schools] of entries[e]?.found ?? [])
      raiseScore(points, schools, whole ? fieldWeights[field].whole : fieldWeights[field].beginning);
  }
}

/** Letters only: another digit is another postcode, not a typo. */
const isCorrectable = (word: string): boolean => /^[a-z]+$/.test(word) && word.length >= minTypoLength - 1;
const beginsAlike = ({ readings: [word = ''] }: QueryWord): boolean =>
  word.length >= minTypoLength && isCorrectable(word);

function addTypos(points: Uint16Array, entries: readonly Entry[], queryWords: QueryWord): void {
  if (!beginsAlike(queryWords)) return;
  const [word = ''] = queryWords.readings;
  for (const { word: other, found } of entries) {
    // After one edit, one of the first two letters is still in its place or next to it, which rules out most words
    // cheaply.
    if (other[0] !== word[0] && other[1] !== word[1] && other[0] !== word[1] && other[1] !== word[0])
      continue;
    const begun = queryWords.unfinished && other.length > word.length;
    if (!isOneEditApart(word, other) && !(begun && isOneEditApart(word, other.slice(0, word.length))))
      continue;
    for (const [field, schools] of found) raiseScore(points, schools, typoWeights[field] ?? 0);
  }
}

function raiseScore(points: Uint16Array, schools: readonly number[], worth: number): void {
  for (const s of schools) if ((points[s] ?? 0) < worth) points[s] = worth;
}

/** The index of the first entry that is this word or comes after it. */
function lowerBound(entries: readonly Entry[], word: string): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.word ?? '') < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The best schools with a score: by score, then the shorter name, then the order of the list. */
function topSchools(
  points: Uint16Array,
  nameLengths: readonly number[],
  limit: number,
  without: ReadonlySet<number>,
): number[] {
  const kept: { s: number; rank: number }[] = [];
  for (let s = 0; s < points.length; s++) {
    const own = points[s] ?? 0;
    if (own === 0 || without.has(s)) continue;
    const rank = own * 100 - (nameLengths[s] ?? 0);
    if (kept.length === limit && rank <= (kept.at(-1)?.rank ?? 0)) continue;
    let at = kept.length;
    while (at > 0 && (kept[at - 1]?.rank ?? 0) < rank) at--;
    kept.splice(at, 0, { s, rank });
    if (kept.length > limit) kept.pop();
  }
  return kept.map(({ s }) => s);
}
