import type { Commitment } from '../../domain/convention/convention.js';
import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { type Closing, findHolding } from '../../domain/report/closing.js';
import type { Counted } from '../../domain/report/counted.js';
import type { YearReport } from '../../domain/report/figures.js';
import type { Services } from '../feature.js';
import { readLine } from '../shared/client-values.js';
import { readClosedReport, readClosings, visitClosed } from './closed.js';
import { countYear, readReport } from './read.js';
import { createRests } from './rests.js';

/**
 * Which figures of a year are shown: those of today, or those of a version. Without a choice those of the version that
 * holds; today's as long as the year is not closed.
 */
export type Which = 'today' | number | undefined;

/** A choice as buttons and links carry it; empty for none. */
export const formatWhich = (which: Which): string => String(which ?? '');

/** A choice from a client; anything else is none. */
export const parseWhich = (value: unknown): Which => {
  const text = readLine(value);
  if (text === 'today') return text;
  return /^[1-9]\d{0,5}$/.test(text ?? '') ? Number(text) : undefined;
};

/** The version that is shown, of all of a year; nothing for the figures of today. */
export function pickShown(closings: readonly Closing[], which?: Which): Closing | undefined {
  if (which === 'today') return undefined;
  return closings.find(({ version }) => version === which) ?? findHolding(closings);
}

export const findShown = async (
  { store }: Pick<Services, 'store'>,
  year: ProgrammeYear,
  which?: Which,
): Promise<Closing | undefined> => pickShown(await store.read((reader) => readClosings(reader, year)), which);

/** The report of a version, or without one that of today. */
export const readShown = (
  services: Services,
  year: ProgrammeYear,
  closing: Closing | undefined,
): Promise<YearReport> => (closing ? readClosedReport(services, year, closing) : readReport(services, year));

/** The figures of a year that hold: of the version that closed it, or else those of today. */
export const readHeld = async (services: Services, year: ProgrammeYear): Promise<YearReport> =>
  readShown(services, year, await findShown(services, year));

/** Shows every line of a version, or without one those of today, in the order of their days. */
export async function visitShown<T>(
  services: Services,
  year: ProgrammeYear,
  closing: Closing | undefined,
  begin: () => { visit(line: Counted): void; finish(): T },
): Promise<T> {
  if (!closing) return (await countYear(services, year, begin, createRests())).value;
  const visitor = begin();
  await visitClosed(services, closing, visitor.visit);
  return visitor.finish();
}

/** The commitments by which figures are counted: those of a version as the convention had them then. */
export const commitmentsOf = (
  closing: Closing | undefined,
  { convention }: Services,
): readonly Commitment[] =>
  closing ? closing.commitments.map(({ commitment }) => commitment) : convention.commitments;
