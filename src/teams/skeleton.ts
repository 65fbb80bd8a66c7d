/**
 * A card's data with every text that is not empty replaced by a mark, and those texts. Data of one shape differ in
 * their texts only, so that what a template makes of one of them serves for all.
 */
export interface Masked {
  /** Everything but the texts: names, order, numbers, which texts are empty. */
  readonly shape: string;
  readonly data: unknown;
  readonly texts: readonly string[];
}

/** Of Unicode's private use: no keyboard has it. A typed one is itself masked, and harms nothing. */
const edge = '\uE000';

/**
 * Masks data.
 * @param literal names of properties whose text chooses something in the template, and stays as it is
 */
export function mask(data: unknown, literal: ReadonlySet<string>): Masked {
  const texts: string[] = [];
  let shape = '';
  const masked = (value: unknown, stays: boolean): unknown => {
    if (typeof value === 'string') {
      if (value === '' || stays) {
        shape += `"${value.length}:${value}`;
        return value;
      }
      shape += '"';
      return `${edge}${texts.push(value) - 1}${edge}`;
    }
    if (typeof value !== 'object' || value === null) {
      shape += `${String(value)};`;
      return value;
    }
    if (Array.isArray(value)) {
      shape += `[${value.length}:`;
      return value.map((item) => masked(item, stays));
    }
    shape += '{';
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      shape += `${key}:`;
      copy[key] = masked((value as Record<string, unknown>)[key], literal.has(key));
    }
    shape += '}';
    return copy;
  };
  return { data: masked(data, false), shape, texts };
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
