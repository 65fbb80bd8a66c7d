import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Action, Engagement } from '../../domain/action.js';
import { type ProgrammeYear, programmeYear } from '../../domain/convention/programme-year.js';
import { addDays, type Day } from '../../domain/days.js';
import { type Counted, countAction } from '../../domain/report/counted.js';
import { createReportCounter } from '../../domain/report/counter.js';
import type { YearReport } from '../../domain/report/figures.js';
import type { Reader, Store } from '../../ports.js';
import type { Request, Services } from '../feature.js';
import { yearChangesId } from '../shared/records.js';

/** Days read and counted at once: with a hundred thousand actions a year, two or three milliseconds of work. */
const daysAtOnce = 1;
/** How often a year is begun anew because something has changed meanwhile, before it is read in one go. */
const maxAttempts = 2;
/** Years whose figures are remembered. */
const maxYears = 8;

interface Slice {
  readonly actions: readonly Action[];
  readonly engagements: readonly Engagement[];
}
type Visit = (counted: Counted, request: Request) => void;

/** How often the records of a year have changed: figures computed at the same number are current. */
export const readYearChanges = async (reader: Reader, year: ProgrammeYear): Promise<number> =>
  (await reader.get('counters', yearChangesId(year.id)))?.value ?? 0;

/**
 * Shows everything that counts in a year, by its first days, and lets other turns go on meanwhile. What is seen is of
 * one moment: when something changes, it begins anew, with another visitor.
 * @param rest called between two days: somebody waits for a card, but a file may take longer and leave others more time
 * @returns what the visitor makes, and at which change
 */
export async function countYear<T>(
  services: Services,
  year: ProgrammeYear,
  begin: () => { visit: Visit; finish(): T },
  rest: () => Promise<void> = nextTurn,
): Promise<{ readonly changes: number; readonly value: T }> {
  const { store } = services;
  const spans = spansOf(year);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const visitor = begin();
    const changes = await store.read((reader) => readYearChanges(reader, year));
    let isCurrent = true;
    for (const span of spans) {
      const slice = await store.read(async (reader) => {
        isCurrent = (await readYearChanges(reader, year)) === changes;
        return isCurrent ? readSlice(reader, span) : undefined;
      });
      if (!slice) break;
      visitSlice(slice, visitor.visit, services);
      await rest();
    }
    if (isCurrent) return { changes, value: visitor.finish() };
  }
  const whole = await store.read(async (reader) => {
    const slices: Slice[] = [];
    for (const span of spans) {
      slices.push(await readSlice(reader, span));
      await rest();
    }
    return { changes: await readYearChanges(reader, year), slices };
  });
  const visitor = begin();
  for (const slice of whole.slices) {
    visitSlice(slice, visitor.visit, services);
    await rest();
  }
  return { changes: whole.changes, value: visitor.finish() };
}

interface Span {
  readonly month: string;
  readonly from: Day;
  /** Exclusive. */
  readonly until: Day;
}

/** The days of a year, a few at a time; none crosses the end of a month. */
function spansOf({ firstDay, lastDay }: ProgrammeYear): Span[] {
  const spans: Span[] = [];
  for (let from = firstDay; from <= lastDay; ) {
    const month = from.slice(0, 7);
    const ends = [addDays(from, daysAtOnce), addDays(lastDay, 1), firstOfNextMonth(from)];
    const until = ends.reduce((a, b) => (a < b ? a : b));
    spans.push({ month, from, until });
    from = until;
  }
  return spans;
}
const firstOfNextMonth = (day: Day): Day => `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;

async function readSlice(reader: Reader, { month, from, until }: Span): Promise<Slice> {
  const [actions, engagements] = await Promise.all([
    reader.list('actions', 'byMonth', month, { from, until }),
    reader.list('engagements', 'byMonth', month, { from, until }),
  ]);
  return { actions, engagements };
}

function visitSlice({ actions, engagements }: Slice, visit: Visit, services: Services): void {
  const byAction = new Map<string, Engagement[]>();
  for (const engagement of engagements) {
    const known = byAction.get(engagement.actionId);
    if (known) known.push(engagement);
    else byAction.set(engagement.actionId, [engagement]);
  }
  for (const action of actions) {
    const request = { action, engagements: byAction.get(action.id) ?? [] };
    const counted = countAction(action, request.engagements, services);
    if (counted) visit(counted, request);
  }
}

/** A line of today's report, with what it is counted from. */
export interface LiveLine extends Request {
  readonly counted: Counted;
}

/** The lines of a month of a year (`2027-01`), by their first days. */
export async function readMonth(
  services: Services,
  { firstDay, lastDay }: ProgrammeYear,
  month: string,
): Promise<LiveLine[]> {
  const from = `${month}-01` < firstDay ? firstDay : `${month}-01`;
  const ends = [addDays(lastDay, 1), firstOfNextMonth(from)];
  const until = ends.reduce((a, b) => (a < b ? a : b));
  const slice = await services.store.read((reader) => readSlice(reader, { month, from, until }));
  const lines: LiveLine[] = [];
  visitSlice(slice, (counted, request) => lines.push({ counted, ...request }), services);
  return lines;
}

interface Known {
  readonly changes: number;
  /** The commitments as they were counted: an amendment changes no record of the year. */
  readonly commitments: string;
  readonly report: Promise<YearReport>;
}
/** The figures of the last years asked for, by what they were computed from. */
const knownByStore = new WeakMap<Store, Map<string, Known>>();

/** The report of a year as it is now; computed anew only when something in that year has changed. */
export async function readReport(services: Services, year: ProgrammeYear): Promise<YearReport> {
  const { store, convention } = services;
  const known = knownByStore.get(store) ?? new Map<string, Known>();
  knownByStore.set(store, known);
  const changes = await store.read((reader) => readYearChanges(reader, year));
  const commitments = JSON.stringify(convention.commitments);
  const found = known.get(year.id);
  if (found?.changes === changes && found.commitments === commitments) return found.report;
  const counting = countYear(services, year, () => {
    const { add, finish } = createReportCounter(year, convention.commitments);
    return { visit: add, finish };
  });
  const report = counting.then(({ value }) => value);
  if (known.size >= maxYears) known.clear();
  known.set(year.id, { changes, commitments, report });
  try {
    const done = await counting;
    known.set(year.id, { changes: done.changes, commitments, report });
  } catch (error) {
    known.delete(year.id);
    throw error;
  }
  return report;
}

/** The programme year before another one; of the first year of an anniversary, what would be before it. */
export const yearBefore = (
  year: ProgrammeYear,
  { convention }: Pick<Services, 'convention'>,
): ProgrammeYear => programmeYear(addDays(year.firstDay, -1), convention);
