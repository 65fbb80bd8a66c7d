import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ProgrammeYear, programmeYear } from '../../domain/convention/programme-year.js';
import type { Counted } from '../../domain/report/counted.js';
import { createReportCounter, type YearReport } from '../../domain/report/figures.js';
import type { Link, Person } from '../../records.js';
import type { Services } from '../feature.js';
import { countYear } from './read.js';

/** A year as a file has it: its figures, and the actions that they were counted from, in order. */
export interface YearContent {
  readonly report: YearReport;
  readonly actions: readonly Counted[];
}

/** The year and the person of a link to a file of the report; nothing if they are no longer a coordinator. */
export async function openLink(
  { personId, about }: Link,
  services: Services,
): Promise<{ readonly year: ProgrammeYear; readonly person: Person } | undefined> {
  const person = await services.store.read((reader) => reader.get('people', personId));
  const isCoordinator = (await services.directory.isCoordinator(personId, 'change')) === 'yes';
  return person && isCoordinator ? { year: programmeYear(about, services.convention), person } : undefined;
}

/** The figures of a year and its actions, all of one moment. */
export async function readYear(services: Services, year: ProgrammeYear): Promise<YearContent> {
  const { value } = await countYear(services, year, () => {
    const counter = createReportCounter(year, services.convention.commitments);
    const actions: Counted[] = [];
    return {
      visit(counted) {
        actions.push(counted);
        counter.add(counted);
      },
      finish: (): YearContent => ({ report: counter.finish(), actions }),
    };
  });
  return value;
}

/** How many rows of a file are made before other turns go on. */
const rowsAtOnce = 50;

/** The rows in groups, between which other turns go on. */
export async function* inGroups<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    yield rows.slice(first, first + rowsAtOnce);
    await nextTurn();
  }
}
