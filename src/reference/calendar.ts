import { join } from 'node:path';
import { z } from 'zod';
import type { Academie, Calendar } from '../domain/calendar.js';
import { createPublicHolidays } from './public-holidays.js';
import { readJson } from './read-json.js';

const day = z.iso.date();
const rows = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row) });

const academies = rows(
  z.object({
    code: z.string(),
    academie: z.string(),
    zone: z.string().nullable(),
    zoneKind: z.string(),
    departements: z.array(z.string()),
  }),
);
const ordered = <T extends { first: string; last: string }>(r: T) => r.first <= r.last;
const holidays = rows(
  z
    .object({
      schoolYear: z.string(),
      zone: z.string(),
      period: z.string(),
      firstDayOff: day,
      lastDayOff: day,
    })
    .refine((h) => ordered({ first: h.firstDayOff, last: h.lastDayOff }), 'the last day off comes first'),
);
const secondeWeeks = rows(
  z
    .object({ schoolYear: z.string(), firstDay: day, lastDay: day, official: z.boolean() })
    .refine((f) => ordered({ first: f.firstDay, last: f.lastDay }), 'the last day comes first'),
);

/**
 * Reads the school calendars from a folder (`data/`): académies, holidays, 2de fortnights.
 * @throws with every fault, named by its file and field
 */
export function readCalendar(folder: string): Calendar {
  return {
    academies: readJson(join(folder, 'academies.json'), academies)
      .rows.map(
        ({ code, academie, zone, zoneKind, departements }): Academie => ({
          code,
          name: academie,
          departements,
          ...(zoneKind === 'A/B/C' && zone ? { zone } : {}),
        }),
      )
      .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    holidays: readJson(join(folder, 'school-holidays.json'), holidays).rows,
    secondeFortnights: readJson(join(folder, 'seconde-weeks.json'), secondeWeeks).rows,
    isPublicHoliday: createPublicHolidays(),
  };
}
