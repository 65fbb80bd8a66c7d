import type { Kind } from '../action.js';
import { type Commitment, kindsOn } from '../convention/convention.js';
import { findInForce } from '../convention/in-force.js';
import type { ProgrammeYear } from '../convention/programme-year.js';
import type { Day } from '../days.js';
import type { CommitmentResult } from './figures.js';
import type { Progress } from './sums.js';

/** By what a rule has changed: an amendment, the loss of its signature, or without an amendment the convention's file. */
export interface Cause {
  readonly amendment: number | undefined;
  readonly withdrawn: boolean;
}

/** Something by which a commitment itself is other than it was, as far as it concerns a year. */
export type RuleChange =
  | { readonly what: 'added' }
  | { readonly what: 'removed' }
  | {
      readonly what: 'target';
      readonly was: number | undefined;
      readonly now: number | undefined;
      readonly cause: Cause;
    }
  | { readonly what: 'kinds'; readonly from: Day; readonly now: readonly Kind[]; readonly cause: Cause };

/** A commitment in two reports of a year: how far it was met in each, and what of the difference no line explains. */
export interface ComparedCommitment {
  readonly commitment: Commitment;
  readonly before: CommitmentResult | undefined;
  readonly after: CommitmentResult | undefined;
  readonly rules: readonly RuleChange[];
  /** What the same lines count more or less because of the rules; with what the lines change it is the difference. */
  readonly byRules: Progress;
}

const nothing: Progress = { achieved: 0, planned: 0 };
const subtract = (a: Progress, b: Progress): Progress => ({
  achieved: a.achieved - b.achieved,
  planned: a.planned - b.planned,
});

/**
 * Compares the commitments of two reports, those of the second first.
 * @param byLines what the lines that differ change of each commitment of the second, in its order
 */
export function compareCommitments(
  before: readonly CommitmentResult[],
  after: readonly CommitmentResult[],
  byLines: readonly Progress[],
  year: ProgrammeYear,
): ComparedCommitment[] {
  const kept = after.map((now, i): ComparedCommitment => {
    const was = before.find((result) => isSame(result, now));
    const rules: RuleChange[] = was ? findRuleChanges(was, now, year) : [{ what: 'added' }];
    const byRules = subtract(subtract(now, was ?? nothing), byLines[i] ?? nothing);
    return {
      commitment: now.commitment,
      before: was,
      after: now,
      rules,
      byRules: rules.length > 0 ? byRules : nothing,
    };
  });
  const gone = before.filter((was) => !after.some((now) => isSame(was, now)));
  return [
    ...kept,
    ...gone.map(
      (was): ComparedCommitment => ({
        commitment: was.commitment,
        before: was,
        after: undefined,
        rules: [{ what: 'removed' }],
        byRules: subtract(nothing, was),
      }),
    ),
  ];
}

/** One that measures something else is another commitment. */
const isSame = ({ commitment: a }: CommitmentResult, { commitment: b }: CommitmentResult): boolean =>
  a.id === b.id && a.measure === b.measure;

function findRuleChanges(was: CommitmentResult, now: CommitmentResult, year: ProgrammeYear): RuleChange[] {
  const [a, b] = [was.commitment, now.commitment];
  const changes: RuleChange[] = [];
  if (was.target !== now.target) {
    const [old, current] = [a, b].map(({ targets }) => findInForce(targets, year.lastDay));
    changes.push({
      what: 'target',
      was: was.target,
      now: now.target,
      cause: findCause(old, current, b.targets),
    });
  }
  const begins = [a, b].flatMap(({ kindChanges = [] }) => kindChanges.map(({ from }) => from));
  const days = new Set([
    year.firstDay,
    ...begins.filter((day) => day > year.firstDay && day <= year.lastDay).sort(),
  ]);
  let told = '';
  for (const day of days) {
    const kinds = kindsOn(b, day);
    const isOther = listed(kinds) !== listed(kindsOn(a, day));
    if (isOther && told !== listed(kinds)) {
      const [old, current] = [a, b].map(({ kindChanges = [] }) => findInForce(kindChanges, day));
      const cause = findCause(old, current, b.kindChanges ?? []);
      changes.push({ what: 'kinds', from: day, now: kinds, cause });
    }
    told = isOther ? listed(kinds) : '';
  }
  return changes;
}

const listed = (kinds: readonly Kind[]): string => kinds.toSorted().join();

interface Amended {
  readonly amendment?: number;
}
/** Why something else is in force than before: by what is in force now, unless what was has lost its signature. */
function findCause(was: Amended | undefined, now: Amended | undefined, all: readonly Amended[]): Cause {
  const old = was?.amendment;
  const isGone = old !== undefined && !all.some(({ amendment }) => amendment === old);
  if (isGone && (now?.amendment ?? 0) < old) return { amendment: old, withdrawn: true };
  return { amendment: now?.amendment, withdrawn: false };
}
