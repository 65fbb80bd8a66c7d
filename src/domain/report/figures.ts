import { isPlacement } from '../action.js';
import { type Commitment, countsFor, type Measure } from '../convention/convention.js';
import { findTarget, type ProgrammeYear } from '../convention/programme-year.js';
import type { Counted } from './counted.js';
import { type Cut, cuts } from './cuts.js';

/**
 * The figures of a report. `schools` and `employees` are distinct: those of several rows do not add up, as one may be in
 * several of them. All others do.
 */
export interface Figures {
  /** Actions held. */
  readonly actions: number;
  /** Actions to come with an approved engagement; in no other figure but `offered` and `filled`. */
  readonly planned: number;
  /** Pupils met or hosted in actions held, once for each action however many employees took part. */
  readonly pupils: number;
  /** Those of them who were hosted in placements. */
  readonly hosted: number;
  /** Distinct schools of actions held. */
  readonly schools: number;
  /** Distinct employees who attended an action held. */
  readonly employees: number;
  /** Places in placements that were accepted, whether held, to come or not taken up. */
  readonly offered: number;
  /** Those of them that schools have filled. */
  readonly filled: number;
  /** Pupils hosted, times the days on which they came. */
  readonly personDays: number;
}

export const figureNames = [
  'actions',
  'planned',
  'pupils',
  'hosted',
  'schools',
  'employees',
  'offered',
  'filled',
  'personDays',
] as const satisfies readonly (keyof Figures)[];
export type FigureName = (typeof figureNames)[number];

/** The figures that do not add up over the rows of a cut. */
export const distinctFigures: readonly FigureName[] = ['schools', 'employees'];

export const noFigures: Figures = Object.fromEntries(figureNames.map((name) => [name, 0])) as never;

/** How far a commitment of the convention is met. */
export interface CommitmentResult {
  readonly commitment: Commitment;
  readonly target: number | undefined;
  readonly achieved: number;
  /** Shown beside what is achieved, never added to it. */
  readonly planned: number;
}

export interface YearReport {
  readonly year: ProgrammeYear;
  readonly total: Figures;
  /** The rows of each cut by their keys, in no particular order; rows without any figure are left out. */
  readonly cuts: Readonly<Record<Cut, ReadonlyMap<string, Figures>>>;
  readonly commitments: readonly CommitmentResult[];
  /** The names of schools that were only typed, by their keys. */
  readonly typedSchools: ReadonlyMap<string, string>;
}

/** Adds up a year, one action after the other, so that a long year need not be counted in one go. */
export interface ReportCounter {
  add(counted: Counted): void;
  finish(): YearReport;
}

type Sums = { -readonly [K in FigureName]: number };
interface Group {
  readonly sums: Sums;
  readonly employees: Set<string>;
  readonly schools: Set<string>;
}
const emptyGroup = (): Group => ({ sums: { ...noFigures }, employees: new Set(), schools: new Set() });

export function createReportCounter(year: ProgrammeYear, commitments: readonly Commitment[]): ReportCounter {
  const total = emptyGroup();
  const groups = Object.fromEntries(cuts.map((cut) => [cut, new Map<string, Group>()])) as Record<
    Cut,
    Map<string, Group>
  >;
  const typedSchools = new Map<string, string>();
  const kept = commitments.map((commitment) => createCommitmentCounter(commitment, year));

  return {
    add(counted) {
      addTo(total, counted);
      for (const [key, name] of counted.typedSchools) if (!typedSchools.has(key)) typedSchools.set(key, name);
      for (const cut of cuts) {
        const key = counted.keys[cut];
        let group = groups[cut].get(key);
        if (!group) {
          group = emptyGroup();
          groups[cut].set(key, group);
        }
        addTo(group, counted);
      }
      for (const { add } of kept) add(counted);
    },
    finish: () => ({
      year,
      total: toFigures(total),
      cuts: Object.fromEntries(
        cuts.map((cut) => [cut, new Map([...groups[cut]].map(([key, g]) => [key, toFigures(g)]))]),
      ) as unknown as YearReport['cuts'],
      commitments: kept.map(({ finish }) => finish()),
      typedSchools,
    }),
  };
}

function addTo({ sums, employees, schools }: Group, counted: Counted): void {
  const { state, pupils, action } = counted;
  sums.offered += counted.offered;
  sums.filled += counted.filled;
  if (state === 'planned') sums.planned += 1;
  if (state !== 'held') return;
  sums.actions += 1;
  sums.pupils += pupils;
  if (isPlacement(action.kind)) sums.hosted += pupils;
  sums.personDays += counted.personDays;
  for (const employee of counted.employees) employees.add(employee);
  for (const school of counted.schools) schools.add(school);
}

const toFigures = ({ sums, employees, schools }: Group): Figures => ({
  ...sums,
  employees: employees.size,
  schools: schools.size,
});

/** What each measure counts of an action held, or to come; of employees, whoever is distinct. */
const measures: Record<Exclude<Measure, 'employees'>, (c: Counted) => number> = {
  actions: () => 1,
  pupils: ({ pupils }) => pupils,
  places: ({ action }) => action.places ?? 0,
};

function createCommitmentCounter(commitment: Commitment, year: ProgrammeYear) {
  const { measure } = commitment;
  const sums = { held: 0, planned: 0 };
  const people = { held: new Set<string>(), planned: new Set<string>() };
  return {
    add(counted: Counted): void {
      const { state } = counted;
      if (state === 'not-held' || !countsFor(commitment, counted.action)) return;
      if (measure !== 'employees') sums[state] += measures[measure](counted);
      else for (const employee of counted.employees) people[state].add(employee);
    },
    finish(): CommitmentResult {
      const target = findTarget(commitment, year);
      if (measure !== 'employees') return { commitment, target, achieved: sums.held, planned: sums.planned };
      const planned = [...people.planned].filter((employee) => !people.held.has(employee)).length;
      return { commitment, target, achieved: people.held.size, planned };
    },
  };
}
