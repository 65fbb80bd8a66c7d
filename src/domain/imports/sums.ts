import { countingOf } from '../convention/counting.js';
import type { Tally } from '../engagements/tally.js';
import { addActions, computeContribution, emptyTally } from '../engagements/tally.js';
import type { ImportedAction } from './imported-action.js';
import { toStored } from './stored.js';

/** What actions that took place add to a programme year. */
export interface YearSums {
  readonly year: string;
  /** Of nobody: the distinct people follow from what else they did. */
  readonly tally: Tally;
  /** How many of their engagements count, by employee. */
  readonly attended: ReadonlyMap<string, number>;
}

/** Adds up actions by programme year, as a convention counts them. */
export function createSums(convention: Parameters<typeof countingOf>[1]) {
  const years = new Map<string, { tally: Tally; attended: Map<string, number> }>();
  return {
    add(action: ImportedAction): void {
      const stored = toStored(action, nobody);
      const c = computeContribution(stored.action, stored.engagements, countingOf(action, convention));
      const { tally, attended } = years.get(c.year) ?? { tally: emptyTally(c.year), attended: new Map() };
      for (const id of c.attended) attended.set(id, (attended.get(id) ?? 0) + 1);
      years.set(c.year, { tally: addActions(tally, c, 1), attended });
    },
    finish: (): YearSums[] => [...years].map(([year, sums]) => ({ year, ...sums })),
  };
}

const nobody = { number: 0, by: '', at: '', importId: '' };
