import { isFirstName } from '../domain/personal-data/first-names.js';
import { type SentenceContext, takeApart } from './parts.js';
import { longest, type Token, tokenise } from './tokens.js';
import { isKnownWord } from './vocabulary.js';

/**
 * Whether a sentence may contain somebody's name: a common first name, or a word with a capital inside a sentence that
 * is no place and none of our words. A surname in small letters, or as the first word, is not recognised.
 */
export function mayNameSomebody(text: string, known: SentenceContext): boolean {
  const { isTaken } = takeApart(text, known);
  // All of them: a signature at the end is no part of the request.
  const tokens = tokenise(text);
  if (tokens.length === longest.tokens) return true;
  return tokens.some((token, at) => {
    if (token.type !== 'word' || isTaken(at)) return false;
    if (isFirstName(token.raw.normalize('NFD').replace(/\p{Mn}/gu, ''))) return true;
    return /^\p{Lu}\p{Ll}/u.test(token.raw) && !isFirst(token, at) && !isKnownWord(token.word);
  });
}

const isFirst = ({ gap }: Token, at: number): boolean => at === 0 || /[.!?\n]/.test(gap);
