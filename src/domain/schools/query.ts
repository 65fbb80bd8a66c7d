import { fold, isStopWord, toWords } from './words.js';

/** Longer than anybody types; it bounds the work of a search. */
const maxQueryLength = 160;
const maxWords = 12;

/** A word of a query: any of its readings must begin a word of the school. */
export interface QueryWord {
  readonly readings: readonly string[];
  readonly unfinished: boolean;
}

/** The words of a query. A stop word counts only while it may be the beginning of another word. */
export function parseQuery(query: string): QueryWord[] {
  const cut = query.slice(0, maxQueryLength);
  const typed = fold(cut).split(' ').filter(Boolean);
  const words = toWords(cut);
  const open = /[\p{L}\p{N}\p{M}]$/u.test(cut);
  const queryWords = words.map((word, i): QueryWord => {
    const unfinished = open && i === words.length - 1;
    // `st` is Saint, but may become Stendhal.
    const readings = unfinished ? [...new Set([word, typed[i] ?? word])] : [word];
    return { readings, unfinished };
  });
  const telling = queryWords.filter(
    ({ readings: [word = ''], unfinished }) => unfinished || !isStopWord(word),
  );
  const unique = new Map(telling.map((a) => [a.readings.join(' '), a]));
  return [...unique.values()].slice(0, maxWords);
}
