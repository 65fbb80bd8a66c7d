import type { Commitment } from '../convention/convention.js';
import type { ProgrammeYear } from '../convention/programme-year.js';
import type { Cut } from './cuts.js';

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
