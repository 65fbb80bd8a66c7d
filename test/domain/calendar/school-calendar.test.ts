import {
  type Academie,
  classifyDay,
  type DayKind,
  findPartialDaysOff,
  findPublicHoliday,
  holidayZone,
  narrowToDepartement,
  schoolYearOf,
} from '../../../src/domain/calendar/school-calendar.js';
import { addDays, eachDay, weekday } from '../../../src/domain/days.js';
import { academie, calendar } from '../../support/builders.js';

const kindOf = (day: string, where: Academie): DayKind['kind'] => classifyDay(day, where, calendar).kind;
/** Whose schools follow a zone: the académies, or a part of one. */
const inZone = (zone: string): Academie[] =>
  calendar.academies
    .flatMap((a) => [a, ...Object.keys(a.otherZones ?? {}).map((d) => narrowToDepartement(a, d))])
    .filter((a) => holidayZone(a) === zone);
const rowsOf = calendar.holidays.map((h) => [h.schoolYear, h.zone, h.period, h] as const);

describe('a school holiday', () => {
  test.each(
    rowsOf,
  )('%s, zone %s, %s: no day of it is a school day, both ends included', (_, zone, __, row) => {
    const [any] = inZone(zone);
    const kinds = eachDay(row.firstDayOff, row.lastDayOff).map((d) => kindOf(d, any as Academie));
    expect(kinds).not.toContain('school-day');
    const [first] = kinds;
    if (row.toCheck) expect(kinds).toContain('unknown');
    else if (row.firstDayOff === row.lastDayOff)
      expect(['closure', 'bridge', 'public-holiday']).toContain(first);
    else expect(kinds).toContain(row.period.startsWith('Pont') ? 'bridge' : 'holiday');
    if (!row.toCheck) expect(kinds).not.toContain('unknown');
  });

  test.each(
    rowsOf,
  )('%s, zone %s, %s: the weekday before it and the weekday after are no part of it', (_, zone, __, row) => {
    const [any] = inZone(zone);
    const nearest = (from: string, step: 1 | -1) => {
      let day = addDays(from, step);
      while (weekday(day) > 5) day = addDays(day, step);
      // Days of May are off one by one in Guadeloupe, holidays to be checked go on into the summer, and the Good Friday
      // of Polynésie is to be checked.
      const another =
        calendar.holidays.some((h) => h.zone === zone && h.firstDayOff <= day && day <= h.lastDayOff) ||
        findPublicHoliday(day, any as Academie, calendar) === 'to-check';
      return another ? 'another' : kindOf(day, any as Academie);
    };
    const schoolDay =
      zone.length === 1 ? ['school-day', 'public-holiday'] : ['school-day', 'public-holiday', 'another'];
    expect(schoolDay).toContain(nearest(row.firstDayOff, -1));
    // The year after the last one known is unpublished, which is no school day either.
    const year = Number(row.schoolYear.slice(5));
    const next = calendar.holidays.some((h) => h.zone === zone && h.schoolYear === `${year}-${year + 1}`);
    const last = row.lastDayOff.slice(5) > '08-01' && row.lastDayOff.slice(5) < '09-15' && !next;
    expect(last ? ['unknown'] : schoolDay).toContain(nearest(row.lastDayOff, 1));
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
  test('is that of Nouvelle-Calédonie and Wallis-et-Futuna, whose school year is the civil year', () => {
    for (const where of ['Nouvelle-Calédonie', 'Wallis-et-Futuna'].map(academie))
      for (const day of eachDay('2025-09-01', '2026-08-31'))
        expect(['weekend', 'public-holiday', 'unknown']).toContain(kindOf(day, where));
  });

  test.each([
    'Corse',
    'Guadeloupe',
    'Guyane',
    'Martinique',
    'Mayotte',
    'Saint-Pierre-et-Miquelon',
  ])('is that of %s from the school year 2026-2027 on', (name) => {
    expect(classifyDay('2026-03-16', academie(name), calendar).kind).not.toBe('unknown');
    for (const day of eachDay('2026-09-07', '2027-07-31'))
      expect(['weekend', 'public-holiday', 'unknown']).toContain(kindOf(day, academie(name)));
    expect(classifyDay('2027-03-15', academie(name), calendar)).toEqual({
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
      expect(classifyDay(day, inZone(zone)[0] as Academie, calendar)).toEqual({
        kind: 'unknown',
        because: 'unpublished',
      });
  });
});

describe('the own calendar of an académie', () => {
  const row = (
    schoolYear: string,
    zone: string,
    period: string,
    firstDayOff: string,
    lastDayOff: string,
  ) => ({
    schoolYear,
    zone,
    period,
    firstDayOff,
    lastDayOff,
  });
  const withOwn = {
    ...calendar,
    holidays: [
      ...calendar.holidays,
      row('2026-2027', 'Corse', 'Toussaint', '2026-10-17', '2026-11-01'),
      row('2026-2027', 'Corse', 'Été', '2027-07-03', '2027-09-01'),
      row('2026-2027', 'Guadeloupe', 'Carnaval', '2027-02-06', '2027-02-21'),
      row('2026-2027', 'Saint-Barthélemy', 'Carnaval', '2027-02-13', '2027-02-28'),
    ],
  };
  const kind = (day: string, where: Academie) => classifyDay(day, where, withOwn);

  test('is known for the years it has rows for, and for no other', () => {
    const corse = academie('Corse');
    expect(kind('2026-10-19', corse)).toMatchObject({ kind: 'holiday', holiday: { period: 'Toussaint' } });
    expect(kind('2026-10-16', corse)).toEqual({ kind: 'school-day' });
    expect(kind('2027-11-22', corse)).toEqual({ kind: 'unknown', because: 'local-calendar' });
  });

  test('is not known on days to be checked, but for holidays within them that are sure', () => {
    const corse = academie('Corse');
    const toCheck = { ...row('2026-2027', 'Corse', 'Printemps', '2027-04-10', '2027-05-30'), toCheck: true };
    const sure = row('2026-2027', 'Corse', "Pont de l'Ascension", '2027-05-06', '2027-05-09');
    const doubtful = { ...withOwn, holidays: [...withOwn.holidays, toCheck, sure] };
    const kinds = ['04-09', '04-12', '05-05', '05-06', '05-07', '05-10', '05-17', '05-28', '05-31'].map(
      (day) => classifyDay(`2027-${day}`, corse, doubtful).kind,
    );
    expect(kinds).toEqual([
      ...['school-day', 'unknown', 'unknown', 'public-holiday', 'bridge'],
      ...['unknown', 'public-holiday', 'unknown', 'school-day'],
    ]);
  });

  test('of Saint-Barthélemy is not the one of Guadeloupe, of whose académie it is', () => {
    const guadeloupe = academie('Guadeloupe');
    const zones = ['971', '977', '978'].map((d) => holidayZone(narrowToDepartement(guadeloupe, d)));
    expect(zones).toEqual(['Guadeloupe', 'Saint-Barthélemy', 'Saint-Martin']);
    expect(holidayZone(guadeloupe)).toBe('Guadeloupe');
    const off = ['971', '977'].map((d) => kind('2027-02-08', narrowToDepartement(guadeloupe, d)).kind);
    expect(off).toEqual(['holiday', 'school-day']);
  });

  test('is none of the zones A, B and C', () => {
    for (const where of calendar.academies) expect(holidayZone(where)).toBe(where.zone ?? where.ownZone);
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
    eachDay(`${year}-01-01`, `${year}-12-31`).filter((d) => findPublicHoliday(d, where, calendar));

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

  // Good Friday and 26 December 2025, a Friday in the Christmas holidays of zone B.
  test.each([
    ['57', 'Nancy-Metz', ['public-holiday', 'public-holiday']],
    ['67', 'Strasbourg', ['public-holiday', 'public-holiday']],
    ['68', 'Strasbourg', ['public-holiday', 'public-holiday']],
    ['54', 'Nancy-Metz', ['school-day', 'holiday']],
    ['55', 'Nancy-Metz', ['school-day', 'holiday']],
    ['88', 'Nancy-Metz', ['school-day', 'holiday']],
    ['90', 'Besançon', ['school-day', 'holiday']],
    ['08', 'Reims', ['school-day', 'holiday']],
  ])('of Alsace-Moselle are kept by a school in %s or not', (departement, name, expected) => {
    const where = narrowToDepartement(academie(name), departement);
    expect(['2026-04-03', '2025-12-26'].map((d) => kindOf(d, where))).toEqual(expected);
  });

  // The day slavery was abolished in each.
  test.each([
    ['971', 'Guadeloupe', '2026-05-27'],
    ['972', 'Martinique', '2026-05-22'],
    ['973', 'Guyane', '2026-06-10'],
    ['974', 'La Réunion', '2027-12-20'],
    ['976', 'Mayotte', '2026-04-27'],
    ['977', 'Guadeloupe', '2026-10-09'],
    ['978', 'Guadeloupe', '2026-05-28'],
  ])('of %s are its own', (departement, name, day) => {
    expect(kindOf(day, narrowToDepartement(academie(name), departement))).toBe('public-holiday');
    expect(findPublicHoliday(day, academie('Paris'), calendar)).toBeUndefined();
  });

  test('of a part of an académie are told as such, until the département is known', () => {
    const goodFriday = [{ day: '2026-04-03', departements: ['57'], because: 'public-holiday' }];
    const week = ['2026-03-30', '2026-04-06'] as const;
    const nancy = academie('Nancy-Metz');
    expect(findPartialDaysOff(...week, nancy, calendar)).toEqual(goodFriday);
    expect(findPartialDaysOff(...week, narrowToDepartement(nancy, '57'), calendar)).toEqual([]);
    expect(findPartialDaysOff(...week, narrowToDepartement(nancy, '54'), calendar)).toEqual([]);
    expect(findPartialDaysOff(...week, academie('Strasbourg'), calendar)).toEqual([]);
    expect(findPartialDaysOff(...week, academie('Lille'), calendar)).toEqual([]);
    // 26 December 2026 is a Saturday; in 2025 it is in the holidays anyway.
    expect(findPartialDaysOff('2025-12-01', '2026-01-31', nancy, calendar)).toEqual([]);
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
