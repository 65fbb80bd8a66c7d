import type { ProgrammeYear } from '../convention/programme-year.js';
import type { Day, Instant } from '../days.js';
import { type CommitmentResult, type Figures, figureNames, type YearReport } from './figures.js';

/**
 * The figures of a year as they were when a coordinator closed it (article 5). It is never changed, but for being
 * reopened; closing again makes another version.
 */
export interface Closing {
  /** `<year>:<version>` */
  readonly id: string;
  /** The id of the programme year, and its first day. */
  readonly year: string;
  readonly firstDay: Day;
  /** The first is 1. */
  readonly version: number;
  readonly by: string;
  /** The moment of its figures. */
  readonly at: Instant;
  readonly total: Figures;
  /** The commitments as the convention had them, and how far they were met. */
  readonly commitments: readonly CommitmentResult[];
  /** How many lines it has, and in how many parts they are kept. */
  readonly lines: number;
  readonly parts: number;
  readonly reopened?: { readonly by: string; readonly at: Instant; readonly why: string };
}

/** The figures of a report, with the targets beside them, in a few letters: whoever closes a year has seen what they close. */
export const printFigures = ({ total, commitments }: Pick<YearReport, 'total' | 'commitments'>): string =>
  [
    ...figureNames.map((name) => total[name]),
    ...commitments.flatMap(({ target, achieved, planned }) => [achieved, planned, target ?? '']),
  ].join('-');

export const closingId = (year: string, version: number): string => `${year}:${version}`;

/** The version that holds: the last one, unless it was reopened. */
export function findHolding(closings: readonly Closing[]): Closing | undefined {
  const last = closings.at(-1);
  return last?.reopened ? undefined : last;
}

/** Whether a year can be closed: it has begun, and is not closed. It need not be over: the committee meets before. */
export function checkClosing(
  year: ProgrammeYear,
  closings: readonly Closing[],
  today: Day,
): { readonly ok: true } | { readonly ok: false; readonly because: 'closed' | 'not-begun' } {
  if (findHolding(closings)) return { ok: false, because: 'closed' };
  return today < year.firstDay ? { ok: false, because: 'not-begun' } : { ok: true };
}
