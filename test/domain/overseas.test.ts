import {
  classifyDay,
  findPartialDaysOff,
  findPublicHoliday,
  holidayZone,
  narrowToDepartement,
} from '../../src/domain/calendar/school-calendar.js';
import { addDays, weekday } from '../../src/domain/days.js';
import { checkMeetingDay } from '../../src/domain/engagements/meeting-day.js';
import { checkPlacement } from '../../src/domain/placements/placement.js';
import { academie, calendar } from '../support/builders.js';

const schoolsIn = (name: string, departement?: string) =>
  departement ? narrowToDepartement(academie(name), departement) : academie(name);
const territories = { Guadeloupe: '971', 'Saint-Barthélemy': '977', 'Saint-Martin': '978' } as const;
const inTerritory = (name: keyof typeof territories) => schoolsIn('Guadeloupe', territories[name]);
/** A day's kind, with what makes it so. */
const said = (day: string, where = academie('Lyon')): string => {
  const kind = classifyDay(day, where, calendar);
  switch (kind.kind) {
    case 'closure':
      return `closure: ${kind.name}`;
    case 'unknown':
      return `unknown: ${kind.because}`;
    case 'public-holiday':
      return kind.custom ? 'public-holiday: custom' : 'public-holiday';
    default:
      return kind.kind;
  }
};

describe('the territories of the académie of Guadeloupe', () => {
  // fr-en-calendrier-scolaire, January 2026: the populations are "Guadeloupe & Saint-Barthélémy", "Guadeloupe & Saint-
  // Martin", "Guadeloupe sauf Saint-Martin", "Saint-Martin", "Saint Martin" and "Saint-Barthélémy".
  const may = 'closure: Semaine en mai';
  const abolition = 'closure: Abolition de l’esclavage';
  test.each([
    // Semaine en mai, Guadeloupe & Saint-Barthélémy.
    ['2026-05-15', may, may, 'school-day'],
    ['2026-05-26', may, may, 'school-day'],
    // Abolition, Guadeloupe sauf Saint-Martin: a public holiday in Guadeloupe, where it was abolished on that day.
    ['2026-05-27', 'public-holiday', abolition, 'school-day'],
    // Abolition and Semaine en mai, Saint-Martin.
    ['2026-05-28', 'school-day', 'school-day', 'public-holiday'],
    ['2026-05-29', 'school-day', 'school-day', may],
    // Mi-carême, Guadeloupe & Saint-Martin.
    ['2026-03-12', 'closure: Mi-carême', 'school-day', 'closure: Mi-carême'],
    // Abolition, Saint-Barthélémy.
    ['2025-10-09', 'school-day', 'public-holiday', 'school-day'],
    // 2024-2025: 26 to 30 May, in rows of their own for "Saint Martin".
    ['2025-05-26', may, may, may],
    ['2025-05-27', 'public-holiday', abolition, may],
    ['2025-05-28', may, may, 'public-holiday'],
    ['2025-05-30', may, may, may],
    // Semaine en mai, Guadeloupe, Saint-Martin & Saint-Barthélémy.
    ['2024-05-10', may, may, may],
  ])('on %s: %s, %s, %s', (day, guadeloupe, saintBarthelemy, saintMartin) => {
    const names = ['Guadeloupe', 'Saint-Barthélemy', 'Saint-Martin'] as const;
    expect(names.map((name) => said(day, inTerritory(name)))).toEqual([
      guadeloupe,
      saintBarthelemy,
      saintMartin,
    ]);
  });

  test('have calendars of their own, and a day off in one of them is told of the whole académie', () => {
    expect(holidayZone(inTerritory('Saint-Martin'))).toBe('Saint-Martin');
    const whole = academie('Guadeloupe');
    expect(findPartialDaysOff('2026-05-25', '2026-05-29', whole, calendar)).toEqual([
      { day: '2026-05-28', departements: ['978'], because: 'public-holiday' },
      { day: '2026-05-29', departements: ['978'], because: 'closure' },
    ]);
    expect(checkMeetingDay('2026-05-29', whole, calendar)).toMatchObject({ outcome: 'partly-off' });
    expect(findPartialDaysOff('2026-05-25', '2026-05-29', inTerritory('Guadeloupe'), calendar)).toEqual([]);
  });
});

