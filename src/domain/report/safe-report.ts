import { isPlacement } from '../action.js';
import { type Commitment, countsFor } from '../convention/convention.js';
import type { ProgrammeYear } from '../convention/programme-year.js';
import type { Counted } from './counted.js';
import { createReportCounter } from './counter.js';
import { type Cut, cuts } from './cuts.js';
import type { FigureName, Figures, YearReport } from './figures.js';
import { isTypedSchool } from './location.js';
import { createSums } from './sums.js';
import { type PupilGroup, suppressSmallRows } from './suppression.js';

/** The row of all schools that were only typed: what somebody typed does not leave the company. */
export const typedSchool = 'typed';

/** A report as it may leave the company: its figures, and what must not be shown of them. */
export interface SafeReport {
  readonly report: YearReport;
  readonly hidden: {
    /** Nothing may be shown, not even the totals. */
    readonly everything: boolean;
    readonly rows: Readonly<Record<Cut, ReadonlySet<string>>>;
    /** The totals of placements: pupils hosted and places filled; and the days on which they came. */
    readonly hosted: boolean;
    readonly personDays: boolean;
    /** The ids of commitments whose figure must not be shown. */
    readonly commitments: ReadonlySet<string>;
  };
  /** The figures of several rows together, in the order in which they were asked for. */
  readonly unions: readonly { readonly figures: Figures; readonly hidden: boolean }[];
}

/** Several rows of a cut, whose figures are counted as one. */
export interface Union {
  readonly cut: Cut;
  readonly rows: readonly string[];
}

/** Whether a figure of the whole year must not be shown. */
export const isTotalHidden = ({ everything, hosted, personDays }: SafeReport['hidden'], name: FigureName) =>
  everything || (hosted && (name === 'hosted' || name === 'filled')) || (personDays && name === 'personDays');

/** Counts a year for those outside the company. */
export function createSafeCounter(
  year: ProgrammeYear,
  commitments: readonly Commitment[],
  minimum: number,
  unions: readonly Union[] = [],
) {
  const counter = createReportCounter(year, commitments);
  const together = unions.map(({ cut, rows }) => ({ cut, rows: new Set(rows), sums: createSums() }));
  const groups = new Map<string, { rows: readonly string[]; pupils: number }>();
  return {
    add(counted: Counted): void {
      const { school } = counted.keys;
      const keys = { ...counted.keys, school: isTypedSchool(school) ? typedSchool : school };
      counter.add({ ...counted, keys, typedSchools: [] });
      for (const { cut, rows, sums } of together) if (rows.has(keys[cut])) sums.change(counted, 1);
      if (counted.state !== 'held') return;
      const { kind } = counted.action;
      // Totals, commitments and several rows together are sums too, each like the row of a table of its own.
      const rows = [
        ...cuts.map((cut) => keys[cut]),
        isPlacement(kind) ? 'placement' : 'meeting',
        isPlacement(kind) ? String(counted.presenceDays) : 'meeting',
        ...commitments.map((commitment) => (countsFor(commitment, counted.action) ? 'in' : 'out')),
        ...together.map(({ cut, rows }) => (rows.has(keys[cut]) ? 'in' : 'out')),
      ];
      const id = JSON.stringify(rows);
      const group = groups.get(id);
      if (group) group.pupils += counted.pupils;
      else groups.set(id, { rows, pupils: counted.pupils });
    },
    finish(): SafeReport {
      const found: readonly PupilGroup[] = [...groups.values()];
      const { everything, hidden } = suppressSmallRows(found, minimum);
      const isHidden = (table: number): boolean => everything || (hidden[table]?.size ?? 0) > 0;
      const [hosted, personDays] = [cuts.length, cuts.length + 1];
      const firstCommitment = personDays + 1;
      return {
        report: counter.finish(),
        hidden: {
          everything,
          rows: Object.fromEntries(
            cuts.map((cut, table) => [cut, hidden[table] ?? new Set<string>()]),
          ) as unknown as Record<Cut, ReadonlySet<string>>,
          hosted: isHidden(hosted),
          personDays: isHidden(hosted) || isHidden(personDays),
          commitments: new Set(
            commitments.flatMap(({ id, measure }, i) =>
              measure !== 'employees' && isHidden(firstCommitment + i) ? [id] : [],
            ),
          ),
        },
        unions: together.map(({ sums }, i) => ({
          figures: sums.read(),
          hidden: isHidden(firstCommitment + commitments.length + i),
        })),
      };
    },
  };
}
