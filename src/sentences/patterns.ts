import type { Token } from './tokens.js';

/** What a slot of a pattern accepts, and what it means; nothing if it does not accept the token. */
export type SlotReaders<T> = Readonly<Record<string, (token: Token) => T | undefined>>;

interface Element<T> {
  readonly optional: boolean;
  readonly words: ReadonlySet<string>;
  readonly read?: (token: Token) => T | undefined;
}

export interface Pattern<T> {
  readonly elements: readonly Element<T>[];
}

export interface Match<T> {
  /** The index after its last token. */
  readonly end: number;
  readonly values: readonly T[];
}

/**
 * Compiles a pattern such as `le|the? {day} {month} {year}?`: words, alternatives with `|`, slots in braces, and `?`
 * after what may be left out.
 * @throws Error if a slot has no reader
 */
export function compilePattern<T>(text: string, readers: SlotReaders<T>): Pattern<T> {
  const elements = text.split(' ').map((part): Element<T> => {
    const optional = part.endsWith('?');
    const body = optional ? part.slice(0, -1) : part;
    const slot = /^\{(\w+)\}$/.exec(body)?.[1];
    if (slot === undefined) return { optional, words: new Set(body.split('|')) };
    const read = readers[slot];
    if (!read) throw new Error(`the pattern "${text}" has an unknown slot {${slot}}`);
    return { optional, words: new Set(), read };
  });
  return { elements };
}

/** The longest match of a pattern that begins at a token. */
export function matchAt<T>({ elements }: Pattern<T>, tokens: readonly Token[], start: number): Match<T> | undefined {
  const walk = (element: number, at: number): { end: number; values: T[] } | undefined => {
    const next = elements[element];
    if (!next) return { end: at, values: [] };
    const token = tokens[at];
    if (token) {
      const value = next.read?.(token);
      const fits = next.read ? value !== undefined : (token.type === 'word' || token.type === 'dash') && next.words.has(token.word);
      const rest = fits ? walk(element + 1, at + 1) : undefined;
      if (rest) return value === undefined ? rest : { end: rest.end, values: [value, ...rest.values] };
    }
    return next.optional ? walk(element + 1, at) : undefined;
  };
  return walk(0, start);
}
