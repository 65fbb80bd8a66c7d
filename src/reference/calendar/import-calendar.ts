import { join } from 'node:path';
import type { Academie } from '../../domain/calendar/school-calendar.js';
import {
  countLeftOut,
  formatImpossible,
  formatLeftOut,
  formatNumber,
  type LeftOutTally,
} from '../files/left-out.js';
import { type CsvOptions, readCsv } from '../files/read-csv.js';
import { formatRows, replaceFile } from '../files/write-rows.js';
import { indexAcademiesByName, listZones, readAcademies } from './academies.js';
import { type Change, type HolidayRow, mergeHolidays } from './merge-holidays.js';
import { type LeftOut, readEntry, rowName } from './official-calendar.js';
import {
  type CalendarEntry,
  calendarColumns,
  type ImpossibleRow,
  type OfficialHoliday,
} from './official-entries.js';
import { buildHolidays } from './official-holidays.js';
import { checkHolidays, readHolidays } from './school-holidays.js';

const source = 'the school calendar (fr-en-calendrier-scolaire) from data.education.gouv.fr';

/**
 * Imports the official school calendar into `school-holidays.json` of a folder (`data/`), and reports what changed.
 * Importing the same file twice changes nothing. Only years of zones that are complete in the file are replaced. A
 * row that cannot be true is left out and reported with its line and the reason; in own calendars, the days that it
 * may have meant become days to be checked.
 * @throws Error if it is another file, or has no year that can be imported: nothing is written then
 */
export async function importCalendar(
  file: string,
  folder: string,
  { dryRun, onProgress }: { readonly dryRun: boolean } & Pick<CsvOptions, 'onProgress'>,
): Promise<string> {
  const academies = readAcademies(join(folder, 'academies.json'));
  const target = join(folder, 'school-holidays.json');
  const zones = listZones(academies);
  const { about, rows: kept } = readHolidays(target, zones);
  const oldest = kept.map((h) => h.schoolYear).sort()[0] ?? '';

  const read = await readEntries(file, academies, oldest, onProgress);
  const official = buildHolidays(read.entries, read.impossible, kept);
  const { rows, changes, unsound, count } = replaceYears(kept, official.years, zones);
  const incomplete = [...official.incomplete, ...unsound];
  const asTheyAre = [
    ...(incomplete.length > 0 ? ['Left as they are, of which the file has a part only:'] : []),
    ...incomplete.map((text) => `  ${text}`),
  ];
  const leftOut = [
    ...formatImpossible(official.impossible),
    ...asTheyAre,
    ...formatLeftOut(read.leftOut, `${formatNumber(read.count)} rows`),
  ];
  if (count === 0)
    throw new Error(
      [
        `${file} has no whole school year${oldest && ` from ${oldest} on`}: nothing is imported. Export all rows of ${source}, without a filter.`,
        ...leftOut,
      ].join('\n'),
    );

  if (changes.length > 0 && !dryRun) replaceFile(target, formatRows({ about }, rows));
  return [
    `${target} from ${file}: ${summarise(changes)}${dryRun ? ' (dry run: nothing is written)' : ''}`,
    ...changes.map(({ kind, text }) => `  ${kind.padEnd(9)} ${text}`),
    ...leftOut,
  ].join('\n');
}

async function readEntries(
  file: string,
  academies: readonly Academie[],
  oldest: string,
  onProgress: CsvOptions['onProgress'],
) {
  const entries: CalendarEntry[] = [];
  const impossible: ImpossibleRow[] = [];
  const leftOut: LeftOutTally<LeftOut> = new Map();
  const byName = indexAcademiesByName(academies);
  let count = 0;
  const options = { source, ...(onProgress ? { onProgress } : {}) };
  for await (const row of readCsv(file, calendarColumns, options)) {
    count++;
    const read = readEntry(row, byName, oldest);
    if ('impossible' in read) impossible.push(read.impossible);
    else if ('leftOut' in read) countLeftOut(leftOut, read.leftOut, `line ${row.line}, ${rowName(row)}`);
    else entries.push(read);
  }
  return { entries, impossible, leftOut, count };
}

/** Replaces the years of zones one after the other, as long as the result is valid. */
function replaceYears(
  kept: readonly HolidayRow[],
  years: readonly (readonly OfficialHoliday[])[],
  zones: ReadonlySet<string>,
) {
  let rows = [...kept];
  let count = 0;
  const changes: Change[] = [];
  const unsound: string[] = [];
  for (const year of years) {
    const merged = mergeHolidays(rows, year);
    const faults = checkHolidays(merged.rows, zones);
    if (faults.length === 0) {
      rows = merged.rows;
      changes.push(...merged.changes);
      count++;
    } else {
      const [{ schoolYear, zone } = { schoolYear: '', zone: '' }] = year;
      const texts = faults.map(({ row, text }) => `${JSON.stringify(merged.rows[row])}: ${text}`);
      unsound.push(`${schoolYear}, zone ${zone}: ${texts.join(' ')}`);
    }
  }
  return { rows, changes, unsound, count };
}

const kinds = ['added', 'moved', 'confirmed', 'removed'] as const;

const summarise = (changes: readonly Change[]): string =>
  changes.length === 0
    ? 'nothing changed'
    : kinds
        .map((kind) => `${formatNumber(changes.filter((c) => c.kind === kind).length)} ${kind}`)
        .join(', ');
