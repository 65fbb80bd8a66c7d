import type { Day } from '../../domain/days.js';
import type { RowFault } from './read-rows.js';

/** The zones that follow the national calendar, period by period. */
export const nationalZones: readonly string[] = ['A', 'B', 'C'];

/** A list with the fault of a row if something is wrong with it; empty otherwise. */
export const faultIf = (wrong: boolean, row: number, text: string): RowFault[] =>
  wrong ? [{ row, text }] : [];

/** Faults of rows with the same key. */
export function findDuplicates<T>(rows: readonly T[], keyOf: (row: T) => string, mend: string): RowFault[] {
  const first = new Map<string, number>();
  return rows.flatMap((row, i) => {
    const key = keyOf(row);
    const before = first.get(key);
    if (before === undefined) first.set(key, i);
    return faultIf(before !== undefined, i, `${key} is already in row ${(before ?? 0) + 1}. ${mend}`);
  });
}

/** A fault if the last day comes before the first. */
export const findReversed = (row: number, first: Day, last: Day): RowFault[] =>
  faultIf(
    last < first,
    row,
    `the last day, ${last}, comes before the first, ${first}. Exchange or correct them.`,
  );

/** `2026-2027`: two consecutive years. */
export const isSchoolYear = (text: string): boolean => {
  const [, from, to] = /^(\d{4})-(\d{4})$/.exec(text) ?? [];
  return from !== undefined && Number(to) === Number(from) + 1;
};

/**
 * Whether days off are in a school year such as `2026-2027`. La Réunion and Mayotte start in August, and the summer
 * may end in the first days of September.
 */
export function isInSchoolYear(
  { firstDayOff, lastDayOff }: { readonly firstDayOff: Day; readonly lastDayOff: Day },
  schoolYear: string,
): boolean {
  const [from, to] = [schoolYear.slice(0, 4), schoolYear.slice(5)];
  return firstDayOff >= `${from}-08-01` && firstDayOff <= `${to}-08-31` && lastDayOff <= `${to}-09-15`;
}

/** Groups in the order of their first member; `Map.groupBy` needs Node 21. */
export function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
