import type { Commitment } from '../convention/convention.js';
import type { Counted } from './counted.js';
import { type FigureName, type Figures, figureNames } from './figures.js';
import { isSameLine } from './line.js';
import { createProgressSums, createSums, type Progress, type Sign } from './sums.js';

/** By how much the figures differ, each with its sign. */
export interface Change {
  readonly figures: Figures;
  /** In the order of the commitments. */
  readonly commitments: readonly Progress[];
}

/** A line that is not the same in both lists: one that is only in the first, only in the second, or other in each. */
export interface LineDifference extends Change {
  readonly before?: Counted;
  readonly after?: Counted;
}

/** All that differs between two lists of lines: the lines' differences add up to that of the figures. */
export interface Comparison extends Change {
  readonly differences: readonly LineDifference[];
  /** How far each commitment is met by the second list. */
  readonly met: readonly Progress[];
}

/** Compares two lists of lines, one line after the other: all of the first, then all of the second. */
export interface Comparer {
  addBefore(line: Counted): void;
  addAfter(line: Counted): void;
  finish(): Comparison;
}

type Pair = Pick<LineDifference, 'before' | 'after'>;

/** Compares lists of lines, for some commitments as they are by the second. */
export function createComparer(commitments: readonly Commitment[]): Comparer {
  const left = new Map<string, Counted>();
  const pairs: Pair[] = [];
  const sums = createSums();
  const progress = commitments.map(createProgressSums);
  const read = () => ({ figures: sums.read(), commitments: progress.map((p) => p.read()) });
  const change = (line: Counted, sign: Sign): void => {
    sums.change(line, sign);
    for (const p of progress) p.change(line, sign);
  };
  return {
    addBefore(line) {
      left.set(line.action.id, line);
      change(line, 1);
    },
    addAfter(after) {
      const before = left.get(after.action.id);
      left.delete(after.action.id);
      if (!before) pairs.push({ after });
      else if (!isSameLine(before, after)) pairs.push({ before, after });
    },
    finish() {
      for (const before of left.values()) pairs.push({ before });
      pairs.sort(byDay);
      const start = read();
      const none = combine(start, start, -1);
      let last = start;
      /** What a line changes as it comes or goes. */
      const move = (line: Counted | undefined, sign: Sign): Change => {
        if (!line) return none;
        change(line, sign);
        const before = last;
        last = read();
        return combine(last, before, -1);
      };
      // What comes does so before anything goes, so that whoever is in another line instead is not lost and found.
      const coming = pairs.map(({ after }) => move(after, 1));
      const differences = pairs.map((pair, i) => ({
        ...pair,
        ...combine(move(pair.before, -1), coming[i] ?? none, 1),
      }));
      return { differences, met: last.commitments, ...combine(last, start, -1) };
    },
  };
}

const byDay = (a: Pair, b: Pair): number => {
  const [x, y] = [a.before ?? a.after, b.before ?? b.after];
  const [dayX = '', dayY = ''] = [x?.action.firstDay, y?.action.firstDay];
  return dayX === dayY ? (x?.action.number ?? 0) - (y?.action.number ?? 0) : dayX < dayY ? -1 : 1;
};

function combine(a: Change, b: Change, sign: Sign): Change {
  const figures: { -readonly [K in FigureName]: number } = { ...a.figures };
  for (const name of figureNames) figures[name] += sign * b.figures[name];
  return {
    figures,
    commitments: a.commitments.map(({ achieved, planned }, i) => ({
      achieved: achieved + sign * (b.commitments[i]?.achieved ?? 0),
      planned: planned + sign * (b.commitments[i]?.planned ?? 0),
    })),
  };
}
