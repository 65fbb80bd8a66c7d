import { type Academie, type DayKind, dayKind, daysOf, schoolYearOf } from '../../src/domain/calendar.js';
import { addDays, weekday } from '../../src/domain/convention.js';
import { academie, calendar } from '../support/builders.js';

const kindOf = (day: string, where: Academie): DayKind['kind'] => dayKind(day, where, calendar).kind;
const inZone = (zone: string): Academie[] => calendar.academies.filter((a) => a.zone === zone);
const own = calendar.academies.filter((a) => !a.zone);
const rowsOf = calendar.holidays.map((h) => [h.schoolYear, h.zone, h.period, h] as const);

describe('a school holiday', () => {
  test.each(
    rowsOf,
  )('%s, zone %s, %s: no day of it is a school day, both ends included', (_, zone, __, row) => {
    const [any] = inZone(zone);
    const days = daysOf(row.firstDayOff, row.lastDayOff);
    const kinds = new Set(days.map((d) => kindOf(d, any as Academie)));
    expect(kinds).not.toContain('school-day');
    expect(kinds).not.toContain('unknown');
    expect(kinds).toContain(row.period.startsWith('Pont') ? 'bridge' : 'holiday');
  });

  test.each(
    rowsOf,
  )('%s, zone %s, %s: the weekday before it and the weekday after are no part of it', (_, zone, __, row) => {
    const [any] = inZone(zone);
    const nearest = (from: string, step: 1 | -1) => {
      let day = addDays(from, step);
      while (weekday(day) > 5) day = addDays(day, step);
      return kindOf(day, any as Academie);
    };
    expect(['school-day', 'public-holiday']).toContain(nearest(row.firstDayOff, -1));
    // The year after the last one known is unpublished, which is no school day either.
    const last = row.schoolYear === '2027-2028' && row.period === 'Été';
    expect(last ? ['unknown'] : ['school-day', 'public-holiday']).toContain(nearest(row.lastDayOff, 1));
  });

  test('of one zone is none of another: 9 February 2026 is off in Lyon, and school in Lille and Paris', () => {
    expect(['Lyon', 'Lille', 'Paris'].map((name) => kindOf('2026-02-09', academie(name)))).toEqual([
      'holiday',
      'school-day',
      'school-day',
    ]);
  });
});

describe('a calendar that is not known', () => {
  test('is that of Corse and overseas, on every weekday that is no public holiday', () => {
    expect(own.map((a) => a.name)).toEqual(expect.arrayContaining(['Corse', 'La Réunion', 'Mayotte']));
    for (const where of own)
      for (const day of daysOf('2025-09-01', '2026-08-31'))
        expect(['weekend', 'public-holiday', 'unknown']).toContain(kindOf(day, where));
    expect(dayKind('2026-03-16', academie('Corse'), calendar)).toEqual({
      kind: 'unknown',
      because: 'local-calendar',
    });
  });

  test.each([
    '2028-09-01',
    '2029-01-15',
    '2031-03-03',
    '2023-03-01',
  ])('is that of a year which is not published: %s', (day) => {
    for (const zone of ['A', 'B', 'C'])
      expect(dayKind(day, inZone(zone)[0] as Academie, calendar)).toEqual({
        kind: 'unknown',
        because: 'unpublished',
      });
  });
});

/** Easter Sunday, by the Gregorian computus. */
function easter(year: number): string {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}`;
}
const national = (year: number): string[] =>
  [
    ...['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'].map((d) => `${year}-${d}`),
    ...[1, 39, 50].map((n) => addDays(easter(year), n)),
  ].sort();

describe('public holidays', () => {
  const of = (year: number, where: Academie) =>
    daysOf(`${year}-01-01`, `${year}-12-31`).filter((d) => calendar.isPublicHoliday(d, where));

  test.each([2023, 2024, 2025, 2026, 2027, 2028, 2029])('of %i are the eleven of the law', (year) => {
    for (const name of ['Paris', 'Lyon', 'Corse']) expect(of(year, academie(name))).toEqual(national(year));
  });

  test.each([
    2024, 2025, 2026, 2027, 2028,
  ])('of %i have Good Friday and 26 December more in Strasbourg', (year) => {
    const more = [addDays(easter(year), -2), `${year}-12-26`];
    expect(of(year, academie('Strasbourg'))).toEqual([...national(year), ...more].sort());
  });

  test('of Alsace-Moselle are not taken for those of the whole académie of Nancy-Metz', () => {
    expect(kindOf('2026-04-03', academie('Strasbourg'))).toBe('public-holiday');
    expect(kindOf('2026-04-03', academie('Nancy-Metz'))).toBe('school-day');
  });
});

test('the bridge of the Ascension is a bridge, its Thursday a public holiday', () => {
  expect(
    ['2026-05-13', '2026-05-14', '2026-05-15', '2026-05-16'].map((d) => kindOf(d, academie('Lyon'))),
  ).toEqual(['school-day', 'public-holiday', 'bridge', 'weekend']);
});

test.each([
  ['2026-08-31', '2025-2026'],
  ['2026-09-01', '2026-2027'],
  ['2027-01-01', '2026-2027'],
])('%s is in the school year %s', (day, year) => expect(schoolYearOf(day)).toBe(year));
