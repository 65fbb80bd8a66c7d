import { type ProgrammeYear, yearOfId } from '../../domain/convention/programme-year.js';
import type { Import } from '../../records.js';

/** The years that a file adds to, the latest last. */
export const yearsOf = ({ years }: Pick<Import, 'years'>): ProgrammeYear[] =>
  Object.keys(years)
    .map(yearOfId)
    .sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1));
