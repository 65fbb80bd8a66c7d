/** The ways in which an activity is changed, by their names. */
import type { Chance } from '../year/company.js';
import { foreignIds } from './seeds.js';

/** In every text of ours, so that it can be found again. */
export const mark = 'Tintenfisch';
/** What a template would make of `${7*191}`: seen nowhere when nothing that was sent is evaluated. */
export const evaluated = `1337${mark}`;

const nested = (levels: number): unknown => {
  let value: unknown = mark;
  for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { [mark]: value };
  return value;
};

/** What stands in the place of a value, by the kind of mutation. */
export const replacements: Record<string, readonly unknown[]> = {
  types: [
    ...[0, -1, true, false, null, [], {}, [mark], [null], '', ' ', { [mark]: mark }, { length: 3 }],
    { length: { toString: 1, valueOf: 1 }, [mark]: 1 },
    { toString: mark, valueOf: mark },
    { toJSON: mark },
    JSON.parse('{"then":1}'),
    { id: { length: { toString: 1 } }, verb: { length: { toString: 1 } }, length: 1 },
  ],
  nesting: [2, 5, 20, 100, 400].map(nested),
  unicode: [
    `${mark}\0`,
    '\0',
    `${mark}\ud800`,
    '\udc00',
    `é${'\u0301'.repeat(300)}`,
    '\ufeff\u200b\u2060',
    '𝕻𝖆𝖘𝖘𝖊𝖗𝖊𝖑𝖑𝖊',
    '👩‍🏫'.repeat(200),
    `${mark}\u2028\u2029\u0085`,
    'ﬃ ①② ٣٤ ½',
  ],
  prototype: [
    ...['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf'],
    JSON.parse(`{"__proto__":{"id":"${mark}","coordinator":true,"admin":true}}`),
    JSON.parse(`{"constructor":{"prototype":{"id":"${mark}","coordinator":true}}}`),
  ],
  numbers: [
    ...[-0, 0.1, 1e308, -1e308, 2 ** 53, -(2 ** 63), 99_999_999_999, 1e-320],
    ...['NaN', 'Infinity', '-1', '1e9', '0x10', '٣', '1,5', '007', '9'.repeat(400), '-0'],
  ],
  dates: [
    ...[
      '2027-02-29',
      '2026-13-40',
      '0000-00-00',
      '9999-12-31',
      '+275760-09-14',
      '1582-10-10',
      '-000001-01-01',
    ],
    ...[
      '2026-11-23T25:61:61Z',
      '2026-11-23T07:30:00.000Z',
      '31/02/2027',
      'demain',
      '24:00',
      '99:99',
      'Invalid Date',
    ],
  ],
  ids: foreignIds,
  templates: [
    `\${7*191}${mark}`,
    `\${string(7*191)}${mark}`,
    `\${json('{"a":1}')}`,
    `\${$root}`,
    `\${$data.t}`,
    `{{${mark}}}`,
    `{{DATE(2026-11-23T00:00:00Z,SHORT)}}`,
    `\${t.help.help.heading}`,
    `<%= 7*191 %>${mark}`,
    `\${`,
  ],
  markdown: [
    `[${mark}](https://exemple.invalid/${mark})`,
    `**${mark}** _${mark}_ \`${mark}\``,
    `![${mark}](https://exemple.invalid/pixel.png)`,
    `# ${mark}\r\n- un\r\n- deux`,
    `\r\n\r\n1. ${mark}`,
    `<https://exemple.invalid/${mark}>`,
    `|a|b|\n|-|-|\n|${mark}|`,
    `\\[${mark}\\](x)`,
  ],
  html: [
    `<at>${mark}</at>`,
    '<at id="0">Hugo Témoin</at>',
    `<script>${mark}</script>`,
    `<img src=x onerror=${mark}>`,
    '<attachment id="1"></attachment>',
    `&lt;${mark}&#0;&#x202e;&amp;`,
    `<blockquote itemid="1">${mark}</blockquote>`,
  ],
  direction: [
    `\u202e${mark}\u202c`,
    `\u2066${mark}`,
    `\u200f${mark}\u200f`,
    `\u061c${mark}`,
    `א${mark}ب`,
    '\u202e',
  ],
  lengths: [
    mark.repeat(200),
    'a'.repeat(20_000),
    `${mark} `.repeat(1_000),
    Array(300).fill(mark),
    'a,'.repeat(500),
  ],
  paths: [
    `../../${mark}`,
    `%00${mark}`,
    `/etc/passwd`,
    `${mark}\r\nx: y`,
    `'; drop table actions; --`,
    `${mark}|x:y;z`,
  ],
};

/** The paths to all that can be replaced in a value, itself left out. */
export function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsIn(inner).map((p) => [key, ...p])]);
}

/** A copy of a value with what is at the path replaced, or added there. */
export function replaced(value: unknown, [key = '', ...rest]: readonly string[], by: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null;
  const copy = (Array.isArray(value) ? [...value] : { ...(isObject ? value : {}) }) as Record<
    string,
    unknown
  >;
  const inner = rest.length === 0 ? by : replaced(copy[key], rest, by);
  // Not assigned: `__proto__` would be the prototype.
  Object.defineProperty(copy, key, { value: inner, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** Whether it is what somebody sends, not what Teams says of it. */
export const isOwn = (path: readonly string[]): boolean =>
  ['value', 'text', 'attachments'].includes(path[0] ?? '');

/** Replaces one part of an activity: mostly of what somebody sends, now and then of what Teams says of it. */
export function replaceOne(activity: unknown, kind: string, chance: Chance): unknown {
  const paths = pathsIn(activity);
  const own = paths.filter(isOwn);
  const path = own.length > 0 && chance.hits(0.75) ? chance.pick(own) : chance.pick(paths);
  const by = chance.pick(replacements[kind] ?? []);
  if (kind === 'prototype' && chance.hits(0.5)) {
    const key = chance.pick(['__proto__', 'constructor', 'prototype', 'toString']);
    return replaced(activity, [...path.slice(0, -1), key], by);
  }
  return replaced(activity, path, by);
}

/** Breaks the text of a body. */
export function breakText(text: string, chance: Chance): string {
  const at = chance.between(0, text.length);
  return chance.pick<() => string>([
    () => text.slice(0, at),
    () => `${text.slice(0, at)}${chance.pick(['"', '{', '}', ',', '\\', '\0', 'null'])}${text.slice(at)}`,
    () => `[${text}]`,
    () => `${text}${text}`,
    () => `\ufeff${text}`,
    () => text.replace('{', '{"type":"message","type":"invoke","from":null,'),
    () => text.replaceAll('"', "'"),
    () => chance.pick(['', ' ', 'null', '0', '""', '[]', '{}', `{"a":`.repeat(5_000), '['.repeat(50_000)]),
  ])();
}
