import { type ProgrammeYear, yearOfId } from '../../domain/convention/programme-year.js';
import type { Reader } from '../../ports.js';
import type { Import } from '../../records.js';
import type { Text } from '../../text/text.js';
import { readHolding } from '../report/closed.js';
import { yearTitle } from '../shared/year-title.js';

/** The years that a file adds to, the latest last. */
export const yearsOf = ({ years }: Pick<Import, 'years'>): ProgrammeYear[] =>
  Object.keys(years)
    .map(yearOfId)
    .sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));

/**
 * Which years of a file are closed, and what becomes of its lines there. A year that was closed once the import had ended
 * has its lines in the figures: nothing is said of it.
 */
export async function tellClosedYears(
  reader: Reader,
  { years, endedAt }: Pick<Import, 'years' | 'endedAt'>,
  t: Text,
): Promise<string[]> {
  const closed = await Promise.all(
    yearsOf({ years }).map(async (year) => ({ year, closing: await readHolding(reader, year) })),
  );
  return closed.flatMap(({ year, closing }) => {
    if (!closing || (endedAt !== undefined && closing.at >= endedAt)) return [];
    const version = t('report.version', { n: String(closing.version) });
    const when = t.dates.fullInstant(closing.at);
    return t('imports.closed', { year: yearTitle(year, t), version, when });
  });
}
