/** A word, number, date in digits or time of day of a sentence, in its order. */
export interface Token {
  readonly type: 'word' | 'number' | 'ordinal' | 'date' | 'hour' | 'after' | 'dash';
  /** For comparison: without case and accents, and without a typing error that was recognised. */
  readonly word: string;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** What stands between it and the token before. */
  readonly gap: string;
}

/** A longer message is not one request: only its beginning is read. */
export const longest = { letters: 500, tokens: 80, beginning: 200 } as const;

const shapes = [
  // 12/03, 12.03.2027, 2027-03-12; but not 2.30pm.
  ['date', /\d{4}-\d\d-\d\d|\d\d?[/.]\d\d?[/.]\d{2,4}|\d\d?\/\d\d?|\d\d\.\d\d(?! ?[ap]m)|\d\d-\d\d-\d{4}/],
  // 14h, 14 h 30, 14:30, 2pm, 2.30 pm
  ['hour', /\d\d? ?h(?: ?\d\d)?(?:eures?)?|\d\d?[:.]\d\d ?(?:[ap]\.?m)?|\d\d? ?[ap]\.?m/],
  // J+3
  ['after', /j ?\+ ?\d\d?/],
  ['ordinal', /\d\d?(?:i?[eè]m(?:es?)?|[eè]re?s?|es?|er|nde?s?|des?|st|rd|th)/],
  ['number', /\d{1,9}/],
  ['dash', /(?<=[\dhm] ?)[-–—](?= ?\d)/],
  ['word', /[\p{L}\p{M}]+/u],
] as const satisfies readonly (readonly [Token['type'], RegExp])[];

/** Shapes that letters or digits may follow: "12mars", "S12". */
const open = new Set(['number', 'dash', 'word']);

const anyShape = new RegExp(
  shapes
    .map(([type, { source }]) => `(?<${type}>${source}${open.has(type) ? '' : '(?![\\p{L}\\p{N}])'})`)
    .join('|'),
  'giu',
);

/** A word for comparison: without case, accents, ligatures and symbols. */
export const foldWord = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');

/** A name of several words for comparison: "Le Puy-en-Velay" is `le puy en velay`. */
export const foldName = (name: string): string =>
  foldWord(name)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** The tokens of a text; those of its first part if it is long. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const match of text.slice(0, longest.letters).matchAll(anyShape)) {
    const [raw] = match;
    const type = shapes.find(([name]) => match.groups?.[name] !== undefined)?.[0] ?? 'word';
    const start = match.index;
    const end = start + raw.length;
    tokens.push({
      type,
      word: type === 'dash' ? '-' : foldWord(raw),
      raw,
      start,
      end,
      gap: text.slice(last, start),
    });
    last = end;
    if (tokens.length === longest.tokens) break;
  }
  return tokens;
}
