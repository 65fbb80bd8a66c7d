import { z } from 'zod';
import type { SchoolHoliday } from '../../domain/calendar/school-calendar.js';
import {
  faultIf,
  findDuplicates,
  findReversed,
  groupBy,
  isInSchoolYear,
  isSchoolYear,
  nationalZones,
} from '../files/check-rows.js';
import { type RowFault, readRows } from '../files/read-rows.js';

/** The periods of every year in zones A, B and C, in order. */
export const periods = ['Toussaint', 'Noël', 'Hiver', 'Printemps', "Pont de l'Ascension", 'Été'] as const;
/** Own calendars name their periods freely; a year with fewer than this many is incomplete. */
const minOwnPeriods = 4;

const day = z.iso.date('a day that exists, written YYYY-MM-DD');
/** Other fields, such as whether somebody verified a row, are kept for those who edit the file. */
export const holidayRow = z.looseObject({
  schoolYear: z.string().refine(isSchoolYear, 'a school year is written "2026-2027"'),
  zone: z.string().min(1, 'give the zone'),
  period: z.string().min(1, 'give the name of the period'),
  firstDayOff: day,
  lastDayOff: day,
  toCheck: z.boolean('true when nobody is sure of these days').optional(),
  local: z.boolean('true for days off that no official calendar has').optional(),
});

/** What a zone's year lacks to be complete, in words; nothing if it is complete. */
export function describeMissing(
  { zone, schoolYear }: Pick<SchoolHoliday, 'zone' | 'schoolYear'>,
  year: readonly SchoolHoliday[],
): string | undefined {
  if (nationalZones.includes(zone)) {
    const missing = periods.filter((p) => !year.some((h) => h.period === p));
    return missing.length > 0 ? missing.join(', ') : undefined;
  }
  // Every calendar north of the equator, and those south of it whose year ends with the northern summer.
  const midsummer = `${schoolYear.slice(5)}-07-20`;
  if (!year.some((h) => h.firstDayOff <= midsummer && midsummer <= h.lastDayOff)) return 'the long holidays';
  return year.length < minOwnPeriods ? `periods: it has ${year.length} only` : undefined;
}

/** Faults of school holidays: in their zone and year, and compared with one another. */
export function checkHolidays(rows: readonly SchoolHoliday[], zones: ReadonlySet<string>): RowFault[] {
  const sound = rows.flatMap((h, row) => checkHoliday(h, row, zones));
  if (sound.length > 0) return sound;
  const repeated = findDuplicates(
    rows,
    (h) => `${h.period} of ${h.schoolYear} in zone ${h.zone}`,
    'Remove one of the two rows.',
  );
  // A duplicate row overlaps itself, which is reported once.
  return repeated.length > 0 ? repeated : [...findOverlaps(rows), ...findIncomplete(rows)];
}

function checkHoliday(h: SchoolHoliday, row: number, zones: ReadonlySet<string>): RowFault[] {
  return [
    ...faultIf(
      !zones.has(h.zone),
      row,
      `"${h.zone}" is no zone of academies.json: ${[...zones].join(', ')}. Correct it, or add the zone there.`,
    ),
    ...faultIf(
      nationalZones.includes(h.zone) && !(periods as readonly string[]).includes(h.period),
      row,
      `"${h.period}" is no period of the zones A, B and C: ${periods.join(', ')}.`,
    ),
    ...findReversed(row, h.firstDayOff, h.lastDayOff),
    ...faultIf(
      !isInSchoolYear(h, h.schoolYear),
      row,
      `${h.firstDayOff} to ${h.lastDayOff} is not in the school year ${h.schoolYear}. Correct the days or the year.`,
    ),
  ];
}

function findOverlaps(rows: readonly SchoolHoliday[]): RowFault[] {
  const all = rows.map((h, row) => ({ h, row }));
  return [...groupBy(all, ({ h }) => h.zone).values()].flatMap((zone) => {
    // Days to be checked may contain certain holidays; a day added by hand may fall in holidays.
    const sure = zone.filter(({ h }) => !h.toCheck && !h.local);
    const sorted = sure.toSorted((a, b) => (a.h.firstDayOff < b.h.firstDayOff ? -1 : 1));
    return sorted.slice(1).flatMap(({ h, row }, i) => {
      const { period, firstDayOff, lastDayOff } = sorted[i]?.h ?? h;
      return faultIf(
        h.firstDayOff <= lastDayOff,
        row,
        `it overlaps ${period}, ${firstDayOff} to ${lastDayOff}, of the same zone. Correct one of them.`,
      );
    });
  });
}

function findIncomplete(rows: readonly SchoolHoliday[]): RowFault[] {
  const official = rows.filter((h) => !h.local);
  return [...groupBy(official, (h) => `${h.schoolYear} in zone ${h.zone}`)].flatMap(([name, year]) => {
    const [first] = year;
    if (!first) return [];
    const missing = describeMissing(first, year);
    return faultIf(
      missing !== undefined,
      rows.indexOf(first),
      `${name} lacks ${missing}. Add it, or remove the rows of that year: it is then unpublished.`,
    );
  });
}

/**
 * Reads `data/school-holidays.json`.
 * @throws Error with every fault, its row and how to correct it
 */
export const readHolidays = (file: string, zones: ReadonlySet<string>) =>
  readRows(file, holidayRow, (rows) => checkHolidays(rows, zones));
