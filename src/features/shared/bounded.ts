import { z } from 'zod';

/**
 * What no id has: spaces, control characters and halves of a character (PostgreSQL keeps neither), what is not seen or
 * turns the direction of writing, and the names that mean another folder in the path of a URL.
 */
const inNoId = /[\p{Z}\p{Cc}\p{Cf}\p{Cs}]|^\.\.?$/u;

/**
 * A text that a client sends, of at most so many characters. Zod's own `z.string().max()` throws at an object whose
 * `length` cannot be compared, such as `{"length":{"toString":1}}`; this refuses whatever is no such text.
 */
export const boundedText = (longest: number) =>
  z.custom<string>((value) => typeof value === 'string' && value.length <= longest);

/** A name that a machine gave, such as an id, a verb or a language; it may be empty. */
export const boundedWord = (longest: number) => z.custom<string>((value) => isWord(value, longest));

/** Such a name that is not empty. */
export const boundedId = (longest: number) =>
  z.custom<string>((value) => value !== '' && isWord(value, longest));

const isWord = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length <= longest && !inNoId.test(value);
