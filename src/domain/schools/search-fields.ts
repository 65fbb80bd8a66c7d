import { type Field, kindWords } from './ranking.js';
import type { School } from './school.js';
import { isStopWord, toWords } from './words.js';

export type SearchFields = Readonly<Record<Field, readonly string[]>>;

/** All words by which a school can be found. */
export function extractFields({ name, kind, town, postcode, uai, sector }: School): SearchFields {
  const { kind: kinds, also } = kindWords[kind];
  const sectors = sector === 'private' ? ['prive', 'privee'] : ['public', 'publique'];
  const own = toWords(name);
  // Words for the kind or the sector are not part of a school's name.
  const general = new Set([...kinds, ...also, ...sectors]);
  const words = own.filter((w) => !isStopWord(w) && !general.has(w));
  const pairs = words.slice(1).map((word, i) => `${words[i]?.[0]}${word[0]}`);
  return {
    uai: [uai.toLowerCase()],
    name: words,
    town: toWords(town),
    postcode: [postcode],
    kind: kinds,
    initials: pairs,
    also: [...also, ...sectors, ...joinElisions(own), ...joinElisions(toWords(town))],
    small: own.filter(isStopWord),
  };
}

/** `Jeanne d'Arc` is also written `Jeanne Darc`. */
const joinElisions = (words: readonly string[]): string[] =>
  words.slice(1).flatMap((word, i) => (words[i] === 'd' || words[i] === 'l' ? [`${words[i]}${word}`] : []));