describe('a public holiday overseas', () => {
  // Code du travail, article L. 3422-2; 28 May in Saint-Martin: the list "Jours fériés en France" (data.gouv.fr).
  test.each([2024, 2025, 2026, 2027, 2028])('in Saint-Martin is 28 May and not 27 May in %i', (year) => {
    const of = (departement: string, day: string) => calendar.publicHoliday(`${year}-${day}`, departement);
    expect([of('978', '05-27'), of('978', '05-28')]).toEqual([undefined, 'law']);
    expect([of('971', '05-27'), of('971', '05-28')]).toEqual(['law', undefined]);
  });

  // No article has Good Friday for them; it is in article L. 3134-13 for Alsace-Moselle.
  test.each([
    ['Guadeloupe', '971', 'custom'],
    ['Martinique', '972', 'custom'],
    ['Strasbourg', '67', 'law'],
    ['Guyane', '973', undefined],
    ['La Réunion', '974', undefined],
    ['Guadeloupe', '977', undefined],
    ['Guadeloupe', '978', undefined],
  ])('on Good Friday of 2027 in %s (%s) is one by %s', (name, departement, expected) => {
    const where = schoolsIn(name, departement);
    expect(findPublicHoliday('2027-03-26', where, calendar)).toBe(expected);
    expect(findPublicHoliday('2027-03-25', where, calendar)).toBeUndefined();
  });

  test('by custom is off like any other, and told as such', () => {
    expect(said('2027-03-26', academie('Martinique'))).toBe('public-holiday: custom');
    expect(checkMeetingDay('2027-03-26', academie('Martinique'), calendar)).toEqual({
      outcome: 'no-classes',
      because: { kind: 'custom' },
    });
  });

  // The list "Jours fériés en France" (data.gouv.fr) has the eleven days of the mainland for these three, and no more.
  test.each([
    ['Polynésie française', '2027-03-05', 'the arrival of the Gospel'],
    ['Polynésie française', '2027-03-26', 'Good Friday'],
    ['Polynésie française', '2026-11-20', 'Matari’i'],
    ['Nouvelle-Calédonie', '2026-09-24', 'the day of citizenship'],
    ['Wallis-et-Futuna', '2027-04-28', 'Saint Pierre Chanel'],
    ['Wallis-et-Futuna', '2026-06-29', 'Saint Peter and Saint Paul'],
    ['Wallis-et-Futuna', '2026-07-29', 'the day of the territory'],
  ])('of %s on %s (%s) is in no official list: to be checked', (name, day) => {
    expect(findPublicHoliday(day, academie(name), calendar)).toBe('to-check');
    expect(said(day, academie(name))).toMatch(/^unknown: /);
    expect(checkMeetingDay(day, academie(name), calendar).outcome).toBe('unknown');
  });

  test.each([
    'Polynésie française',
    'Nouvelle-Calédonie',
    'Wallis-et-Futuna',
  ])('of the mainland is one in %s by law', (name) => {
    for (const day of ['2027-01-01', '2027-05-06', '2026-07-14', '2026-11-11'])
      expect(findPublicHoliday(day, academie(name), calendar)).toBe('law');
  });

  test('that is to be checked leaves a week of 3e to be checked, and does not take its day away', () => {
    const week = { kind: 'placement-3e', firstDay: '2027-03-01', lastDay: '2027-03-05' } as const;
    expect(checkPlacement(week, academie('Polynésie française'), calendar)).toMatchObject({
      outcome: 'unknown',
      because: 'day-to-check',
      presenceDays: 5,
    });
    const before = { ...week, lastDay: '2027-03-04' };
    expect(checkPlacement(before, academie('Polynésie française'), calendar)).toMatchObject({
      outcome: 'fine',
    });
  });
});

