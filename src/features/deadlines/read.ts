import { type Action, isPlacement } from '../../domain/action.js';
import { deadlinesFrom } from '../../domain/convention/deadlines.js';
import { addDays, type Day } from '../../domain/days.js';
import { countMissingAgreements } from '../../domain/placements/agreements.js';
import type { Reader } from '../../ports.js';
import type { Services } from '../feature.js';
import { type MarkedDeadline, readDeadlineDates, readMarks } from '../shared/deadlines.js';
import { readRequests } from '../shared/records.js';

/** How long a deadline that has passed is listed. */
const daysBack = 366;
/** How long a committee that has passed is listed when nothing was noted: the next one is what matters then. */
const committeeDaysBack = 60;
/** Placements whose agreements are due later are not listed yet. */
const daysAhead = 60;

/** The agreements of a placement that are not all signed, by the day on which they should be (article 3). */
export interface DueAgreements {
  readonly day: Day;
  readonly action: Action;
}

/** What can be done, so that it can be marked as done: the end of the convention comes by itself. */
export const isMarkable = ({ kind }: Pick<MarkedDeadline, 'kind'>): boolean => kind !== 'end';

/** What became of a deadline: `late` if it has passed and nothing says that it was met. */
export function stateOfDeadline(
  deadline: MarkedDeadline,
  today: Day,
): 'done' | 'late' | 'open' | 'coming' | 'over' {
  if (deadline.done) return 'done';
  const isAhead = deadline.day >= today;
  if (isMarkable(deadline)) return isAhead ? 'open' : 'late';
  return isAhead ? 'coming' : 'over';
}

/**
 * The convention's deadlines of the past year and those to come. Of the past ones that nobody has marked, only what can
 * still be made good, and none while nobody knows when the convention was signed.
 */
export async function readDeadlines(
  reader: Reader,
  today: Day,
  { convention }: Pick<Services, 'convention'>,
): Promise<MarkedDeadline[]> {
  const dates = await readDeadlineDates(reader, convention);
  const all = deadlinesFrom(dates, addDays(today, -daysBack), Number(today.slice(0, 4)) + 1);
  const marked = await readMarks(reader, all);
  const forgotten = addDays(today, -committeeDaysBack);
  return marked.filter(
    ({ kind, day, done }) =>
      day >= today || done || (convention.signedOn && (kind !== 'committee' || day >= forgotten)),
  );
}

/** The agreements that are due soon or late, of placements that have not begun. */
export async function readDueAgreements(
  reader: Reader,
  today: Day,
  { convention }: Pick<Services, 'convention'>,
): Promise<DueAgreements[]> {
  const before = convention.agreementDaysBefore;
  const days = { from: addDays(today, 1), until: addDays(today, daysAhead + before + 1) };
  const open = await reader.list('actions', 'byState', 'open', days);
  const missing = open.filter((action) => isPlacement(action.kind) && countMissingAgreements(action) > 0);
  const requests = await readRequests(reader, missing);
  return requests
    .filter(({ engagements }) => engagements.some(({ state }) => state === 'approved'))
    .map(({ action }) => ({ day: addDays(action.firstDay, -before), action }));
}
