import { isOneEditApart } from '../domain/schools/edit-distance.js';
import { commonWords } from './common-words.js';
import { everyWeekday, months, numbers, weekdays } from './dates/calendar-words.js';
import { levelNames } from './level-names.js';
import type { Token } from './tokens.js';
import en from './words.en.json' with { type: 'json' };
import fr from './words.fr.json' with { type: 'json' };

/** What words can mean; the lists of both languages are read together, since people mix them. */
export type Concept = Exclude<keyof typeof fr & keyof typeof en, 'spellings'>;

/** Where a concept was found: the index of its first token, and after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Word {
  readonly word: string;
  /** `annul*`: the word only begins so. */
  readonly isStem: boolean;
}
interface Element {
  /** `who|which`: any of these. */
  readonly words: readonly Word[];
  /** `..`: other words may stand in between. */
  readonly afterGap: boolean;
}
interface Phrase {
  readonly concept: Concept;
  readonly elements: readonly Element[];
}

/** How many words `..` stands for at most. */
const longestGap = 4;
/** Letters of a stem under which it is indexed. */
const keyLength = 3;

export const concepts: readonly Concept[] = Object.keys(fr).filter(
  (key): key is Concept => key !== 'spellings' && key in en,
);

function parsePhrase(text: string, concept: Concept): Phrase {
  const elements: Element[] = [];
  let afterGap = false;
  for (const part of text.split(' ').filter(Boolean)) {
    if (part === '..') {
      afterGap = true;
      continue;
    }
    const words = part.split('|').map((word) => {
      const isStem = word.endsWith('*');
      return { word: isStem ? word.slice(0, -1) : word, isStem };
    });
    elements.push({ words, afterGap });
    afterGap = false;
  }
  return { concept, elements };
}

const phrases = concepts.flatMap((concept) =>
  [...fr[concept], ...en[concept]].map((text) => parsePhrase(text, concept)),
);

const byWord = new Map<string, Phrase[]>();
const byStem = new Map<string, Phrase[]>();
for (const phrase of phrases) {
  const [first] = phrase.elements;
  for (const { word, isStem } of first?.words ?? []) {
    const [index, key] = isStem ? [byStem, word.slice(0, keyLength)] : [byWord, word];
    index.set(key, [...(index.get(key) ?? []), phrase]);
  }
}

const fits = ({ words }: Element, token: Token): boolean =>
  words.some(({ word, isStem }) => (isStem ? token.word.startsWith(word) : token.word === word));

/** The end of a phrase that begins at a token; nothing if it does not. */
function matchPhrase({ elements }: Phrase, tokens: readonly Token[], start: number): number | undefined {
  let at = start;
  for (const element of elements) {
    const last = at + (element.afterGap ? longestGap : 0);
    while (at <= last && !(tokens[at] && fits(element, tokens[at] as Token))) at++;
    if (at > last) return undefined;
    at++;
  }
  return at;
}

/** Everything that is meant by the words of a sentence. */
export function findConcepts(tokens: readonly Token[]): Map<Concept, Span[]> {
  const found = new Map<Concept, Span[]>();
  tokens.forEach(({ word }, start) => {
    const candidates = [...(byWord.get(word) ?? []), ...(byStem.get(word.slice(0, keyLength)) ?? [])];
    for (const phrase of candidates) {
      const end = matchPhrase(phrase, tokens, start);
      if (end !== undefined)
        found.set(phrase.concept, [...(found.get(phrase.concept) ?? []), { start, end }]);
    }
  });
  return found;
}

/** Concepts whose words a typing error is never mended to. */
const notMended: ReadonlySet<Concept> = new Set([
  'foreign',
  'other-pupils',
  'rule',
  'search-fillers',
  'courtesy',
  'closings',
  'somebody',
]);
/** Concepts whose words are meant rather than another that is as near: "sesions" is not `serions`. */
const mostMeant: ReadonlySet<Concept> = new Set([
  'session',
  'pupil',
  'trainee',
  'placement',
  'host',
  'class',
  'school',
  'family',
  'careers-fair',
  'company-visit',
  'immersion',
  'helpers',
]);
const elementsOf = (which: (concept: Concept) => boolean): Element[] =>
  phrases.flatMap((p) => (which(p.concept) ? p.elements : []));
