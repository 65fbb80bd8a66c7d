import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import type { Text } from '../../text/text.js';

/** "année scolaire 2026-2027", "année 2026", "année du 31 août 2026 au 30 août 2027" */
export function yearTitle(year: ProgrammeYear, t: Text): string {
  if (/^\d{4}-\d{4}$/.test(year.id)) return t('year.school', { year: year.id });
  if (/^\d{4}$/.test(year.id)) return t('year.civil', { year: year.id });
  return t('year.anniversary', { days: t.dates.shortRange(year.firstDay, year.lastDay) });
}
