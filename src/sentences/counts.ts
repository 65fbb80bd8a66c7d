import { toNumber } from './dates/slots.js';
import type { Token } from './tokens.js';
import type { Concept, Span } from './vocabulary.js';

/** What may stand between a number and what it counts: "deux jeunes élèves", "a couple of 3e kids". */
const between = new Set(
  'd de of jeune jeunes nouveau nouveaux nouvelle autre autres petit petits petite young more other new extra work experience observation stage stages placement internship free free available bons bonnes good school lycee college high middle secondary women female motivated motives'.split(
    ' ',
  ),
);
/** "Une classe de 28 élèves": the size of a class is no number of places. */
const sizes = new Set('classe classes class groupe groupes group promo'.split(' '));
const most = 999;

export interface CountedWords {
  /** Tokens that are counted: pupils, places, levels as in "deux 3e". */
  readonly spans: readonly Span[];
  /** What is skipped between the number and the noun: "three 9th grade interns". */
  readonly skipped: readonly Span[];
}

/** The nouns of these concepts, and whole spans. */
export const countedWords = (
  concepts: ReadonlyMap<Concept, readonly Span[]>,
  which: readonly Concept[],
  levels: readonly Span[],
): CountedWords => ({ spans: [...which.flatMap((c) => concepts.get(c) ?? []), ...levels], skipped: levels });

/** The number of what is counted, the first in the sentence; nothing if it is not one number. */
export function findCount(
  tokens: readonly Token[],
  { spans, skipped }: CountedWords,
  isTaken: (at: number) => boolean,
): number | undefined {
  const inOrder = spans.toSorted((a, b) => a.start - b.start);
  for (const { start, end } of inOrder) {
    // "2de x2"
    if (tokens[end]?.word === 'x' && tokens[end + 1]?.type === 'number') return Number(tokens[end + 1]?.word);
    // "Places : 3"
    const after = tokens[end];
    if (after?.type === 'number' && after.gap.includes(':') && !isTaken(end)) return Number(after.word);
    // "Someone from 3e"
    if (/^(someone|somebody|quelqu)$/.test(tokens[start]?.word ?? '')) return 1;
    let at = start - 1;
    for (let steps = 0; steps < 4 && at >= 0; steps++) {
      const level = skipped.find((s) => s.end === at + 1 && s.start < start);
      if (level) at = level.start - 1;
      else if (between.has(tokens[at]?.word ?? '') && !isArticle(tokens, at)) at--;
      else break;
    }
    const token = tokens[at];
    // "N'a personne", "il y a des places" count nothing.
    if (token?.word === 'a' && isVerb(tokens, at)) continue;
    // "Un stage de 3e" is no number, "trois stages" are three.
    const isOneStage =
      /^(un|une|a|an)$/.test(token?.word ?? '') &&
      tokens.slice(at + 1, end + 1).some(({ word }) => aPlacement.test(word));
    if (isOneStage && !isPerson.test(tokens[end - 1]?.word ?? '')) continue;
    if (!token || isTaken(at) || !/^[^.;!?]*$/.test(tokens[at + 1]?.gap ?? '')) continue;
    const n = toNumber(token);
    if (n === undefined || n < 1 || n > most) continue;
    const [one, two] = [tokens[at - 1]?.word ?? '', tokens[at - 2]];
    const isRange =
      /^(ou|or|a|to|et|and|-)$/.test(one) &&
      two !== undefined &&
      toNumber(two) !== undefined &&
      !isTaken(at - 2);
    const isSize = /^(de|of|d)$/.test(one) && sizes.has(two?.word ?? '');
    if (isRange) return undefined;
    if (!isSize) return n;
  }
  return undefined;
}

/** "Put me down for three in February", "j'en prends deux": a number that counts what was named before. */
export function findLoneCount(
  tokens: readonly Token[],
  isTaken: (at: number) => boolean,
): number | undefined {
  for (const [at, token] of tokens.entries()) {
    const n = token.type === 'word' || token.type === 'number' ? toNumber(token) : undefined;
    if (n === undefined || n < 1 || n > most || isTaken(at)) continue;
    const next = tokens[at + 1];
    const endsHere =
      next === undefined ||
      isTaken(at + 1) ||
      /[.,;!?\n]/.test(next.gap) ||
      /^(en|in|for|pour|from|chez|des|du|au)$/.test(next.word) ||
      (next.word === 'a' && tokens[at + 2]?.word === 'partir');
    const previous = tokens[at - 1]?.word ?? '';
    // "Des places de stage, une dizaine"
    if (endsHere && /^(dizaine|douzaine|vingtaine|dozen)$/.test(token.word)) return n;
    const isMost = /^(up to|jusqu a)$/.test(`${tokens[at - 2]?.word} ${previous}`);
    const isMeant =
      n > 1
        ? isMost ||
          /^(for|take|host|have|prends|faut|faudrait|need|needs|want|prendre|accueillir|accueille|reprendre|recevoir|recois|encadrer|heberger|loger|caser)$/.test(
            previous,
          )
        : tokens[at - 2]?.word === 'en';
    if (endsHere && isMeant) return n;
  }
  return undefined;
}

const aPlacement = /^(stages?|sequence|placements?|internships?)$/;
const isPerson = /^(eleve|jeune|stagiaire|pupil|student|intern|trainee|kid|teen|lyceen|collegien)/;
/** "On a", "il y a", "n'a personne"; but "take on a pupil" has the English article. */
const isVerb = (tokens: readonly Token[], at: number): boolean =>
  /^(n|y|on|il|elle|qui)$/.test(tokens[at - 1]?.word ?? '') && !/^tak/.test(tokens[at - 2]?.word ?? '');

const isArticle = (tokens: readonly Token[], at: number): boolean => tokens[at]?.word === 'a';
