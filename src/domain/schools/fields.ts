import { type Field, kindWords } from './reasons.js';
import type { School } from './school.js';
import { isSmall, wordsOf } from './words.js';

export type Fields = Readonly<Record<Field, readonly string[]>>;

/** All the words by which a school may be found. */
export function fieldsOf({ name, kind, town, postcode, uai, sector }: School): Fields {
  const { kind: kinds, also } = kindWords[kind];
  const sectors = sector === 'private' ? ['prive', 'privee'] : ['public', 'publique'];
  const own = wordsOf(name);
  // What says the kind or the sector is no part of how a school is called.
  const general = new Set([...kinds, ...also, ...sectors]);
  const words = own.filter((w) => !isSmall(w) && !general.has(w));
  const pairs = words.slice(1).map((word, i) => `${words[i]?.[0]}${word[0]}`);
  return {
    uai: [uai.toLowerCase()],
    name: words,
    town: wordsOf(town),
    postcode: [postcode],
    kind: kinds,
    initials: pairs,
    also: [...also, ...sectors, ...withoutApostrophe(own), ...withoutApostrophe(wordsOf(town))],
    small: own.filter(isSmall),
  };
}

/** `Jeanne d'Arc` is also written `Jeanne Darc`. */
const withoutApostrophe = (words: readonly string[]): string[] =>
  words.slice(1).flatMap((word, i) => (words[i] === 'd' || words[i] === 'l' ? [`${words[i]}${word}`] : []));
