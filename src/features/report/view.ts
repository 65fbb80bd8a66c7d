import { z } from 'zod';
import { type ProgrammeYear, programmeYear } from '../../domain/convention/programme-year.js';
import { type Cut, cuts } from '../../domain/report/cuts.js';
import type { Services } from '../feature.js';
import { readLine } from '../shared/client-values.js';
import { currentYear, type View } from './card.js';

/** What a button carries: a cut, and a day of the year. */
export const viewInput = z.looseObject({ by: z.unknown().optional(), from: z.unknown().optional() });

/** A cut from a client; kinds of action if it is none. */
const toCut = (value: unknown): Cut => cuts.find((cut) => cut === readLine(value)) ?? 'kind';

/** The year of a day from a client; that of today if it is no day. */
function toYear(value: unknown, services: Services): ProgrammeYear {
  const day = z.iso.date().safeParse(readLine(value));
  const isKnown = day.success && day.data >= '2000-01-01' && day.data < '2100-01-01';
  return isKnown ? programmeYear(day.data, services.convention) : currentYear(services);
}

/** The part of a report that a button or the lists of the card ask for. */
export const toView = (cut: unknown, year: unknown, page: number, services: Services): View => ({
  cut: toCut(cut),
  year: toYear(year, services),
  page,
});

/** The year named behind the command, by the one in which it begins: "bilan 2025-2026". */
export const yearOfWords = (words: string, services: Services): ProgrammeYear => {
  const begins = /\b20\d\d\b/.exec(words)?.[0];
  return begins ? programmeYear(`${begins}-12-31`, services.convention) : currentYear(services);
};
