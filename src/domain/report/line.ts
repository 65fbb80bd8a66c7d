import type { Counted, CountedAction } from './counted.js';

/** A line as it is kept: nothing of its action but what counts, and its lists in an order of their own. */
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
    ...(corrected ? { corrected } : {}),
  };
  return {
    ...counts,
    action: kept,
    employees: employees.toSorted(),
    schools: schools.toSorted(),
    typedSchools: typedSchools.toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** Whether two lines count the same in every figure and in every row of every cut. */
export const isSameLine = (a: Counted, b: Counted): boolean => describeCounts(a) === describeCounts(b);

const describeCounts = ({ action, keys, ...c }: Counted): string =>
  JSON.stringify([
    [c.state, c.pupils, c.offered, c.filled, c.presenceDays, action.kind, action.firstDay, action.lastDay],
    [action.places, action.hosting, c.employees.toSorted(), c.schools.toSorted()],
    Object.entries(keys).toSorted(),
  ]);
