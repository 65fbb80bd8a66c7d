import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Academie,
  classifyDay,
  holidayZone,
  narrowToDepartement,
  type SchoolHoliday,
} from '../../../src/domain/calendar/school-calendar.js';
import { importCalendar } from '../../../src/reference/calendar/import-calendar.js';
import { calendar } from '../../support/builders.js';
import {
  dayOfWeek,
  inOrder,
  ownZones,
  type ReadRow,
  readIndependently,
} from '../../support/independent-calendar.js';

/** The official calendar as exported in January 2026, whole. */
const file = 'test/fixtures/fr-en-calendrier-scolaire.csv';
const official = readIndependently(file, '2023-2024', '2026-2027');
const zones = ['A', 'B', 'C', ...ownZones];

type Row = SchoolHoliday & { source?: string };
const rowsIn = (folder: string) =>
  (JSON.parse(readFileSync(join(folder, 'school-holidays.json'), 'utf8')) as { rows: Row[] }).rows;
const asRead = ({ zone, schoolYear, firstDayOff, lastDayOff, toCheck = false }: Row): ReadRow => ({
  zone,
  schoolYear,
  firstDayOff,
  lastDayOff,
  toCheck: toCheck === true,
});
const of = (rows: readonly ReadRow[], zone: string) => rows.filter((row) => row.zone === zone);

describe('the official file, read a second time by other rules,', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'passerelle-official-'));
    cpSync('data/academies.json', join(folder, 'academies.json'));
    // Nothing but one row of the first year to keep: all the rest comes from the file.
    const rows = rowsIn('data').filter((h) => h.schoolYear === '2023-2024' && h.zone === 'A');
    writeFileSync(join(folder, 'school-holidays.json'), JSON.stringify({ about: '', rows }));
    await importCalendar(file, folder, { dryRun: false });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has 2,320 rows, of which these are the holidays of pupils from 2023 on', () => {
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2321);
    const count = (zone: string) => of(official, zone).length;
    expect(Object.fromEntries(zones.map((zone) => [zone, count(zone)]))).toEqual({
      ...{ A: 24, B: 24, C: 24, Corse: 21, Guadeloupe: 27, Guyane: 19, Martinique: 18, Mayotte: 15 },
      ...{ Polynésie: 21, Réunion: 15, 'Saint-Barthélemy': 27, 'Saint-Martin': 26 },
      'Saint-Pierre-et-Miquelon': 18,
    });
  });

  test.each(zones)('of zone %s is what the import makes of it, row by row', (zone) => {
    expect(
      inOrder(
        rowsIn(folder)
          .map(asRead)
          .filter((row) => row.zone === zone),
      ),
    ).toEqual(of(official, zone));
  });

  test.each(ownZones)('of zone %s is what ships, but for the rows that a later export has', (zone) => {
    const shipped = rowsIn('data').filter((h) => h.zone === zone && !h.source);
    const expected = of(official, zone).filter(
      (row) => zone !== 'Réunion' || row.firstDayOff !== '2026-07-04',
    );
    expect(inOrder(shipped.map(asRead))).toEqual(expected);
  });
});

/** The schools of a zone: those of its académie, or of a part of it. */
const schoolsOf = (zone: string): Academie => {
  const all = calendar.academies.flatMap((a) => [
    a,
    ...a.departements.map((departement) => narrowToDepartement(a, departement)),
  ]);
  const found = all.find((a) => holidayZone(a) === zone && (a.departements.length === 1 || !a.otherZones));
  if (!found) throw new Error(`No schools of ${zone}`);
  return found;
};
const kindOn = (day: string, zone: string) => classifyDay(day, schoolsOf(zone), calendar).kind;
const next = (day: string, step: number) =>
  new Date(Date.parse(`${day}T12:00:00Z`) + step * 86_400_000).toISOString().slice(0, 10);
/** The first day from one on that is no Saturday or Sunday. */
const weekdayFrom = (day: string, step: 1 | -1): string => {
  let at = day;
  while ([0, 6].includes(dayOfWeek(at))) at = next(at, step);
  return at;
};

/** Public holidays next to holidays, by hand (code du travail, article L. 3133-1). */
const publicHolidays = [
  ...['2024-05-08', '2024-05-09', '2024-05-20', '2024-11-11', '2025-04-21', '2025-05-29', '2025-06-09'],
  ...['2026-05-01', '2026-05-14', '2026-05-25'],
];

