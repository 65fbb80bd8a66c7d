import { findTarget, type ProgrammeYear } from '../../domain/convention/programme-year.js';
import type { Closing } from '../../domain/report/closing.js';
import { type ComparedCommitment, compareCommitments } from '../../domain/report/compared-commitments.js';
import { type Comparison, createComparer } from '../../domain/report/comparison.js';
import type { Counted } from '../../domain/report/counted.js';
import type { Store } from '../../ports.js';
import type { Services } from '../feature.js';
import { visitClosed } from './closed.js';
import { countYear, readYearChanges } from './read.js';
import { commitmentsOf } from './shown.js';
import { inGroups } from './year.js';

/** All that differs between two reports of a year: their lines, and the commitments that these are counted for. */
export interface YearComparison extends Comparison {
  readonly results: readonly ComparedCommitment[];
}

/** Whether a commitment itself has changed, not only how far it is met. */
export const haveRulesChanged = ({ results }: YearComparison): boolean =>
  results.some(({ rules }) => rules.length > 0);

/** Whether anything is to be explained. */
export const isOther = (comparison: YearComparison): boolean =>
  comparison.differences.length > 0 || haveRulesChanged(comparison);

/** Comparisons that are remembered: mostly one is asked for, page by page. */
const maxComparisons = 4;
const knownByStore = new WeakMap<Store, Map<string, Promise<YearComparison>>>();

/** What differs between a version and a later one, or without one what is counted today, line by line. */
export async function readComparison(
  services: Services,
  year: ProgrammeYear,
  from: Closing,
  to?: Closing,
): Promise<YearComparison> {
  const { store, convention } = services;
  const known = knownByStore.get(store) ?? new Map<string, Promise<YearComparison>>();
  knownByStore.set(store, known);
  // An amendment changes no record of the year.
  const now = to
    ? `${to.id} ${to.at}`
    : `${await store.read((reader) => readYearChanges(reader, year))} ${JSON.stringify(convention.commitments)}`;
  const id = `${from.id} ${from.at} ${now}`;
  const found = known.get(id);
  if (found) return found;
  const comparing = compare(services, year, from, to);
  if (known.size >= maxComparisons) known.clear();
  known.set(id, comparing);
  comparing.catch(() => known.delete(id));
  return comparing;
}

async function compare(
  services: Services,
  year: ProgrammeYear,
  from: Closing,
  to: Closing | undefined,
): Promise<YearComparison> {
  const commitments = commitmentsOf(to, services);
  const comparer = createComparer(commitments);
  await visitClosed(services, from, comparer.addBefore);
  if (to) await visitClosed(services, to, comparer.addAfter);
  else {
    // Counting may begin anew, so its lines are compared once they are all of one moment.
    const { value: lines } = await countYear(services, year, () => {
      const lines: Counted[] = [];
      return { visit: (line) => lines.push(line), finish: () => lines };
    });
    for await (const some of inGroups(lines)) for (const line of some) comparer.addAfter(line);
  }
  const comparison = comparer.finish();
  const after =
    to?.commitments ??
    commitments.map((commitment, i) => ({
      commitment,
      target: findTarget(commitment, year),
      ...(comparison.met[i] ?? { achieved: 0, planned: 0 }),
    }));
  return {
    ...comparison,
    results: compareCommitments(from.commitments, after, comparison.commitments, year),
  };
}
