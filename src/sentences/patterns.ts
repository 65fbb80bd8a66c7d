import type { Token } from './tokens.js';

/** What the slots of patterns accept: the meaning of a token, or nothing. */
export type Slots<V> = Readonly<Record<string, (token: Token) => V | undefined>>;

interface Element<V> {
  readonly optional: boolean;
  readonly words: ReadonlySet<string>;
  readonly slot?: string;
  readonly read?: (token: Token) => V | undefined;
}

export interface Match<V, R> {
  /** The index after its last token. */
  readonly end: number;
  /** What its slots have read, in their order. */
  readonly values: readonly V[];
  /** What the row of the table says of it. */
  readonly result: R;
}

/** Finds the rows of a table whose pattern begins at a token, the longest first, then in the order of the table. */
export type FindMatches<V, R> = (tokens: readonly Token[], start: number) => Match<V, R>[];

/**
 * Compiles a table of patterns such as `le|the? {day} {month} {year}?`: words, alternatives with `|`, slots in braces,
 * and `?` after what may be left out.
 * @throws Error if a slot has no reader
 */
export function compileTable<V, R>(
  rows: readonly (readonly [pattern: string, result: R])[],
  slots: Slots<V>,
): FindMatches<V, R> {
  const compiled = rows.map(([pattern, result]) => ({ elements: compilePattern(pattern, slots), result }));
  const byWord = new Map<string, number[]>();
  const bySlot = new Map<string, number[]>();
  const index = (map: Map<string, number[]>, key: string, row: number) => {
    const known = map.get(key);
    if (known) known.push(row);
    else map.set(key, [row]);
  };
  compiled.forEach(({ elements }, row) => {
    for (const { words, slot, optional } of elements) {
      for (const word of words) index(byWord, word, row);
      if (slot !== undefined) index(bySlot, slot, row);
      if (!optional) break;
    }
  });

  return (tokens, start) => {
    const token = tokens[start];
    if (!token) return [];
    const candidates = new Set(byWord.get(token.word));
    for (const [slot, of] of bySlot)
      if (slots[slot]?.(token) !== undefined) for (const row of of) candidates.add(row);
    const matches: (Match<V, R> & { row: number })[] = [];
    for (const row of candidates) {
      const { elements, result } = compiled[row] as (typeof compiled)[number];
      const match = matchFrom(elements, 0, tokens, start);
      if (match) matches.push({ ...match, result, row });
    }
    return matches.sort((a, b) => b.end - a.end || a.row - b.row);
  };
}

function compilePattern<V>(text: string, slots: Slots<V>): Element<V>[] {
  return text.split(' ').map((part) => {
    const optional = part.endsWith('?');
    const body = optional ? part.slice(0, -1) : part;
    const slot = /^\{(\w+)\}$/.exec(body)?.[1];
    if (slot === undefined) return { optional, words: new Set(body.split('|')) };
    const read = slots[slot];
    if (!read) throw new Error(`the pattern "${text}" has an unknown slot {${slot}}`);
    return { optional, words: new Set(), slot, read };
  });
}

function matchFrom<V>(
  elements: readonly Element<V>[],
  element: number,
  tokens: readonly Token[],
  at: number,
): { end: number; values: V[] } | undefined {
  const next = elements[element];
  if (!next) return { end: at, values: [] };
  const token = tokens[at];
  const value = token && next.read?.(token);
  const isWord = token && /^(word|dash|ordinal)$/.test(token.type) && next.words.has(token.word);
  if (value !== undefined || isWord) {
    const rest = matchFrom(elements, element + 1, tokens, at + 1);
    if (rest) return value === undefined ? rest : { end: rest.end, values: [value, ...rest.values] };
  }
  return next.optional ? matchFrom(elements, element + 1, tokens, at) : undefined;
}
