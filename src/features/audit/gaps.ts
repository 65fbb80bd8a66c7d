/** Rows that a page of the trail should show and does not. */
export interface Gap {
  /** The place on the page before which they belong. */
  readonly at: number;
  readonly first: number;
  readonly last: number;
}

/**
 * What is missing on a page, as rows of all kinds are numbered without a gap.
 * @param numbers those of the rows shown, the latest first
 * @param latest the number that the page should begin with
 * @param more whether earlier pages follow; without, it should end with 1
 */
export function findGaps(numbers: readonly number[], latest: number, more: boolean): Gap[] {
  const gaps: Gap[] = [];
  let due = latest;
  for (const [at, number] of numbers.entries()) {
    // A number that was altered says nothing of where the row belongs.
    if (!(number >= 1 && number <= due)) continue;
    if (number < due) gaps.push({ at, first: number + 1, last: due });
    due = number - 1;
  }
  if (!more && due > 0) gaps.push({ at: numbers.length, first: 1, last: due });
  return gaps;
}
