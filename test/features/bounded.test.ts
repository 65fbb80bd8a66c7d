import { readdirSync, readFileSync } from 'node:fs';
import { boundedId, boundedText, boundedWord } from '../../src/features/shared/bounded-text.js';

const throwing: readonly unknown[] = [
  { length: { toString: 1 } },
  { length: { valueOf: 1, toString: 1 } },
  { toString: 1 },
  { length: 1 },
  ['a'],
  1,
  true,
  null,
  undefined,
];
const schemas = [boundedText(5), boundedWord(5), boundedId(5)] as const;
const takes = (value: unknown): boolean[] => schemas.map((schema) => schema.safeParse(value).success);

it.each(
  throwing.map((value) => [JSON.stringify(value), value]),
)('%s is no text, and nothing throws', (_, value) => {
  expect(takes(value)).toEqual([false, false, false]);
});

it.each([
  ['a word', 'a:1-_', [true, true, true]],
  ['six letters', 'abcdef', [false, false, false]],
  ['nothing', '', [true, true, false]],
  ['two words', 'a b', [true, false, false]],
  ['two lines', 'a\nb', [true, false, false]],
  ['a NUL', 'a\0', [true, false, false]],
  ['half a character', 'a\ud800', [true, false, false]],
  ['a whole character of two halves', '\u{1f600}', [true, true, true]],
  ['another direction of writing', '\u202ea', [true, false, false]],
  ['something unseen', 'a\u200b', [true, false, false]],
  ['the folder above', '..', [true, false, false]],
])('%s', (_, value, expected) => {
  expect(takes(value)).toEqual(expected);
});

it('what clients send is bounded by these alone: zod’s own bounds throw at an object with a strange length', () => {
  const files = ['src/features', 'src/teams'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  );
  expect(files.length).toBeGreaterThan(50);
  const bounds = /z\s*\.\s*string\(\)\s*\.\s*(min|max|length|nonempty)\(/;
  const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  expect(files.filter((file) => bounds.test(code(file)))).toEqual([]);
});
