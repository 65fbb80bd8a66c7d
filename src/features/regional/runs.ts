/** The card of a month that somebody got for an area. */
export interface MonthlyRun {
  readonly month: string;
  readonly area: string;
  readonly personId: string;
}

/** Under which it is kept that somebody got the card of a month for an area. */
export const monthlyRunId = ({ month, area, personId }: MonthlyRun): string =>
  `regional:${month}:${area}:${personId}`;

/** Reads what `monthlyRunId` has written; nothing if the run is of something else. */
export function readMonthlyRun(id: string): MonthlyRun | undefined {
  const { month, area, personId } =
    /^regional:(?<month>[^:]+):(?<area>[^:]+):(?<personId>.+)$/.exec(id)?.groups ?? {};
  return month && area && personId ? { month, area, personId } : undefined;
}
