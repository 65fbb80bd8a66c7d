import type { Action } from '../action.js';
import type { Counting } from '../engagements/tally.js';
import { type Convention, countsFor, mainCommitment } from './convention.js';
import { programmeYear } from './programme-year.js';

/** What an action counts for under a convention: the kinds in force on its first day decide (articles 2, 3 and 8). */
export const countingOf = (
  action: Pick<Action, 'kind' | 'firstDay'>,
  convention: Pick<Convention, 'yearMode' | 'signedOn' | 'commitments'>,
): Counting => ({
  year: programmeYear(action.firstDay, convention).id,
  mobilises: countsFor(mainCommitment(convention), action),
  commitments: convention.commitments.flatMap((commitment) =>
    commitment.measure !== 'employees' && countsFor(commitment, action) ? commitment.id : [],
  ),
});
