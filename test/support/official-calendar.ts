import { DateTime } from 'luxon';
import type { SchoolHoliday } from '../../src/domain/calendar/school-calendar.js';
import { addDays } from '../../src/domain/days.js';
import { calendar } from './builders.js';

/** A row of the official school calendar; days are days in Paris. */
export interface OfficialRow {
  readonly description: string;
  readonly population?: string;
  readonly start: string;
  /** The day classes resume; the same as the start for what is one day, and empty for what has no end yet. */
  readonly end?: string;
  readonly academie: string;
  readonly zones: string;
  readonly schoolYear: string;
}

const header = 'Description;Population;Date de début;Date de fin;Académies;Zones;annee_scolaire';

/** Midnight in Paris as the official file writes it: 17 October 2026 is 2026-10-16T22:00:00+00:00. */
export function officialDate(day: string): string {
  const known = officialDates.get(day);
  if (known) return known;
  const midnight = DateTime.fromISO(day, { zone: 'Europe/Paris' }).toUTC();
  const date = midnight.toFormat("yyyy-MM-dd'T'HH:mm:ss'+00:00'");
  officialDates.set(day, date);
  return date;
}
const officialDates = new Map<string, string>();

const line = (row: OfficialRow): string =>
  [
    row.description,
    row.population ?? '-',
    officialDate(row.start),
    row.end === '' ? '' : officialDate(row.end ?? row.start),
    row.academie,
    row.zones,
    row.schoolYear,
  ].join(';');

/** The official file with these rows: UTF-8 with BOM and Windows line ends. */
export const officialCsv = (rows: readonly OfficialRow[]): string =>
  `\uFEFF${[header, ...rows.map(line)].join('\r\n')}\r\n`;

/** How the official file calls what the reference file calls by one word. */
const descriptions: Record<string, string> = {
  Toussaint: 'Vacances de la Toussaint',
  Noël: 'Vacances de Noël',
  Hiver: "Vacances d'Hiver",
  Printemps: 'Vacances de Printemps',
  "Pont de l'Ascension": "Pont de l'Ascension",
  Été: "Vacances d'Été",
};

/** The rows of the official file for these holidays of the zones A, B and C: one for each académie. */
export const officialRows = (holidays: readonly SchoolHoliday[]): OfficialRow[] =>
  holidays.flatMap((h) =>
    calendar.academies
      .filter((a) => a.zone === h.zone)
      .map(({ name }) => ({
        description: descriptions[h.period] ?? h.period,
        ...(h.period === 'Été' ? { population: 'Élèves' } : {}),
        start: h.firstDayOff,
        end: addDays(h.lastDayOff, 1),
        academie: name,
        zones: `Zone ${h.zone}`,
        schoolYear: h.schoolYear,
      })),
  );

const year = '2028-2029';
const period = (zone: string, name: string, firstDayOff: string, lastDayOff: string): SchoolHoliday => ({
  schoolYear: year,
  zone,
  period: name,
  firstDayOff,
  lastDayOff,
});

/** An invented school year that `data/` does not have. */
export const inventedYear: readonly SchoolHoliday[] = ['A', 'B', 'C'].flatMap((zone, i) => [
  period(zone, 'Toussaint', '2028-10-21', '2028-11-05'),
  period(zone, 'Noël', '2028-12-23', '2029-01-07'),
  period(zone, 'Hiver', addDays('2029-02-10', 7 * i), addDays('2029-02-25', 7 * i)),
  period(zone, 'Printemps', addDays('2029-04-07', 7 * i), addDays('2029-04-22', 7 * i)),
  period(zone, "Pont de l'Ascension", '2029-05-10', '2029-05-13'),
  period(zone, 'Été', '2029-07-07', '2029-09-02'),
]);

const own = (academie: string, zones: string, description: string, start: string, end?: string) => ({
  description,
  start,
  ...(end === undefined ? {} : { end }),
  academie,
  zones,
  schoolYear: year,
});

/**
 * The invented year as the ministry would publish it: an académie a row, teachers and primary schools between them,
 * the summer by its start only, the bridge by its Friday, Corse and overseas with calendars of their own.
 */
