import { type Fields, fieldsOf } from './fields.js';
import { oneEdit } from './one-edit.js';
import { type Asked, askedIn } from './query.js';
import { type Field, reasons, typo } from './reasons.js';
import type { School } from './school.js';

export interface SchoolIndex {
  readonly size: number;
  /** The school with this UAI code, in upper case. */
  byUai(uai: string): School | undefined;
  /** The schools that have every word of the query, the likeliest first. The last word may be unfinished. */
  search(query: string, options?: { readonly limit?: number }): School[];
}

const defaultLimit = 10;
/** Shorter words have too many neighbours for a typo to be told from another word. */
const shortestTypo = 5;

/** A word that schools have, and which ones, by where. */
interface Entry {
  readonly word: string;
  readonly found: readonly (readonly [Field, readonly number[]])[];
}

/** Makes the index of a list of schools, once; searching does not change it. */
export function createSchoolIndex(schools: readonly School[]): SchoolIndex {
  // In the order of equal ranks, so that the lower number comes first.
  const sorted = schools.toSorted(byName);
  const byUai = new Map(sorted.map((s) => [s.uai, s]));
  const fields = sorted.map(fieldsOf);
  const entries = entriesOf(fields);
  const plain = entries.filter(({ word }) => isPlain(word));
  const nameLengths = fields.map((f) => Math.min(f.name.length, 99));

  /** Adds up what the words are worth for each school; 0 for one that lacks a word. */
  const score = (asked: readonly Asked[], withTypos: boolean): Uint16Array => {
    const total = new Uint16Array(sorted.length);
    asked.forEach((word, i) => {
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
    const asked = askedIn(query);
    if (asked.length === 0 || limit < 1) return [];
    const exact = best(score(asked, false), nameLengths, limit, new Set());
    const some = exact.length < limit && asked.some(mayHaveTypo);
    const close = some ? best(score(asked, true), nameLengths, limit - exact.length, new Set(exact)) : [];
    return [...exact, ...close].flatMap((s) => sorted[s] ?? []);
  };

  return {
    size: sorted.length,
    byUai: (uai) => byUai.get(uai),
    search: (query, { limit = defaultLimit } = {}) => search(query, limit),
  };
}

const compare = new Intl.Collator('fr', { numeric: true }).compare;
const byName = (a: School, b: School): number =>
  compare(a.name, b.name) || compare(a.town, b.town) || (a.uai < b.uai ? -1 : a.uai > b.uai ? 1 : 0);

function entriesOf(fields: readonly Fields[]): readonly Entry[] {
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
  for (let e = firstFrom(entries, word); entries[e]?.word.startsWith(word); e++) {
    const whole = entries[e]?.word === word;
    for (const [field, schools] of entries[e]?.found ?? [])
      raise(points, schools, whole ? reasons[field].whole : reasons[field].beginning);
  }
}

/** Letters only: one digit more or less is another postcode, not a typo. */
const isPlain = (word: string): boolean => /^[a-z]+$/.test(word) && word.length >= shortestTypo - 1;
const mayHaveTypo = ({ readings: [word = ''] }: Asked): boolean =>
  word.length >= shortestTypo && isPlain(word);

function addTypos(points: Uint16Array, entries: readonly Entry[], asked: Asked): void {
  if (!mayHaveTypo(asked)) return;
  const [word = ''] = asked.readings;
  for (const { word: other, found } of entries) {
    // One edit leaves one of the first two letters where it was, or beside it: that spares most comparisons.
    if (other[0] !== word[0] && other[1] !== word[1] && other[0] !== word[1] && other[1] !== word[0])
      continue;
    const begun = asked.unfinished && other.length > word.length;
    if (!oneEdit(word, other) && !(begun && oneEdit(word, other.slice(0, word.length)))) continue;
    for (const [field, schools] of found) raise(points, schools, typo[field] ?? 0);
  }
}

function raise(points: Uint16Array, schools: readonly number[], worth: number): void {
  for (const s of schools) if ((points[s] ?? 0) < worth) points[s] = worth;
}

/** The place of the first entry that is this word or comes after it. */
function firstFrom(entries: readonly Entry[], word: string): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.word ?? '') < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The best of the schools that have points: by points, then the shorter name, then the order of the list. */
function best(
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
