import { join } from 'node:path';
import type { Academie } from '../domain/calendar.js';
import { academiesByName, readAcademies, zonesOf } from './academies.js';
import { type LeftOutTally, leaveOut, leftOutLines, number } from './left-out.js';
import { type Change, mergeHolidays } from './merge-holidays.js';
import { type CalendarEntry, calendarColumns, type LeftOut, readEntry } from './official-calendar.js';
import { holidaysOf } from './official-holidays.js';
import { type CsvOptions, readCsv } from './read-csv.js';
import { checkHolidays, readHolidays } from './school-holidays.js';
import { replaceText, rowsText } from './write-rows.js';

const source = 'the school calendar (fr-en-calendrier-scolaire) from data.education.gouv.fr';
/** The most faults told at once. */
const told = 20;

/**
 * Imports the official school calendar into `school-holidays.json` of a folder (`data/`), and says what changed.
 * The same file twice changes nothing. Only the zones' years that are whole in the file are replaced.
 * @throws when the file is another one, when académies of one zone disagree, or when the result would not be sound:
 *   nothing is written then
 */
export async function importCalendar(
  file: string,
  folder: string,
  { dryRun, onProgress }: { readonly dryRun: boolean } & Pick<CsvOptions, 'onProgress'>,
): Promise<string> {
  const academies = readAcademies(join(folder, 'academies.json'));
  const target = join(folder, 'school-holidays.json');
  const zones = zonesOf(academies);
  const { about, rows: kept } = readHolidays(target, zones);
  const oldest = kept.map((h) => h.schoolYear).sort()[0] ?? '';

  const read = await readEntries(file, academies, oldest, onProgress);
  const { holidays, incomplete, faults } = holidaysOf(read.entries, kept);
  refuse(file, [...read.faults, ...faults]);
  if (holidays.length === 0)
    throw new Error(
      [
        `${file} has no whole school year${oldest && ` from ${oldest} on`}: nothing is imported. Export all rows of ${source}, without a filter.`,
        ...incomplete.map((text) => `  ${text}`),
      ].join('\n'),
    );
  const { rows, changes } = mergeHolidays(kept, holidays);
  const unsound = checkHolidays(rows, zones);
  refuse(
    file,
    unsound.map(({ row, text }) => `${JSON.stringify(rows[row])}: ${text}`),
  );

  if (changes.length > 0 && !dryRun) replaceText(target, rowsText({ about }, rows));
  return [
    `${target} from ${file}: ${summary(changes)}${dryRun ? ' (dry run: nothing is written)' : ''}`,
    ...changes.map(({ kind, text }) => `  ${kind.padEnd(9)} ${text}`),
    ...(incomplete.length > 0 ? ['Left as they are, of which the file has a part only:'] : []),
    ...incomplete.map((text) => `  ${text}`),
    ...leftOutLines(read.leftOut, `${number(read.count)} rows`),
  ].join('\n');
}

async function readEntries(
  file: string,
  academies: readonly Academie[],
  oldest: string,
  onProgress: CsvOptions['onProgress'],
) {
  const entries: CalendarEntry[] = [];
  const faults: string[] = [];
  const leftOut: LeftOutTally<LeftOut> = new Map();
  const byName = academiesByName(academies);
  let count = 0;
  const options = { source, ...(onProgress ? { onProgress } : {}) };
  for await (const row of readCsv(file, calendarColumns, options)) {
    count++;
    const read = readEntry(row, byName, oldest);
    if ('fault' in read) faults.push(read.fault);
    else if ('leftOut' in read)
      leaveOut(leftOut, read.leftOut, `line ${row.line}, ${row.academie}, ${row.description}`);
    else entries.push(read);
  }
  return { entries, faults, leftOut, count };
}

function refuse(file: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  const more = faults.length > told ? [`  and ${number(faults.length - told)} more`] : [];
  throw new Error(
    [
      `${file} is refused, nothing is written: ${number(faults.length)} fault(s). Correct the rows that are wrong in it, or download it again.`,
      ...faults.slice(0, told).map((text) => `  ${text}`),
      ...more,
    ].join('\n'),
  );
}

const kinds = ['added', 'moved', 'confirmed', 'removed'] as const;

const summary = (changes: readonly Change[]): string =>
  changes.length === 0
    ? 'nothing changed'
    : kinds.map((kind) => `${number(changes.filter((c) => c.kind === kind).length)} ${kind}`).join(', ');
