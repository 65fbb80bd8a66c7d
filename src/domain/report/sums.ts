import { isPlacement } from '../action.js';
import { type Commitment, countsFor, type Measure } from '../convention/convention.js';
import type { Counted } from './counted.js';
import { type FigureName, type Figures, noFigures } from './figures.js';

/** `1` adds what an action counts, `-1` takes it away again. */
export type Sign = 1 | -1;

/** Things that count once, however often they are there. */
interface Distinct {
  change(thing: string, sign: Sign): void;
  has(thing: string): boolean;
  readonly size: number;
}

function createDistinct(): Distinct {
  const times = new Map<string, number>();
  return {
    change(thing, sign) {
      const left = (times.get(thing) ?? 0) + sign;
      if (left > 0) times.set(thing, left);
      else times.delete(thing);
    },
    has: (thing) => times.has(thing),
    get size() {
      return times.size;
    },
  };
}

/** The figures of some actions. */
export interface Sums {
  change(counted: Counted, sign: Sign): void;
  read(): Figures;
}

export function createSums(): Sums {
  const sums: { -readonly [K in FigureName]: number } = { ...noFigures };
  const [employees, schools] = [createDistinct(), createDistinct()];
  return {
    change(counted, sign) {
      const { state, pupils, action } = counted;
      sums.offered += sign * counted.offered;
      sums.filled += sign * counted.filled;
      if (state === 'planned') sums.planned += sign;
      if (state !== 'held') return;
      sums.actions += sign;
      sums.pupils += sign * pupils;
      if (isPlacement(action.kind)) sums.hosted += sign * pupils;
      sums.personDays += sign * counted.personDays;
      for (const employee of counted.employees) employees.change(employee, sign);
      for (const school of counted.schools) schools.change(school, sign);
    },
    read: () => ({ ...sums, employees: employees.size, schools: schools.size }),
  };
}

/** How much of a commitment some actions meet: what is planned is beside what is achieved, never added to it. */
export interface Progress {
  readonly achieved: number;
  readonly planned: number;
}

export interface ProgressSums {
  change(counted: Counted, sign: Sign): void;
  read(): Progress;
}

/** What each measure counts of an action held, or to come; of employees, whoever is distinct. */
const measures: Record<Exclude<Measure, 'employees'>, (c: Counted) => number> = {
  actions: () => 1,
  pupils: ({ pupils }) => pupils,
  places: ({ action }) => action.places ?? 0,
};

export function createProgressSums(commitment: Commitment): ProgressSums {
  const { measure } = commitment;
  const sums = { held: 0, planned: 0 };
  const people = { held: createDistinct(), planned: createDistinct() };
  /** Those who have taken part in nothing yet, but will. */
  let onlyPlanned = 0;
  const isOnlyPlanned = (employee: string): number =>
    people.planned.has(employee) && !people.held.has(employee) ? 1 : 0;
  return {
    change(counted, sign) {
      const { state } = counted;
      if (state === 'not-held' || !countsFor(commitment, counted.action)) return;
      if (measure !== 'employees') {
        sums[state] += sign * measures[measure](counted);
        return;
      }
      for (const employee of counted.employees) {
        const before = isOnlyPlanned(employee);
        people[state].change(employee, sign);
        onlyPlanned += isOnlyPlanned(employee) - before;
      }
    },
    read: () =>
      measure === 'employees'
        ? { achieved: people.held.size, planned: onlyPlanned }
        : { achieved: sums.held, planned: sums.planned },
  };
}