describe('a summer whose end is not out', () => {
  // fr-en-calendrier-scolaire, January 2026: "Début des Vacances d'Été", 4 July 2026 (2 July in Saint-Pierre).
  test.each([
    ['Corse', '2026-07-03', '2026-07-06'],
    ['Guadeloupe', '2026-07-03', '2026-07-06'],
    ['Guyane', '2026-07-03', '2026-07-06'],
    ['Martinique', '2026-07-03', '2026-07-06'],
    ['Saint-Pierre-et-Miquelon', '2026-07-01', '2026-07-02'],
  ])('in %s: school on %s, nobody can tell from %s until September', (name, before, first) => {
    expect(said(before, academie(name))).toBe('school-day');
    for (let day = first; day <= '2026-09-04'; day = addDays(day, 1))
      if (weekday(day) < 6 && day !== '2026-07-14')
        expect(said(day, academie(name))).toBe('unknown: holiday-to-check');
    const week = { kind: 'placement-3e', firstDay: '2026-07-06', lastDay: '2026-07-10' } as const;
    expect(checkPlacement(week, academie(name), calendar).outcome).toBe('unknown');
  });

  test('of a zone ends with the school year, as before', () => {
    expect(['2028-07-04', '2028-08-31'].map((day) => said(day))).toEqual(['holiday', 'holiday']);
  });
});

describe('a school year that starts in August', () => {
  // fr-en-calendrier-scolaire, January 2026: the summers of the second degree end on these days.
  test.each([
    ['La Réunion', '2024-08-16', '2024-08-19'],
    ['La Réunion', '2025-08-18', '2025-08-19'],
    ['Mayotte', '2024-08-23', '2024-08-26'],
    ['Mayotte', '2025-08-22', '2025-08-25'],
    ['Polynésie française', '2024-08-12', '2024-08-13'],
    ['Polynésie française', '2025-08-11', '2025-08-12'],
  ])('in %s: off on %s, school on %s and on the rest of the month', (name, last, back) => {
    expect(said(last, academie(name))).toBe('holiday');
    for (let day = back; day <= `${back.slice(0, 4)}-08-31`; day = addDays(day, 1))
      if (weekday(day) < 6 && !day.endsWith('08-15')) expect(said(day, academie(name))).toBe('school-day');
  });

  test('is not known before it is published: Mayotte after 23 August 2026', () => {
    expect(['2026-08-21', '2026-08-24', '2026-08-31'].map((day) => said(day, academie('Mayotte')))).toEqual([
      'holiday',
      'unknown: local-calendar',
      'unknown: local-calendar',
    ]);
  });

  test('is known from the end of a summer on: La Réunion after 17 August 2026, and not after 3 July 2027', () => {
    const days = ['2026-08-17', '2026-08-18', '2026-08-31', '2026-09-01', '2027-08-11', '2027-08-31'];
    expect(days.map((day) => said(day, academie('La Réunion')))).toEqual([
      ...['holiday', 'school-day', 'school-day', 'school-day'],
      ...['unknown: holiday-to-check', 'unknown: holiday-to-check'],
    ]);
  });

  test('has no first days in August that the summer before it does not tell', () => {
    const only = { ...calendar, holidays: calendar.holidays.filter((h) => h.schoolYear !== '2025-2026') };
    const kind = (day: string) => classifyDay(day, academie('La Réunion'), only).kind;
    expect([kind('2026-08-12'), kind('2026-08-31'), kind('2026-09-01')]).toEqual([
      'unknown',
      'unknown',
      'school-day',
    ]);
  });
});

