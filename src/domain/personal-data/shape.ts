/**
 * The shape of a text: a string with one letter per word or sign, which says only what kind it is. "Léa, 14 ans" is
 * NAME COMMA AGE.
 */
import { isFirstName } from './first-names.js';
import { findEntry, findStem } from './lexicon.js';
import { type WordKind, words } from './words.js';

/**
 * The kinds of words and signs besides those of `words.ts`. A BIRTHDAY is a date whose year could be a pupil's year
 * of birth.
 */
const otherKinds = [
  ...(['DATE', 'BIRTHDAY', 'BIRTHYEAR', 'CLASS', 'AGE', 'NUMBER'] as const),
  ...(['NAME', 'CAPITAL', 'ACRONYM', 'COMMA', 'COLON', 'STOP', 'OTHER'] as const),
];
type Kind = WordKind | (typeof otherKinds)[number];

/** A letter for each kind, from À on: none of these has a meaning in a regular expression. */
const letterByKind = new Map<string, string>(
  [...Object.keys(words), ...otherKinds].map((kind, i) => [kind, String.fromCharCode(0xc0 + i)]),
);

/** Compiles a pattern for shapes, written with the names of kinds: `compilePattern('PUPIL COLON? NAME')`. */
export const compilePattern = (source: string): RegExp =>
  new RegExp(
    source
      .replace(/[A-Z]+/g, (kind) => {
        const letter = letterByKind.get(kind);
        if (letter === undefined) throw new Error(`"${kind}" is no kind of word`);
        return letter;
      })
      .replaceAll(' ', ''),
    'g',
  );

const compactDay = '[0-3][0-9][01][0-9]20[01][0-9]';
const tokenPattern = new RegExp(
  [
    // A date: 12/03/2011, 2011-03-12, 12032011.
    String.raw`(?<!\d)\d{1,2}(?: ?[./-] ?| )\d{1,2}(?: ?[./-] ?| )(?:\d{4}|\d{2})(?!\d)`,
    String.raw`\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)${compactDay}(?!\d)`,
    // A class: 3e, 3eB, 2de4, Year 9, 9th grade.
    String.raw`(?<![\d\p{L}])(?:(?:[3-6](?:e|eme|ieme|°)|2n?de)[a-h]?\d?|[3-6][a-d])(?![\p{L}\d])`,
    String.raw`(?<!\p{L})(?:year|grade) \d{1,2}(?!\d)|\d{1,2}th grade`,
    String.raw`\d+`,
    // The full stop after a title, an abbreviation or an initial does not end a sentence.
    String.raw`(?:MM?|Mrs?|Ms|Mme|Dr|St|naiss)\.(?= ?[\p{L}\d])|(?<!\p{L})\p{Lu}\.|\p{L}+`,
    String.raw`[,()/:.!?;\n]| - `,
  ].join('|'),
  'giu',
);

/** Years of birth of pupils in school years up to 2033. */
const birthYear = /200[5-9]|201\d/;
const signs: Readonly<Record<string, Kind>> = {
  ':': 'COLON',
  '.': 'STOP',
  '!': 'STOP',
  '?': 'STOP',
  ';': 'STOP',
  '\n': 'STOP',
};

function classifyToken(said: string): Kind {
  if (/^\p{L}/u.test(said)) {
    if (/\d$/.test(said)) return 'CLASS';
    if (isFirstName(said)) return 'NAME';
    if (/^\p{Lu}{1,4}\.?$/u.test(said)) return 'ACRONYM';
    return /^\p{Lu}/u.test(said) ? 'CAPITAL' : 'OTHER';
  }
  if (!/^\d/.test(said)) return signs[said] ?? 'COMMA';
  if (/[\p{L}°]/u.test(said)) return 'CLASS';
  if (/\D/.test(said)) return birthYear.test(said) ? 'BIRTHDAY' : 'DATE';
  if (said.length === 8 && new RegExp(compactDay).test(said)) return 'DATE';
  if (said.length === 4 && birthYear.test(said)) return 'BIRTHYEAR';
  return said.length < 3 && Number(said) >= 9 && Number(said) <= 18 ? 'TEEN' : 'NUMBER';
}

/** Corrections that depend on the context: an age, a floor taken for a class, a place with its name. */
const rereadings: readonly (readonly [RegExp, string])[] = [
  [compilePattern('TEEN YEARS (?!OF)'), letterByKind.get('AGE') ?? ''],
  [compilePattern('CLASS (?=[ORDINAL STREET])'), letterByKind.get('NUMBER') ?? ''],
  // But not "le collège de Léa".
  [
    compilePattern(
      '([PLACE STREET]) (?! OF NAME (?! [NAME CAPITAL]))' +
        '[PLACE LINK OF TITLE MRS STAFF]{0,3} [NAME CAPITAL] (?: [OF LINK]? [NAME CAPITAL]){0,3}',
    ),
    '$1',
  ],
  [compilePattern('TITLE? [NAME CAPITAL]{1,3} ([SCHOOL STREET])'), '$1'],
];

/** The shape of a text that has been normalised (`normalise`). */
export function toShape(text: string): string {
  const found = (text.match(tokenPattern) ?? []).map((s) =>
    s.length > 2 && s.endsWith('.') ? s.slice(0, -1) : s,
  );
  const tokens = { words: found, lower: found.map((s) => s.toLowerCase()) };
  const kindByWord = new Map<string, Kind>();
  const classifyAlone = (word: string): Kind => {
    const kind = kindByWord.get(word) ?? findStem(word.toLowerCase()) ?? classifyToken(word);
    kindByWord.set(word, kind);
    return kind;
  };
  const shape: string[] = [];
  for (let at = 0; at < found.length; ) {
    const entry = findEntry(tokens, at);
    shape.push(letterByKind.get(entry?.kind ?? classifyAlone(found[at] ?? '')) ?? '');
    at += entry?.length ?? 1;
  }
  return rereadings.reduce((read, [reading, instead]) => read.replace(reading, instead), shape.join(''));
}
