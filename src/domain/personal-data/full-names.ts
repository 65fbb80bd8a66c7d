import { isFirstName } from './first-names.js';

/** A word in its case, without accents, and without what surrounds it. */
const toBare = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/**
 * Whether a text seems to name somebody: a first name with another word in capitals behind it. In a free text that is
 * harmless, as is the name of a street; where a service or a function is asked for, it is somebody.
 */
export function hasFullName(text: string): boolean {
  const words = text.split(/\s+/);
  return words.some((word, i) => {
    const [first = ''] = toBare(word).split('-');
    // A comma or a full stop ends the name.
    if (!/^\p{Lu}/u.test(first) || !isFirstName(first) || /[,.;:]$/.test(word)) return false;
    return /^\p{Lu}/u.test(toBare(words[i + 1] ?? ''));
  });
}
