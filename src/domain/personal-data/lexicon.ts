/** Looks up words in the table of `words.ts`, in a time that does not depend on its size. */
import { type WordKind, words } from './words.js';

interface Entry {
  readonly kind: WordKind;
  readonly words: readonly string[];
  /** Whether the last word is a stem: `asthm*`. */
  readonly open: boolean;
}

const entries: readonly Entry[] = Object.entries(words).flatMap(([kind, { fr, en }]) =>
  [...new Set(`${fr},${en}`.split(',').map((entry) => entry.trim().replaceAll(/\s+/g, ' ')))]
    .filter((entry) => entry !== '')
    .map((entry) => ({
      kind: kind as WordKind,
      words: entry.replace('*', '').split(' '),
      open: entry.endsWith('*'),
    })),
);

/** Whole words and phrases by their first word, longest first. */
const phrases = new Map<string, readonly Entry[]>();
const stems = new Map<string, WordKind>();
for (const entry of [...entries].sort((a, b) => b.words.length - a.words.length)) {
  const [first = ''] = entry.words;
  if (entry.open && entry.words.length === 1) stems.set(first, entry.kind);
  else phrases.set(first, [...(phrases.get(first) ?? []), entry]);
}
const stemLengths = [...new Set([...stems.keys()].map((stem) => stem.length))].sort((a, b) => b - a);

/** The words of a text, as written and in lower case. */
export interface Tokens {
  readonly words: readonly string[];
  readonly lower: readonly string[];
}

function matchesAt(entry: Entry, { lower }: Tokens, at: number): boolean {
  const last = entry.words.length - 1;
  for (let n = 1; n <= last; n++) {
    const wanted = entry.words[n] as string;
    const word = lower[at + n] ?? '';
    if (word !== wanted && !(n === last && entry.open && word.startsWith(wanted))) return false;
  }
  return true;
}

/** The longest entry of the table that begins at a word: its kind, and its length in words. */
export function findEntry(tokens: Tokens, at: number): { kind: WordKind; length: number } | undefined {
  const beginning = phrases.get(tokens.words[at] ?? '') ?? phrases.get(tokens.lower[at] ?? '');
  const entry = beginning?.find((e) => matchesAt(e, tokens, at));
  return entry && { kind: entry.kind, length: entry.words.length };
}

/** The kind of the longest stem that a lower-case word begins with: `asthm*`. */
export function findStem(lower: string): WordKind | undefined {
  const length = stemLengths.find((n) => lower.length >= n && stems.has(lower.slice(0, n)));
  return length === undefined ? undefined : stems.get(lower.slice(0, length));
}
