/**
 * A text as a row of letters, one for each word or sign: what it is, no matter which one. "Léa, 14 ans" is
 * NAME COMMA AGE.
 */
import { isFirstName } from './first-names.js';
import { entryAt, stemOf } from './lexicon.js';
import { type WordKind, words } from './words.js';

/** What a word or sign can be besides the kinds of `words.ts`. A BIRTHDAY could be a pupil's, by its year. */
const otherKinds = [
  ...(['DATE', 'BIRTHDAY', 'BIRTHYEAR', 'CLASS', 'AGE', 'NUMBER'] as const),
  ...(['NAME', 'CAPITAL', 'ACRONYM', 'COMMA', 'COLON', 'STOP', 'OTHER'] as const),
];
type Kind = WordKind | (typeof otherKinds)[number];

/** A letter for each kind: from À on, where none of them means anything in a pattern. */
const letterOf = new Map<string, string>(
  [...Object.keys(words), ...otherKinds].map((kind, i) => [kind, String.fromCharCode(0xc0 + i)]),
);

/** A pattern to look for in shapes, written with the names of the kinds: `pattern('PUPIL COLON? NAME')`. */
export const pattern = (source: string): RegExp =>
  new RegExp(
    source
      .replace(/[A-Z]+/g, (kind) => {
        const letter = letterOf.get(kind);
        if (letter === undefined) throw new Error(`"${kind}" is no kind of word`);
        return letter;
      })
      .replaceAll(' ', ''),
    'g',
  );

const compactDay = '[0-3][0-9][01][0-9]20[01][0-9]';
const token = new RegExp(
  [
    // A day: 12/03/2011, 2011-03-12, 12032011.
    String.raw`(?<!\d)\d{1,2}(?: ?[./-] ?| )\d{1,2}(?: ?[./-] ?| )(?:\d{4}|\d{2})(?!\d)`,
    String.raw`\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)${compactDay}(?!\d)`,
    // A class: 3e, 3eB, 2de4, Year 9, 9th grade.
    String.raw`(?<![\d\p{L}])(?:(?:[3-6](?:e|eme|ieme|°)|2n?de)[a-h]?\d?|[3-6][a-d])(?![\p{L}\d])`,
    String.raw`(?<!\p{L})(?:year|grade) \d{1,2}(?!\d)|\d{1,2}th grade`,
    String.raw`\d+`,
    // The point of a title, an abbreviation or an initial ends no sentence.
    String.raw`(?:MM?|Mrs?|Ms|Mme|Dr|St|naiss)\.(?= ?[\p{L}\d])|(?<!\p{L})\p{Lu}\.|\p{L}+`,
    String.raw`[,()/:.!?;\n]| - `,
  ].join('|'),
  'giu',
);

/** The pupils of the school years up to 2033 are born in these years. */
const birthYear = /200[5-9]|201\d/;
const signs: Readonly<Record<string, Kind>> = {
  ':': 'COLON',
  '.': 'STOP',
  '!': 'STOP',
  '?': 'STOP',
  ';': 'STOP',
  '\n': 'STOP',
};

function kindOf(said: string): Kind {
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

/** Said again with what stands around: an age, a floor that is no class, a place with its name. */
const readAgain: readonly (readonly [RegExp, string])[] = [
  [pattern('TEEN YEARS (?!OF)'), letterOf.get('AGE') ?? ''],
  [pattern('CLASS (?=[ORDINAL STREET])'), letterOf.get('NUMBER') ?? ''],
  // Not "le collège de Léa".
  [
    pattern(
      '([PLACE STREET]) (?! OF NAME (?! [NAME CAPITAL]))' +
        '[PLACE LINK OF TITLE MRS STAFF]{0,3} [NAME CAPITAL] (?: [OF LINK]? [NAME CAPITAL]){0,3}',
    ),
    '$1',
  ],
  [pattern('TITLE? [NAME CAPITAL]{1,3} ([SCHOOL STREET])'), '$1'],
];

/** The shape of a text that `plain` has gone through. */
export function shapeOf(text: string): string {
  const found = (text.match(token) ?? []).map((s) => (s.length > 2 && s.endsWith('.') ? s.slice(0, -1) : s));
  const said = { words: found, lower: found.map((s) => s.toLowerCase()) };
  const alone = new Map<string, Kind>();
  const kindAlone = (word: string): Kind => {
    const kind = alone.get(word) ?? stemOf(word.toLowerCase()) ?? kindOf(word);
    alone.set(word, kind);
    return kind;
  };
  const shape: string[] = [];
  for (let at = 0; at < found.length; ) {
    const entry = entryAt(said, at);
    shape.push(letterOf.get(entry?.kind ?? kindAlone(found[at] ?? '')) ?? '');
    at += entry?.length ?? 1;
  }
  return readAgain.reduce((read, [reading, instead]) => read.replace(reading, instead), shape.join(''));
}
