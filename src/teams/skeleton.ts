/**
 * Data of one shape differ in their texts only, so that what a template makes of one of them, with marks in the place
 * of the texts, serves for all.
 */
export interface Shape {
  /** Everything but the texts that are not empty: names, order, numbers. */
  readonly shape: string;
  readonly texts: readonly string[];
}

/** The names of properties whose text chooses something in the template: it belongs to the shape. */
type Literal = ReadonlySet<string>;

/** Of Unicode's private use: no keyboard has it. A typed one is itself masked, and harms nothing. */
const edge = '\uE000';

/** The shape of a card's data, and its texts in the order in which they stand there. */
export function shapeOf(data: unknown, literal: Literal): Shape {
  const texts: string[] = [];
  const of = (value: unknown, stays: boolean): string => {
    if (typeof value === 'string') {
      if (value === '' || stays) return `"${value.length}:${value}`;
      texts.push(value);
      return '"';
    }
    if (typeof value !== 'object' || value === null) return `${String(value)};`;
    let shape = '';
    if (Array.isArray(value)) {
      for (const item of value) shape += of(item, stays);
      return `[${value.length}:${shape}`;
    }
    for (const key of Object.keys(value)) {
      shape += `${key}:${of((value as Record<string, unknown>)[key], literal.has(key))}`;
    }
    return `{${shape}}`;
  };
  return { shape: of(data, false), texts };
}

/** The same data with a mark, the number of the text, in the place of each text of its shape. */
export function masked(data: unknown, literal: Literal): unknown {
  let count = 0;
  const copy = (value: unknown, stays: boolean): unknown => {
    if (typeof value === 'string') return value === '' || stays ? value : `${edge}${count++}${edge}`;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => copy(item, stays));
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, copy(v, literal.has(key))]));
  };
  return copy(data, false);
}

/** JSON cut at the marks: what comes first, then the number of a text and what comes after it. */
export interface Skeleton {
  readonly first: string;
  readonly rest: readonly { readonly text: number; readonly after: string }[];
}

/** Cuts the JSON of what a template made of masked data. */
export function cut(json: string): Skeleton {
  const [first = '', ...rest] = json.split(edge);
  return {
    first,
    rest: rest.flatMap((piece, i) => (i % 2 ? [] : [{ text: Number(piece), after: rest[i + 1] ?? '' }])),
  };
}

/** The JSON with the texts in place. */
export function fill({ first, rest }: Skeleton, texts: readonly string[]): string {
  let json = first;
  for (const { text, after } of rest) json += inJson(texts[text] ?? '') + after;
  return json;
}

/** Most texts stand in JSON as they are. Half a surrogate pair does not. */
const mustBeEscaped = /["\\\p{Cc}\p{Cs}]/u;
const inJson = (text: string): string =>
  mustBeEscaped.test(text) ? JSON.stringify(text).slice(1, -1) : text;
