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
 * or as a part of a key such as `<action>:<employee>`; the whole name, with its words in any order, by three dots.
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
  const nameWords = wordsOf(name ?? '').map(({ folded }) => folded);
  const hasIds = longestFirst.length > 0;

  const replaceText = (text: string, mayName: boolean): string => {
    const withoutIds = hasIds ? text.replace(idPattern, newId) : text;
    return mayName ? removeName(withoutIds, nameWords) : withoutIds;
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
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), ({ 0: word, index }) => ({
    folded: fold(word),
    start: index,
    end: index + word.length,
  }));

/** What may stand between two words of a name. */
const withinName = /^[\s\u00a0\u202f\u2011'’.,_-]{1,3}$/;

/** A text without a name: its words next to each other, in any order, whatever their case and accents. */
function removeName(text: string, name: readonly string[]): string {
  if (name.length === 0 || text.length < name.join('').length) return text;
  const words = wordsOf(text);
  const sorted = name.toSorted().join(' ');
  let result = '';
  let from = 0;
  for (let i = 0; i + name.length <= words.length; i++) {
    const some = words.slice(i, i + name.length);
    const isName =
      some
        .map(({ folded }) => folded)
        .toSorted()
        .join(' ') === sorted &&
      some.every((word, n) => n === 0 || withinName.test(text.slice(some[n - 1]?.end, word.start)));
    if (!isName) continue;
    result += text.slice(from, some[0]?.start) + noName;
    from = some.at(-1)?.end ?? from;
    i += name.length - 1;
  }
  return from === 0 ? text : result + text.slice(from);
}