export const inventedFile: readonly OfficialRow[] = [
  ...officialRows(inventedYear.filter((h) => h.period !== 'Été' && !h.period.startsWith('Pont'))),
  ...calendar.academies
    .filter((a) => a.zone)
    .flatMap(({ name, zone }) => {
      const where = { academie: name, zones: `Zone ${zone}`, schoolYear: year };
      return [
        { ...where, description: "Pont de l'Ascension", start: '2029-05-11' },
        { ...where, description: "Début des Vacances d'Été", start: '2029-07-07' },
        {
          ...where,
          description: 'Prérentrée des enseignants',
          population: 'Enseignants',
          start: '2028-09-01',
        },
        { ...where, description: 'Rentrée scolaire des élèves', start: '2028-09-04' },
        {
          ...where,
          description: 'Rentrée scolaire des élèves',
          start: '2029-09-03',
          schoolYear: '2029-2030',
        },
        {
          ...where,
          description: "Vacances d'Été",
          population: 'Enseignants du second degré',
          start: '2029-07-14',
          end: '2029-08-31',
        },
      ];
    }),
  own('Corse', 'Corse', 'Vacances de la Toussaint', '2028-10-21', '2028-11-06'),
  own('Corse', 'Corse', 'Vacances de Noël', '2028-12-23', '2029-01-08'),
  own('Corse', 'Corse', "Vacances d'Hiver", '2029-02-17', '2029-03-05'),
  own('Corse', 'Corse', 'Vacances de Printemps', '2029-04-14', '2029-04-30'),
  own('Corse', 'Corse', "Début des Vacances d'Été", '2029-07-07'),
  { ...own('Corse', 'Corse', 'Rentrée scolaire des élèves', '2029-09-03'), schoolYear: '2029-2030' },
  own('Guadeloupe', 'Guadeloupe', 'Vacances de la Toussaint', '2028-10-21', '2028-11-06'),
  own('Guadeloupe', 'Guadeloupe', 'Vacances de Noël', '2028-12-23', '2029-01-08'),
  {
    ...own('Guadeloupe', 'Guadeloupe', 'Vacances de Carnaval', '2029-02-10', '2029-02-26'),
    population: 'Guadeloupe & Saint-Martin',
  },
  {
    ...own('Guadeloupe', 'Guadeloupe', 'Vacances de Carnaval', '2029-02-03', '2029-02-19'),
    population: 'Saint-Barthélémy',
  },
  own('Guadeloupe', 'Guadeloupe', 'Vacances de Pâques', '2029-03-24', '2029-04-09'),
  // Good Friday, which is in the Easter holidays anyway.
  own('Guadeloupe', 'Guadeloupe', 'Vendredi saint', '2029-03-30'),
  own('Guadeloupe', 'Guadeloupe', 'Abolition de l’esclavage', '2029-05-28'),
  own('Guadeloupe', 'Guadeloupe', "Vacances d'Été", '2029-07-07', '2029-09-03'),
  own('Réunion', 'Réunion', 'Vacances après 1ère période', '2028-10-07', '2028-10-23'),
  own('Réunion', 'Réunion', "Vacances d'été austral", '2028-12-16', '2029-01-22'),
  own('Réunion', 'Réunion', 'Vacances après 3ème période', '2029-03-10', '2029-03-26'),
  own('Réunion', 'Réunion', 'Vacances après 4ème période', '2029-05-05', '2029-05-14'),
  own('Réunion', 'Réunion', "Début des Vacances d'hiver austral", '2029-07-07'),
  {
    ...own('Réunion', 'Réunion', 'Prérentrée des enseignants', '2029-08-16'),
    population: 'Enseignants',
    schoolYear: '2029-2030',
  },
  own('Polynésie', 'Polynésie', 'Vacances de la Toussaint', '2028-09-23', '2028-10-09'),
  own('Polynésie', 'Polynésie', 'Vacances de Noël', '2028-12-09', '2029-01-08'),
  own('Polynésie', 'Polynésie', 'Vacances après 4ème période', '2029-03-03', '2029-03-12'),
  own('Polynésie', 'Polynésie', 'Vacances après 5ème période', '2029-04-14', '2029-04-30'),
  {
    ...own('Polynésie', 'Polynésie', 'Grandes Vacances', '2029-07-05', '2029-08-13'),
    population: 'Élèves du premier degré',
  },
  {
    ...own('Polynésie', 'Polynésie', 'Grandes Vacances', '2029-07-06', '2029-08-13'),
    population: 'Élèves du second degré',
  },
  // A part of a year only, and a year that is another one.
  own('Mayotte', 'Mayotte', 'Vacances de Noël', '2028-12-16', '2029-01-15'),
  {
    ...own(
      'Nouvelle Calédonie',
      'Nouvelle Calédonie',
      'Vacances après 1ère période',
      '2029-04-07',
      '2029-04-23',
    ),
    schoolYear: '2029',
  },
];
