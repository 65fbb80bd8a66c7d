import type { Level } from '../domain/action.js';
import { classNames } from './level-names.js';
import { compileTable } from './patterns.js';
import type { Token } from './tokens.js';
import type { Span } from './vocabulary.js';

/** A level of pupils in a sentence; without a code for one that has none, such as 6e. */
export interface LevelSpan extends Span {
  readonly level?: Level;
}

/** The number of a French class: 3 for "3e", "3ème". */
const classNumber = ({ type, word }: Token): number | undefined => {
  const [, n, suffix] =
    type === 'ordinal' ? (/^(\d\d?)(e|es|em|eme|emes|ieme|iemes|de|des|nde|ndes)$/.exec(word) ?? []) : [];
  if (n === undefined || (n === '2' && !/^n?des?$/.test(suffix ?? ''))) return undefined;
  return Number(n);
};
const grades: Readonly<Record<string, number>> = { seventh: 7, eighth: 8, ninth: 9, tenth: 10 };
/** The American grade of each French class. */
const classOfGrade: Readonly<Record<number, number>> = { 7: 5, 8: 4, 9: 3, 10: 2 };
/** The British year of each French class. */
const classOfYear: Readonly<Record<number, number>> = { 8: 5, 9: 4, 10: 3, 11: 2 };

const slots = {
  class: (token: Token) => classNumber(token) ?? classNames[token.word.replace(/s$/, '')],
  grade: ({ type, word }: Token) => {
    const n = type === 'ordinal' && word.endsWith('th') ? Number.parseInt(word, 10) : grades[word];
    return n === undefined ? undefined : (classOfGrade[n] ?? 0);
  },
  number: ({ type, word }: Token) => (type === 'number' ? (classOfGrade[Number(word)] ?? 0) : undefined),
  year: ({ type, word }: Token) => (type === 'number' ? classOfYear[Number(word)] : undefined),
};

/** `{class}` 3 followed by what makes it the vocational one. */
const prepa = 'prepa|prepas';
const findNames = compileTable<number, 'prepa' | 'class' | 'none'>(
  [
    [`{class} ${prepa} metiers|metier|pro`, 'prepa'],
    [`{class} de|en ${prepa} metiers|metier|pro`, 'prepa'],
    [`{class} ${prepa}`, 'prepa'],
    [`{class} pm`, 'prepa'],
    [`${prepa} metiers|metier|pro`, 'prepa'],
    ['{class}', 'class'],
    ['{grade} grade|graders|grader', 'class'],
    ['grade|grades {number}', 'class'],
    ['year|yr {year}', 'class'],
    ['terminale|terminales|sixieme|sixiemes|cap|premieres', 'none'],
  ],
  slots,
);

const codes: Readonly<Record<number, Level>> = { 5: '5e', 4: '4e', 3: '3e', 2: '2de' };
/** What "seconde" is the second of, when it is no level. */
const counted = new Set(['quinzaine', 'moitie', 'semaine', 'partie', 'fois', 'date']);

/** The levels of pupils that a sentence names. */
export function findLevels(tokens: readonly Token[], isTaken: (at: number) => boolean): LevelSpan[] {
  const found: LevelSpan[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (isTaken(at)) continue;
    const [best] = findNames(tokens, at);
    // "We met this year 10 pupils"
    const isNoLevel =
      /^(year|yr)$/.test(tokens[at]?.word ?? '') &&
      /^(this|last|next|per|a|every|each|school)$/.test(tokens[at - 1]?.word ?? '');
    // "La seconde quinzaine", "la 1re semaine"
    const isSecond =
      best?.end === at + 1 && /^(seconde|premiere|1(re|ere)|2(de|nde|e|eme))$/.test(tokens[at]?.word ?? '');
    if (
      !best ||
      isNoLevel ||
      (isSecond && counted.has(tokens[best.end]?.word ?? '') && tokens[best.end]?.gap === ' ')
    )
      continue;
    const [n] = best.values;
    const level = best.result === 'prepa' ? '3e-prepa-metiers' : n === undefined ? undefined : codes[n];
    found.push({ start: at, end: best.end, ...(level ? { level } : {}) });
    at = best.end - 1;
  }
  return found;
}