describe('the first and the last day of each period of Corse and overseas', () => {
  const rows = official.filter((row) => ownZones.includes(row.zone) && !row.toCheck);
  test.each(
    rows.map((row) => [row.zone, row.firstDayOff, row.lastDayOff] as const),
  )('%s, %s to %s: both are off, and the days around them are not', (zone, first, last) => {
    const off = ['holiday', 'bridge', 'closure', 'public-holiday'];
    // Where a period starts on a Saturday, the Monday after it.
    for (const day of [weekdayFrom(first, 1), weekdayFrom(last, -1)])
      expect(off).toContain(kindOn(day, zone));
    for (const day of [weekdayFrom(next(first, -1), -1), weekdayFrom(next(last, 1), 1)]) {
      const another = of(official, zone).find((h) => h.firstDayOff <= day && day <= h.lastDayOff);
      const kind = kindOn(day, zone);
      // Mayotte's year 2026-2027 is not published; the Good Friday of Polynésie is in no official list.
      const unknown = day === '2026-08-24' || (zone === 'Polynésie' && day === '2024-03-29');
      if (another) expect([...off, 'unknown']).toContain(kind);
      else if (unknown) expect(kind).toBe('unknown');
      else expect([day, kind]).toEqual([day, publicHolidays.includes(day) ? 'public-holiday' : 'school-day']);
    }
  });

  const toCheck = official.filter((row) => row.toCheck && row.zone !== 'Réunion');
  test.each(
    toCheck.map((row) => [row.zone, row.firstDayOff, row.lastDayOff] as const),
  )('%s, %s to %s: nobody can tell, from the first to the last', (zone, first, last) => {
    // Whit Monday is off in any case.
    expect(kindOn(weekdayFrom(first, 1), zone)).toBe(first === '2026-05-23' ? 'public-holiday' : 'unknown');
    expect(kindOn(weekdayFrom(last, -1), zone)).toBe('unknown');
    expect(['school-day', 'public-holiday', 'unknown']).toContain(
      kindOn(weekdayFrom(next(first, -1), -1), zone),
    );
  });
});

/**
 * Days that an export after January 2026 has, of which the first and the last day off are given. Its end is the day
 * classes resume, as everywhere in that file: `du samedi 10 octobre au lundi 26 octobre 2026` ends on 25 October here.
 */
describe('the rows that a later export has', () => {
  const day = (zone: string, date: string) => `${date} ${kindOn(date, zone)}`;
  test.each([
    // La Réunion, end of 2025-2026: pupils are back on Tuesday 18 August 2026.
    ['Réunion', '2026-07-03', '2026-07-06', '2026-08-17', '2026-08-18'],
    // La Réunion 2026-2027: 10 to 25 October, 19 December to 31 January, 16 to 29 March, 5 to 18 May.
    ['Réunion', '2026-10-09', '2026-10-12', '2026-10-23', '2026-10-26'],
    ['Réunion', '2026-12-18', '2026-12-21', '2027-01-29', '2027-02-01'],
    ['Réunion', '2027-03-15', '2027-03-16', '2027-03-26', '2027-03-30'],
    ['Réunion', '2027-05-04', '2027-05-05', '2027-05-18', '2027-05-19'],
    // Polynésie 2026-2027, second degree: 12 to 20 September, 24 October to 8 November, 12 December to 10 January,
    // 13 to 21 February, 27 March to 11 April, 15 to 23 May.
    ['Polynésie', '2026-09-11', '2026-09-14', '2026-09-18', '2026-09-21'],
    ['Polynésie', '2026-10-23', '2026-10-26', '2026-11-06', '2026-11-09'],
    ['Polynésie', '2026-12-11', '2026-12-14', '2027-01-08', '2027-01-11'],
    ['Polynésie', '2027-02-12', '2027-02-15', '2027-02-19', '2027-02-22'],
    ['Polynésie', '2027-03-25', '2027-03-30', '2027-04-09', '2027-04-12'],
    ['Polynésie', '2027-05-14', '2027-05-18', '2027-05-21', '2027-05-24'],
  ])('%s: school on %s, off from %s to %s, school on %s', (zone, before, first, last, back) => {
    expect([before, first, last, back].map((date) => day(zone, date))).toEqual([
      `${before} school-day`,
      `${first} holiday`,
      `${last} holiday`,
      `${back} school-day`,
    ]);
  });

  test('the summer of Polynésie is 3 July to 23 August 2027, and the year after it is not known', () => {
    expect(
      ['2027-07-02', '2027-07-05', '2027-08-23', '2027-08-24'].map((d) => kindOn(d, 'Polynésie')),
    ).toEqual(['school-day', 'holiday', 'holiday', 'unknown']);
  });

  test('the winter of La Réunion starts on 3 July 2027, and its end is not out', () => {
    expect(['2027-07-02', '2027-07-05', '2027-08-31', '2027-09-01'].map((d) => kindOn(d, 'Réunion'))).toEqual(
      ['school-day', 'unknown', 'unknown', 'unknown'],
    );
  });

  test('stay when the export of January 2026 is imported again, with where they are from', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'passerelle-official-'));
    cpSync('data', folder, { recursive: true });
    expect(await importCalendar(file, folder, { dryRun: false })).toContain('nothing changed');
    expect(rowsIn(folder)).toEqual(rowsIn('data'));
    rmSync(folder, { recursive: true });
  });
});
