/**
 * Data of one shape differ only in their texts. A template is expanded once per shape, with marks in place of the
 * texts, and serves for all data of that shape.
 */
export interface Shape {
  /** Everything but the non-empty texts: names, order, numbers. */
  readonly shape: string;
  readonly texts: readonly string[];
}

/** Names of properties whose texts select something in the template, and so belong to the shape. */
type Literal = ReadonlySet<string>;

/** From Unicode's private use area, so nobody types it; one that is typed is masked itself and does no harm. */
const markEdge = '\uE000';

/** The shape of a card's data, and its texts in order. */
export function toShape(data: unknown, literal: Literal): Shape {
  const texts: string[] = [];
  const describeValue = (value: unknown, stays: boolean): string => {
    if (typeof value === 'string') {
      if (value === '' || stays) return `"${value.length}:${value}`;
      texts.push(value);
      return '"';
    }
    if (typeof value !== 'object' || value === null) return `${String(value)};`;
    let shape = '';
    if (Array.isArray(value)) {
      for (const item of value) shape += describeValue(item, stays);
      return `[${value.length}:${shape}`;
    }
    for (const key of Object.keys(value)) {
      shape += `${key}:${describeValue((value as Record<string, unknown>)[key], literal.has(key))}`;
    }
    return `{${shape}}`;
  };
  return { shape: describeValue(data, false), texts };
}

/** The same data with each text replaced by a mark, its number. */
export function maskTexts(data: unknown, literal: Literal): unknown {
  let count = 0;
  const copy = (value: unknown, stays: boolean): unknown => {
    if (typeof value === 'string') return value === '' || stays ? value : `${markEdge}${count++}${markEdge}`;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => copy(item, stays));
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, copy(v, literal.has(key))]));
  };
  return copy(data, false);
}

/** JSON cut at the marks: the beginning, then the number of each text with what follows it. */
export interface Skeleton {
  readonly first: string;
  readonly rest: readonly { readonly text: number; readonly after: string }[];
}

/** Cuts the JSON that a template made of masked data. */
export function cutAtMarks(json: string): Skeleton {
  const [first = '', ...rest] = json.split(markEdge);
  return {
    first,
    rest: rest.flatMap((piece, i) => (i % 2 ? [] : [{ text: Number(piece), after: rest[i + 1] ?? '' }])),
  };
}

/** The JSON with its texts inserted. */
export function fillTexts({ first, rest }: Skeleton, texts: readonly string[]): string {
  let json = first;
  for (const { text, after } of rest) json += toJsonText(texts[text] ?? '') + after;
  return json;
}

/** Most texts need no escaping in JSON; lone surrogates do. */
const mustBeEscaped = /["\\\p{Cc}\p{Cs}]/u;
const toJsonText = (text: string): string =>
  mustBeEscaped.test(text) ? JSON.stringify(text).slice(1, -1) : text;
