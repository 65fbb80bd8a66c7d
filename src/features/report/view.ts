import { z } from 'zod';
import { type ProgrammeYear, programmeYear } from '../../domain/convention/programme-year.js';
import { everywhere, listRegions, toArea } from '../../domain/report/area.js';
import { type Cut, cuts } from '../../domain/report/cuts.js';
import { foldWords } from '../../domain/search/query.js';
import { langs } from '../../text/text.js';
import type { Services } from '../feature.js';
import { areaInput, readArea } from '../shared/area.js';
import { readLine } from '../shared/client-values.js';
import { pageNumber } from '../shared/list.js';
import { currentYear, type View } from './card.js';
import type { LinesView } from './lines-card.js';
import { parseWhich } from './shown.js';

/** What a button carries: a cut, a day of the year, which figures of it, of which area, and the page. */
export const viewInput = z.looseObject({
  by: z.unknown().optional(),
  from: z.unknown().optional(),
  as: z.unknown().optional(),
  area: z.unknown().optional(),
  page: pageNumber.optional(),
});
/** What was chosen in the lists; the version is one of the year that the card showed. */
export const choiceInput = z.looseObject({
  cut: z.unknown().optional(),
  year: z.unknown().optional(),
  version: z.unknown().optional(),
  from: z.unknown().optional(),
  [areaInput]: z.unknown().optional(),
});

/** A cut from a client; kinds of action if it is none. */
const toCut = (value: unknown): Cut => cuts.find((cut) => cut === readLine(value)) ?? 'kind';

/** The year of a day from a client; that of today if it is no day. */
export function toYear(value: unknown, services: Services): ProgrammeYear {
  const day = z.iso.date().safeParse(readLine(value));
  const isKnown = day.success && day.data >= '2000-01-01' && day.data < '2100-01-01';
  return isKnown ? programmeYear(day.data, services.convention) : currentYear(services);
}

/** The part of a report that a button asks for. */
export const toView = (
  { by, from, as, area, page = 0 }: z.infer<typeof viewInput>,
  services: Services,
): View => ({
  cut: toCut(by),
  year: toYear(from, services),
  page,
  which: parseWhich(as),
  area: toArea(readLine(area), services.calendar),
});

/** The part of a report that the lists of the card ask for. */
export const toChosenView = (
  { cut, year, version, from, ...data }: z.infer<typeof choiceInput>,
  services: Services,
): View => ({
  cut: toCut(cut),
  year: toYear(year, services),
  page: 0,
  which: readLine(year) === readLine(from) ? parseWhich(version) : undefined,
  area: readArea(data, services),
});

/** What a button carries that leads to the lines: a day of the year, a month, and an area. */
export const linesInput = z.looseObject({
  from: z.unknown().optional(),
  of: z.unknown().optional(),
  area: z.unknown().optional(),
  page: pageNumber.optional(),
});

export const toLinesView = (
  { from, of, area }: { readonly from?: unknown; readonly of?: unknown; readonly area?: unknown },
  services: Services,
  page = 0,
): LinesView => ({
  year: toYear(from, services),
  month: readLine(of),
  area: toArea(readLine(area), services.calendar),
  page,
});

/** What is asked for behind the command: "bilan 2025-2026 par mois", "bilan de Lyon". */
export function viewOfWords(words: string, services: Services): View {
  const { academies } = services.calendar;
  const said = ` ${foldWords(words).join(' ')} `;
  const isSaid = (name: string): boolean => said.includes(` ${foldWords(name).join(' ')} `);
  // "Par type" is enough for "Par type d'action".
  const isCutSaid = (cut: Cut): boolean =>
    langs.some((lang) => isSaid(services.textIn(lang)(`report.cut.${cut}`).split(' ').slice(0, 2).join(' ')));
  const areas = [
    ...academies.map(({ code, name }) => ({ area: code, name })),
    ...listRegions(academies).map((name) => ({ area: name, name })),
  ].filter(({ name }) => isSaid(name));
  // The longest name: "Clermont-Ferrand" rather than a part of it. An académie comes before a région of its name.
  const [found] = areas.toSorted((a, b) => b.name.length - a.name.length);
  return {
    cut: cuts.find(isCutSaid) ?? 'kind',
    year: yearOfWords(words, services),
    page: 0,
    which: undefined,
    area: found?.area ?? everywhere,
  };
}

/** The year named behind the command, by the one in which it begins: "bilan 2025-2026". */
export const yearOfWords = (words: string, services: Services): ProgrammeYear => {
  const begins = /\b20\d\d\b/.exec(words)?.[0];
  return begins ? programmeYear(`${begins}-12-31`, services.convention) : currentYear(services);
};
