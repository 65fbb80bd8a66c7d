import { z } from 'zod';

/**
 * What no id contains: spaces, control characters, lone surrogates (PostgreSQL stores neither of the last two),
 * invisible and bidirectional characters, and names of another folder in the path of a URL.
 */
const forbiddenInIds = /[\p{Z}\p{Cc}\p{Cf}\p{Cs}]|^\.\.?$/u;

/**
 * A text from a client of at most this many characters. Zod's own `z.string().max()` throws for an object whose
 * `length` cannot be compared, such as `{"length":{"toString":1}}`; this rejects everything that is not such a text.
 */
export const boundedText = (longest: number) =>
  z.custom<string>((value) => typeof value === 'string' && value.length <= longest);

/** A machine-made name, such as an id, a verb or a language; it may be empty. */
export const boundedWord = (longest: number) => z.custom<string>((value) => isWord(value, longest));

/** A machine-made name that is not empty. */
export const boundedId = (longest: number) =>
  z.custom<string>((value) => value !== '' && isWord(value, longest));

const isWord = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length <= longest && !forbiddenInIds.test(value);