describe('a local closure takes its day away, as a bridge does', () => {
  const week = (name: string, firstDay: string, lastDay: string, departement?: string) =>
    checkPlacement({ kind: 'placement-3e', firstDay, lastDay }, schoolsIn(name, departement), calendar);
  // fr-en-calendrier-scolaire, January 2026, rows of one day.
  test.each([
    ['Mi-carême', 'Guadeloupe', '971', '2026-03-09', '2026-03-12', { because: 'closure', name: 'Mi-carême' }],
    [
      'Semaine en mai',
      'Guadeloupe',
      '971',
      '2026-05-11',
      '2026-05-15',
      { because: 'closure', name: 'Semaine en mai' },
    ],
    ['Lundi de Pentecôte', 'Corse', undefined, '2025-06-09', '2025-06-09', { because: 'public-holiday' }],
    [
      'Journée vaquée',
      'Corse',
      undefined,
      '2023-09-04',
      '2023-09-08',
      { because: 'closure', name: 'Journée vaquée' },
    ],
    ['Pont de l’Ascension', 'Corse', undefined, '2026-05-11', '2026-05-15', { because: 'bridge' }],
  ])('%s in %s (%s): the week of %s has 3 or 4 days', (_, name, departement, monday, day, off) => {
    const verdict = week(name, monday, addDays(monday, 4), departement);
    expect(verdict).toMatchObject({ outcome: 'fewer-days' });
    expect(verdict.outcome === 'fewer-days' && verdict.off).toContainEqual({ day, ...off });
  });

  test('a week with too many of them has too few days', () => {
    // Whit Monday, Semaine en mai and the abolition of slavery.
    expect(week('Guadeloupe', '2026-05-25', '2026-05-29', '971')).toMatchObject({
      outcome: 'refused',
      broken: { rule: 'too-short', days: 2 },
    });
  });

  test('holidays still refuse', () => {
    expect(week('Guadeloupe', '2026-02-09', '2026-02-13', '971')).toMatchObject({
      outcome: 'refused',
      broken: { rule: 'holiday' },
    });
  });

  test('a week of 3e prépa-métiers is as long with one as without', () => {
    const dates = { kind: 'placement-prepa-metiers', firstDay: '2026-03-09', lastDay: '2026-03-13' } as const;
    expect(checkPlacement(dates, schoolsIn('Guadeloupe', '971'), calendar)).toMatchObject({
      outcome: 'fewer-days',
      presenceDays: 4,
    });
  });
});

describe('holidays of an own calendar that are longer than any but the summer are asked about', () => {
  // fr-en-calendrier-scolaire, January 2026: "Vacances de Mai" from 23 May to 3 July 2026, "Vacances de Novembre"
  // from 28 September to 12 November 2023.
  test.each([
    ['2026-05-22', 'school-day'],
    ['2026-05-26', 'unknown: holiday-to-check'],
    ['2026-06-15', 'unknown: holiday-to-check'],
    ['2026-07-03', 'unknown: holiday-to-check'],
    ['2023-09-27', 'school-day'],
    ['2023-09-28', 'unknown: holiday-to-check'],
    ['2023-11-10', 'unknown: holiday-to-check'],
    ['2023-11-13', 'school-day'],
  ])('in Polynésie on %s: %s', (day, expected) =>
    expect(said(day, academie('Polynésie française'))).toBe(expected));

  test('the austral summer of La Réunion may be as long: 44 days from 19 December 2026', () => {
    expect(['2026-12-21', '2027-01-29'].map((day) => said(day, academie('La Réunion')))).toEqual([
      'holiday',
      'holiday',
    ]);
  });
});

describe('a day off that no official calendar has', () => {
  const nativity = {
    ...{ schoolYear: '2026-2027', zone: 'Corse', period: 'Nativité de la Vierge', local: true },
    ...{ firstDayOff: '2026-09-08', lastDayOff: '2026-09-08' },
  };
  const withLocal = { ...calendar, holidays: [...calendar.holidays, nativity] };

  test('is off once somebody has added it, and makes no other day of the year known', () => {
    const kind = (day: string) => classifyDay(day, academie('Corse'), withLocal);
    expect(kind('2026-09-08')).toEqual({ kind: 'closure', name: 'Nativité de la Vierge' });
    expect(kind('2026-09-09')).toEqual({ kind: 'unknown', because: 'local-calendar' });
  });

  test('inside holidays is one of their days', () => {
    const inside = {
      ...nativity,
      schoolYear: '2025-2026',
      firstDayOff: '2026-02-18',
      lastDayOff: '2026-02-18',
    };
    const both = { ...calendar, holidays: [inside, ...calendar.holidays] };
    expect(classifyDay('2026-02-18', academie('Corse'), both)).toMatchObject({
      kind: 'holiday',
      holiday: { period: 'Hiver' },
    });
  });
});
