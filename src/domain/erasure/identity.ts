/** By what records know a person: ids, also as parts of composed keys, and the name where somebody typed it. */
export interface Identity {
  /** Every id: the AAD object id, the `29:…` id, those of their own chats, and that of their name in imported files. */
  readonly ids: readonly string[];
  /** Their name in Teams, if it is known. */
  readonly name?: string | undefined;
}

/** Finds and replaces a person in records. */
export interface Replacer {
  /** Whether a value has an id of theirs in it, or their name. */
  mentions(value: unknown): boolean;
  /** A copy of a value without them; the value itself if they are not in it. */
  replace<T>(value: T): T;
}

/** What stands in a typed text in the place of a name. */
const noName = '…';

/**
 * Fields in which a name is that of a school, as many schools bear a person's: figures are counted by it.
 */
const schoolFields: ReadonlySet<string> = new Set(['school', 'schools', 'typedSchools', 'keys']);

/**
 * Replaces a person in plain JSON, wherever they are: an id by another one, in values and in names of properties, whole
 * or as a part of a key such as `<action>:<employee>`; the whole name, with its words in any order and however they are set
 * apart, by three dots.
 * A first name alone, or a surname alone, is left: it may be anybody's.
 * @param newId takes the place of each id, so that what one person did stays what one person did
 */
export function createReplacer({ ids, name }: Identity, newId: string): Replacer {
  // A longer id may contain another one.
  const longestFirst = ids.filter(Boolean).toSorted((a, b) => b.length - a.length);
  const idPattern = new RegExp(
    `(?<![\\w-])(?:${longestFirst.map(escapeForPattern).join('|')})(?![\\w-])`,
    'gi',
  );
  const nameWords = nameWordsOf(name ?? '');
  const shortest = shortestLength(nameWords);
  const hasIds = longestFirst.length > 0;

  const replaceText = (text: string, mayName: boolean): string => {
    const withoutIds = hasIds ? text.replace(idPattern, newId) : text;
    return mayName ? removeName(withoutIds, nameWords, shortest) : withoutIds;
  };

  const replaceIn = (value: unknown, mayName: boolean): unknown => {
    if (typeof value === 'string') return replaceText(value, mayName);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items = value.map((item) => replaceIn(item, mayName));
      return items.some((item, i) => item !== value[i]) ? items : value;
    }
    const entries = Object.entries(value).map(
      ([key, inner]) =>
        [replaceText(key, false), replaceIn(inner, mayName && !schoolFields.has(key)), key, inner] as const,
    );
    const isChanged = entries.some(([key, inner, oldKey, old]) => key !== oldKey || inner !== old);
    return isChanged ? Object.fromEntries(entries.map(([key, inner]) => [key, inner])) : value;
  };

  return {
    mentions: (value) => replaceIn(value, true) !== value,
    replace: <T>(value: T) => replaceIn(value, true) as T,
  };
}

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Word {
  readonly typed: string;
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

const fold = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae');

const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(/[\p{L}\p{M}]+|\p{N}+/gu), ({ 0: typed, index }) => ({
    typed,
    folded: fold(typed),
    start: index,
    end: index + typed.length,
  }));

/** What directories add to a name, such as "(Externe)" or "[DSI]". */
const addition = /\s*(?:\([^()]*\)|\[[^[\]]*\])\s*$/;

/**
 * The words of a name in Teams, folded, without what is added to it in parentheses. A single word that would be left may
 * be anybody's first name: the addition stays then.
 */
function nameWordsOf(name: string): string[] {
  let bare = name;
  while (addition.test(bare)) bare = bare.replace(addition, '');
  const [words, all] = [bare, name].map((text) => wordsOf(text).map(({ folded }) => folded));
  return (words && words.length > 1 ? words : all) ?? [];
}

/** The length of the shortest text in which a name can be: accents may be composed, and two letters one. */
const shortestLength = (nameWords: readonly string[]): number =>
  nameWords.join('').normalize('NFC').replace(/oe|ae/g, 'œ').length;

/** How often each word of a name is still to be found. */
type Wanted = Map<string, number>;

function take(wanted: Wanted, word: string): boolean {
  const count = wanted.get(word) ?? 0;
  if (count > 0) wanted.set(word, count - 1);
  return count > 0;
}

/**
 * Takes the words of which a typed one is made: itself, or several written as one, each with a capital, such as
 * "InèsExemple". Without capitals it may be another word, as "joli" for somebody named Jo Li.
 */
function takeWords(wanted: Wanted, { typed, folded }: Word, longest: number): number {
  if (take(wanted, folded)) return 1;
  const parts = typed.split(/(?=\p{Lu})/u).map(fold);
  let taken = 0;
  let joined = '';
  for (const part of parts) {
    joined += part;
    if (joined.length > longest) return 0;
    if (!take(wanted, joined)) continue;
    taken += 1;
    joined = '';
  }
  return joined === '' ? taken : 0;
}

/** How many words of a text, from one of them on, are the name; 0 if they are not. */
function countNameWords(
  words: readonly Word[],
  first: number,
  name: readonly string[],
  longest: number,
): number {
  const wanted: Wanted = new Map();
  for (const word of name) wanted.set(word, (wanted.get(word) ?? 0) + 1);
  let left = name.length;
  for (let i = first; i < words.length; i++) {
    const taken = takeWords(wanted, words[i] as Word, longest);
    left -= taken;
    if (taken === 0) return 0;
    if (left === 0) return i - first + 1;
  }
  return 0;
}

const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '"': '"', '”': '“' };

/** The end of a name, with the mark behind it if the mark that it closes is within. */
function endOfPair(text: string, start: number, end: number): number {
  const opening = pairs[text[end] ?? ''];
  return opening !== undefined && text.slice(start, end).includes(opening) ? end + 1 : end;
}

/**
 * A text without a name: its words after each other, in any order, whatever their case and accents, with anything between
 * them that is neither a letter nor a digit, or nothing.
 */
function removeName(text: string, name: readonly string[], shortest: number): string {
  if (name.length === 0 || text.length < shortest) return text;
  const words = wordsOf(text);
  const longest = Math.max(...name.map((word) => word.length));
  let result = '';
  let from = 0;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Word;
    if (!name.some((wanted) => word.folded.startsWith(wanted))) continue;
    const count = countNameWords(words, i, name, longest);
    if (count === 0) continue;
    result += text.slice(from, word.start) + noName;
    i += count - 1;
    from = endOfPair(text, word.start, words[i]?.end ?? word.end);
  }
  return from === 0 ? text : result + text.slice(from);
}
