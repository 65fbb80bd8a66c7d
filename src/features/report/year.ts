import { type ProgrammeYear, programmeYear } from '../../domain/convention/programme-year.js';
import type { Closing } from '../../domain/report/closing.js';
import type { Counted } from '../../domain/report/counted.js';
import { createReportCounter } from '../../domain/report/counter.js';
import type { YearReport } from '../../domain/report/figures.js';
import type { Link, Person } from '../../records.js';
import type { Services } from '../feature.js';
import { createRests } from './rests.js';
import { commitmentsOf, findShown, formatWhich, parseWhich, visitShown, type Which } from './shown.js';

/** A year as a file has it: its figures, and the actions that they were counted from, in order. */
export interface YearContent {
  readonly report: YearReport;
  readonly actions: readonly Counted[];
}

/** What a link to a file of the report is about: a year, and which figures of it. */
export const aboutLink = ({ firstDay }: ProgrammeYear, which: Which): string =>
  which === undefined ? firstDay : `${firstDay}@${formatWhich(which)}`;

/** A file to be made: of which year and version, and for whom. */
export interface Opened {
  readonly year: ProgrammeYear;
  readonly closing: Closing | undefined;
  readonly person: Person;
}

/** What a link to a file of the report opens; nothing for somebody who is no longer a coordinator. */
export async function openLink({ personId, about }: Link, services: Services): Promise<Opened | undefined> {
  const person = await services.store.read((reader) => reader.get('people', personId));
  const isCoordinator = (await services.directory.isCoordinator(personId, 'change')) === 'yes';
  if (!person || !isCoordinator) return undefined;
  const [firstDay = '', which] = about.split('@');
  const year = programmeYear(firstDay, services.convention);
  return { year, closing: await findShown(services, year, parseWhich(which)), person };
}

/** The figures of a year and its actions, all of one moment: of a version, or without one as they are now. */
export function readYear(
  services: Services,
  year: ProgrammeYear,
  closing: Closing | undefined,
): Promise<YearContent> {
  return visitShown(services, year, closing, () => {
    const counter = createReportCounter(year, commitmentsOf(closing, services));
    const actions: Counted[] = [];
    return {
      visit(counted) {
        actions.push(counted);
        counter.add(counted);
      },
      finish: (): YearContent => ({ report: counter.finish(), actions }),
    };
  });
}

/** How many rows of a file are made before other turns go on. */
const rowsAtOnce = 50;

/** The rows in groups, between which other turns go on. */
export async function* inGroups<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  const rest = createRests();
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    yield rows.slice(first, first + rowsAtOnce);
    await rest();
  }
}