const wordsOf = (elements: readonly Element[], areStems: boolean): string[] =>
  elements.flatMap(({ words }) => words.flatMap((w) => (w.isStem === areStems ? [w.word] : [])));
const every = elementsOf(() => true);
const ours = elementsOf((concept) => !notMended.has(concept));

const calendarWords = [
  ...months.keys(),
  ...weekdays.keys(),
  ...everyWeekday,
  ...numbers.keys(),
  ...levelNames,
  ...levelNames.map((name) => `${name}s`),
];
const words = new Set([...wordsOf(every, false), ...calendarWords, ...commonWords]);
const stems = new Set(wordsOf(every, true));
const stemsByKey = new Map<string, string[]>();
for (const stem of stems) {
  const key = stem.slice(0, keyLength);
  stemsByKey.set(key, [...(stemsByKey.get(key) ?? []), stem]);
}

/** Whether a word is one of ours, or begins like one. */
export const isKnownWord = (word: string): boolean =>
  words.has(word) || (stemsByKey.get(word.slice(0, keyLength)) ?? []).some((stem) => word.startsWith(stem));

/** Shorter words are one edit away from too many others; of these only neighbours are swapped. */
const shortest = { swapped: 4, edited: 5 } as const;
const wordsByInitial = new Map<string, string[]>();
const ourWords = new Set([...wordsOf(ours, false), ...calendarWords]);
const ourStems = new Set(wordsOf(ours, true));
const meant = elementsOf((concept) => mostMeant.has(concept));
const nouns = new Set([...wordsOf(meant, false), ...wordsOf(meant, true)]);
// The longest first: "lycens" are pupils rather than schools.
for (const word of [...new Set([...ourWords, ...ourStems])].sort((a, b) => b.length - a.length))
  if (word.length >= shortest.swapped)
    for (const initial of new Set([word[0] ?? '', word[1] ?? '']))
      wordsByInitial.set(initial, [...(wordsByInitial.get(initial) ?? []), word]);

const areSwapped = (a: string, b: string): boolean =>
  a.length === b.length &&
  a !== b &&
  [...a].sort().join('') === [...b].sort().join('') &&
  isOneEditApart(a, b);

/** The word that was meant, if one letter of it is wrong. */
function correct(word: string): string {
  if (word.length < shortest.swapped || isKnownWord(word)) return word;
  const isEdited = (other: string) =>
    areSwapped(word, other) ||
    (word.length >= shortest.edited &&
      other.length >= shortest.edited &&
      word[0] === other[0] &&
      isOneEditApart(word, other));
  const candidates = wordsByInitial.get(word[0] ?? '') ?? [];
  // "acceuillir" begins with what is one edit from `accueil`.
  const beginsLike = (stem: string) =>
    stem.length >= shortest.edited &&
    word[0] === stem[0] &&
    [-1, 0, 1].some((n) => {
      const beginning = word.slice(0, stem.length + n);
      return beginning.length >= shortest.edited && isOneEditApart(beginning, stem);
    });
  const among = (isMeant: (other: string) => boolean) =>
    candidates.find((other) => isMeant(other) && ourWords.has(other) && isEdited(other)) ??
    candidates.find((stem) => isMeant(stem) && ourStems.has(stem) && beginsLike(stem));
  return among((other) => nouns.has(other)) ?? among(() => true) ?? word;
}

const spellings: Readonly<Record<string, string>> = { ...en.spellings, ...fr.spellings };

/** The tokens with abbreviations written out and typing errors mended, except in names. */
export function mendSpelling(tokens: readonly Token[]): Token[] {
  const shouts = tokens.filter(({ raw }) => raw !== raw.toLowerCase()).length > tokens.length / 2;
  return tokens.flatMap((token, i): Token[] => {
    if (token.type !== 'word') return [token];
    const spelling = Object.hasOwn(spellings, token.word) ? spellings[token.word] : undefined;
    if (spelling !== undefined) return spelling.split(' ').map((word) => ({ ...token, word }));
    const startsSentence = i === 0 || /[.!?:\n]/.test(token.gap);
    const isName = /^\p{Lu}/u.test(token.raw) && !shouts && !startsSentence;
    return [isName ? token : { ...token, word: correct(token.word) }];
  });
}
