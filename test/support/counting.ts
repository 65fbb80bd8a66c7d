import type { Action } from '../../src/domain/action.js';
import type { Convention } from '../../src/domain/convention/convention.js';
import { countingOf } from '../../src/domain/convention/counting.js';
import type { Counting } from '../../src/domain/engagements/tally.js';

/** What actions count for when everybody in them is mobilised, and nothing else is promised. */
export const countIn =
  (yearOf: (day: string) => string) =>
  ({ firstDay }: Pick<Action, 'firstDay'>): Counting => ({
    year: yearOf(firstDay),
    mobilises: true,
    commitments: [],
  });

/** What actions count for under a convention. */
export const countUnder = (convention: Convention) => (action: Action) => countingOf(action, convention);
