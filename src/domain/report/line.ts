import type { Corrected } from '../action.js';
import type { Counted, CountedAction } from './counted.js';
import { cuts } from './cuts.js';

/** A line as it is kept: nothing of its action but what counts, and its lists in an order of their own. Of people it names only those who count. */
export function toLine({ action, employees, schools, typedSchools, ...counts }: Counted): Counted {
  const { id, number, kind, firstDay, lastDay, places, hosting, corrected } = action;
  const kept: CountedAction = {
    id,
    number,
    kind,
    firstDay,
    lastDay,
    ...(places === undefined ? {} : { places }),
    ...(hosting ? { hosting } : {}),
    ...(corrected ? { corrected: withoutAuthor(corrected) } : {}),
  };
  return {
    ...counts,
    action: kept,
    employees: employees.toSorted(),
    schools: schools.toSorted(),
    typedSchools: typedSchools.toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
}

const withoutAuthor = ({ at, was, why }: Omit<Corrected, 'by'>): Omit<Corrected, 'by'> => ({
  at,
  was,
  ...(why ? { why } : {}),
});

/** Whether two lines count the same in every figure and in every row of every cut. */
export const isSameLine = (a: Counted, b: Counted): boolean =>
  counts.every((name) => a[name] === b[name]) &&
  shown.every((name) => a.action[name] === b.action[name]) &&
  cuts.every((cut) => a.keys[cut] === b.keys[cut]) &&
  isSameList(a.employees, b.employees) &&
  isSameList(a.schools, b.schools);

const counts = ['state', 'pupils', 'offered', 'filled', 'presenceDays', 'personDays'] as const;
const shown = ['kind', 'firstDay', 'lastDay', 'places', 'hosting'] as const;

/** Whether two lists have the same things, in whatever order. */
const isSameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length &&
  (a.length === 1 ? a[0] === b[0] : a.toSorted().join('\n') === b.toSorted().join('\n'));
