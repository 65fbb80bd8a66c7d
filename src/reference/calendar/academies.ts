import { z } from 'zod';
import type { Academie } from '../../domain/calendar/school-calendar.js';
import { fold } from '../../domain/schools/words.js';
import { faultIf, findDuplicates, nationalZones } from '../files/check-rows.js';
import { type RowFault, readRows } from '../files/read-rows.js';

const departement = z
  .string()
  .regex(/^(0[1-9]|[1-9]\d|2[AB]|9[78]\d)$/, 'a département is written "01", "75", "2A" or "974"');

const row = z.object({
  code: z.string().regex(/^\d\d$/, 'two digits, those of the ministry'),
  academie: z.string().min(1, 'give the name of the académie'),
  regionAcademique: z.string().min(1).optional(),
  zone: z.string().nullable(),
  zoneKind: z.enum(['A/B/C', 'own calendar'], '"A/B/C", or "own calendar" for Corse and overseas'),
  departements: z.array(departement).min(1, 'name its départements'),
  otherZones: z.record(departement, z.string().min(1)).optional(),
  yearStart: z
    .string()
    .regex(/^08-\d\d$/, 'a day of August such as "08-11"; nothing where the year starts on 1 September')
    .optional(),
});
type Row = z.infer<typeof row>;

/** Faults that show when académies are compared. */
const checkAcademies = (rows: readonly Row[]): RowFault[] => [
  ...findDuplicates(rows, (r) => `the code ${r.code}`, 'Each académie has a code of its own.'),
  ...findDuplicates(rows, (r) => `the académie ${r.academie}`, 'Remove one of the two rows.'),
  ...checkDepartements(rows),
  ...rows.flatMap(({ zone, zoneKind, departements, otherZones }, i) => [
    ...faultIf(
      (zoneKind === 'A/B/C') !== nationalZones.includes(zone ?? ''),
      i,
      `the zone "${zone}" does not go with "${zoneKind}". A, B and C are "A/B/C", any other an "own calendar".`,
    ),
    ...Object.keys(otherZones ?? {}).flatMap((d) =>
      faultIf(
        !departements.includes(d),
        i,
        `"otherZones" names ${d}, which is none of its départements. Remove it.`,
      ),
    ),
  ]),
];

/** A département belongs to one académie. */
function checkDepartements(rows: readonly Row[]): RowFault[] {
  const all = rows.flatMap(({ departements }, row) =>
    departements.map((departement) => ({ departement, row })),
  );
  return findDuplicates(all, (d) => `the département ${d.departement}`, 'It has one académie only.').map(
    ({ row, text }) => ({ row: all[row]?.row ?? 0, text }),
  );
}

/**
 * Reads `data/academies.json`, sorted by name.
 * @throws Error with every fault, its row and how to correct it
 */
export const readAcademies = (file: string): Academie[] =>
  readRows(file, row, checkAcademies)
    .rows.map(
      ({
        code,
        academie,
        regionAcademique,
        zone,
        zoneKind,
        departements,
        otherZones,
        yearStart,
      }): Academie => ({
        code,
        name: academie,
        departements,
        ...(regionAcademique ? { region: regionAcademique } : {}),
        ...(zoneKind === 'A/B/C' && zone ? { zone } : { ownZone: zone ?? academie }),
        ...(otherZones ? { otherZones } : {}),
        ...(yearStart ? { yearStart } : {}),
      }),
    )
    .sort((a, b) => a.name.localeCompare(b.name, 'fr'));

/** Every zone that may have school holidays: A, B, C, and the own calendars. */
export const listZones = (academies: readonly Academie[]): ReadonlySet<string> =>
  new Set(
    academies.flatMap((a) => [a.zone ?? a.ownZone ?? a.name, ...Object.values(a.otherZones ?? {})]).sort(),
  );

/** Académies by their own name and by that of their calendar, folded: official files use either. */
export const indexAcademiesByName = (academies: readonly Academie[]): ReadonlyMap<string, Academie> =>
  new Map(
    academies.flatMap((a) => [a.name, ...(a.ownZone ? [a.ownZone] : [])].map((name) => [fold(name), a])),
  );
