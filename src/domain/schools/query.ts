import { folded, isSmall, wordsOf } from './words.js';

/** Nobody types more; it bounds the work of one search. */
const longestQuery = 160;
const mostWords = 12;

/** A word of a query: any of its readings must begin a word of the school. */
export interface Asked {
  readonly readings: readonly string[];
  readonly unfinished: boolean;
}

/** The words of a query. A small word counts only while it may be the beginning of another. */
export function askedIn(query: string): Asked[] {
  const cut = query.slice(0, longestQuery);
  const typed = folded(cut).split(' ').filter(Boolean);
  const words = wordsOf(cut);
  const open = /[\p{L}\p{N}\p{M}]$/u.test(cut);
  const asked = words.map((word, i): Asked => {
    const unfinished = open && i === words.length - 1;
    // `st` is Saint, unless it becomes Stendhal.
    const readings = unfinished ? [...new Set([word, typed[i] ?? word])] : [word];
    return { readings, unfinished };
  });
  const telling = asked.filter(({ readings: [word = ''], unfinished }) => unfinished || !isSmall(word));
  const unique = new Map(telling.map((a) => [a.readings.join(' '), a]));
  return [...unique.values()].slice(0, mostWords);
}
