import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { MinistryEvent } from '../../domain/calendar/ministry-events.js';
import { type Calendar, schoolYearOf } from '../../domain/calendar/school-calendar.js';
import { faultIf, findDuplicates, findReversed, isSchoolYear } from '../files/check-rows.js';
import { type RowFault, readRows } from '../files/read-rows.js';
import { listZones, readAcademies } from './academies.js';
import { createPublicHolidays } from './public-holidays.js';
import { readHolidays } from './school-holidays.js';

const day = z.iso.date('a day that exists, written YYYY-MM-DD');

const fortnight = z.object({
  schoolYear: z.string().refine(isSchoolYear, 'a school year is written "2026-2027"'),
  firstDay: day,
  lastDay: day,
  official: z.boolean('true, or false until the ministry announces it'),
});

const event = z.object({
  id: z.string().min(1, 'give the event an id'),
  name: z.string().min(1, 'give the name of the event'),
  year: z.int('a year such as 2026'),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  confirmed: z.boolean('true, or false until a coordinator confirms it'),
});

const checkFortnights = (rows: readonly z.infer<typeof fortnight>[]): RowFault[] => [
  ...findDuplicates(rows, (f) => `the fortnight of ${f.schoolYear}`, 'Remove one of the two rows.'),
  ...rows.flatMap((f, row) => [
    ...findReversed(row, f.firstDay, f.lastDay),
    ...faultIf(
      schoolYearOf(f.firstDay) !== f.schoolYear,
      row,
      `${f.firstDay} is not in the school year ${f.schoolYear}. Correct one of them.`,
    ),
  ]),
];

const checkEvents = (rows: readonly z.infer<typeof event>[]): RowFault[] => [
  ...findDuplicates(rows, (e) => `${e.id} of ${e.year}`, 'Remove one of the two rows.'),
  ...rows.flatMap(({ year, firstDay, lastDay, confirmed }, row) => {
    if (firstDay !== null && lastDay !== null)
      return [
        ...faultIf(
          !firstDay.startsWith(`${year}-`),
          row,
          `${firstDay} is not in ${year}. Correct one of them.`,
        ),
        ...findReversed(row, firstDay, lastDay),
      ];
    if (firstDay !== lastDay)
      return faultIf(
        true,
        row,
        'it has one day of two. Give both, or null for both until they are announced.',
      );
    return faultIf(confirmed, row, 'it is confirmed and has no days. Give its days, or "confirmed": false.');
  }),
];

/**
 * Reads the calendars of a folder (`data/`): académies, school holidays, 2de fortnights, events of the ministry.
 * @throws Error with every fault of a file, its row and how to correct it
 */
export function readCalendar(folder: string): Calendar {
  const academies = readAcademies(join(folder, 'academies.json'));
  const holidays = readHolidays(join(folder, 'school-holidays.json'), listZones(academies)).rows;
  const secondeFortnights = readRows(join(folder, 'seconde-weeks.json'), fortnight, checkFortnights).rows;
  // Verdicts on dates do not depend on regions.
  const dated = academies.map(({ region: _, ...academie }) => academie);
  const content = JSON.stringify([dated, holidays, secondeFortnights]);
  return {
    version: createHash('sha256').update(content).digest('hex').slice(0, 12),
    academies,
    holidays,
    secondeFortnights,
    events: readRows(join(folder, 'ministry-events.json'), event, checkEvents).rows.map(
      ({ id, name, year, firstDay, lastDay, confirmed }): MinistryEvent => ({
        id,
        name: name.replaceAll("'", '’'),
        year,
        confirmed,
        ...(firstDay !== null && lastDay !== null ? { days: { firstDay, lastDay } } : {}),
      }),
    ),
    ...createPublicHolidays(),
  };
}
