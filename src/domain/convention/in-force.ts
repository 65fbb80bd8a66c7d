import type { Day } from '../days.js';

/** What is in force on a day: of what begins on or before it the latest; of two that begin on one day, the later listed. */
export function findInForce<T extends { readonly from: Day }>(list: readonly T[], day: Day): T | undefined {
  let latest: T | undefined;
  for (const one of list) if (one.from <= day && (!latest || one.from >= latest.from)) latest = one;
  return latest;
}
