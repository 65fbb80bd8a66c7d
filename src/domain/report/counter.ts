import type { Commitment } from '../convention/convention.js';
import { findTarget, type ProgrammeYear } from '../convention/programme-year.js';
import type { Counted } from './counted.js';
import { type Cut, cuts } from './cuts.js';
import type { YearReport } from './figures.js';
import { createProgressSums, createSums, type Sums } from './sums.js';

/** Adds up a year, one action after the other, so that a long year need not be counted in one go. */
export interface ReportCounter {
  add(counted: Counted): void;
  finish(): YearReport;
}

export function createReportCounter(year: ProgrammeYear, commitments: readonly Commitment[]): ReportCounter {
  const total = createSums();
  const rows = Object.fromEntries(cuts.map((cut) => [cut, new Map<string, Sums>()])) as Record<
    Cut,
    Map<string, Sums>
  >;
  const typedSchools = new Map<string, string>();
  const progress = commitments.map((commitment) => ({ commitment, sums: createProgressSums(commitment) }));

  return {
    add(counted) {
      total.change(counted, 1);
      for (const [key, name] of counted.typedSchools) if (!typedSchools.has(key)) typedSchools.set(key, name);
      for (const cut of cuts) {
        const key = counted.keys[cut];
        let row = rows[cut].get(key);
        if (!row) {
          row = createSums();
          rows[cut].set(key, row);
        }
        row.change(counted, 1);
      }
      for (const { sums } of progress) sums.change(counted, 1);
    },
    finish: () => ({
      year,
      total: total.read(),
      cuts: Object.fromEntries(
        cuts.map((cut) => [cut, new Map([...rows[cut]].map(([key, sums]) => [key, sums.read()]))]),
      ) as unknown as YearReport['cuts'],
      commitments: progress.map(({ commitment, sums }) => ({
        commitment,
        target: findTarget(commitment, year),
        ...sums.read(),
      })),
      typedSchools,
    }),
  };
}
