import fc from 'fast-check';
import {
  type Academie,
  classifyDay,
  narrowToDepartement,
} from '../../../src/domain/calendar/school-calendar.js';
import { addDays, eachDay } from '../../../src/domain/days.js';
import {
  checkMeetingDay,
  checkMeetingDayEverywhere,
  type MeetingDay,
  meetingCertainty,
} from '../../../src/domain/engagements/meeting-day.js';
import { academie, calendar } from '../../support/builders.js';

/** Outcome and reason in one line. */
function said(v: MeetingDay): string {
  switch (v.outcome) {
    case 'fine':
      return 'fine';
    case 'partly-off':
      return `partly-off: ${v.off.map((o) => o.departements.join()).join('; ')}`;
    case 'unknown':
      return `unknown: ${v.because}`;
    default:
      return `no classes: ${v.because.kind === 'holiday' ? v.because.holiday.period : v.because.kind}`;
  }
}

test.each([
  ['a Tuesday in term', '2026-12-08', 'Lyon', 'fine'],
  ['a Saturday', '2026-12-12', 'Lyon', 'no classes: saturday'],
  ['a Sunday', '2026-12-13', 'Lyon', 'no classes: sunday'],
  ['a Sunday in Corse', '2026-12-13', 'Corse', 'no classes: sunday'],
  ['14 July', '2027-07-14', 'Paris', 'no classes: public-holiday'],
  ['14 July in La Réunion', '2027-07-14', 'La Réunion', 'no classes: public-holiday'],
  ['11 November', '2026-11-11', 'Lille', 'no classes: public-holiday'],
  ['the winter holidays of zone A', '2027-02-15', 'Lyon', 'no classes: Hiver'],
  ['the same day in zone B', '2027-02-15', 'Lille', 'fine'],
  ['the bridge of the Ascension', '2027-05-07', 'Lyon', 'no classes: bridge'],
  ['Good Friday in Strasbourg', '2027-03-26', 'Strasbourg', 'no classes: public-holiday'],
  [
    'Good Friday in Nancy-Metz, of which one département keeps it',
    '2027-03-26',
    'Nancy-Metz',
    'partly-off: 57',
  ],
  ['a Tuesday in Corse', '2026-12-08', 'Corse', 'unknown: local-calendar'],
  ['a Tuesday in Mayotte', '2026-12-08', 'Mayotte', 'unknown: local-calendar'],
  ['a year not published', '2029-01-16', 'Lille', 'unknown: unpublished'],
])('%s', (_, day, where, expected) =>
  expect(said(checkMeetingDay(day, academie(where), calendar))).toBe(expected));

test.each([
  ['a Tuesday in term', '2026-12-08', 'fine'],
  ['a Sunday', '2026-12-13', 'no classes: sunday'],
  ['14 July', '2027-07-14', 'no classes: public-holiday'],
  ['Christmas holidays, which all zones have together', '2026-12-22', 'no classes: Noël'],
  ['winter holidays of one zone', '2027-02-15', 'unknown: school'],
  ['a Saturday', '2027-04-17', 'no classes: saturday'],
  ['Good Friday, which Alsace-Moselle has off', '2027-03-26', 'unknown: school'],
  ['a year not published', '2029-01-16', 'unknown: unpublished'],
])('a school that may be anywhere: %s', (_, day, expected) =>
  expect(said(checkMeetingDayEverywhere(day, calendar))).toBe(expected));

const day = fc.integer({ min: 0, max: 2200 }).map((n) => addDays('2023-09-01', n));
const whole = fc.constantFrom(...calendar.academies);
const school = whole.chain((a) => fc.constantFrom(...a.departements).map((d) => narrowToDepartement(a, d)));

test('a day with a warning for a school is exactly one that is no school day there', () => {
  fc.assert(
    fc.property(day, school, (d, where) => {
      const kind = classifyDay(d, where, calendar);
      const { outcome } = checkMeetingDay(d, where, calendar);
      expect(outcome).toBe(
        kind.kind === 'school-day' ? 'fine' : kind.kind === 'unknown' ? 'unknown' : 'no-classes',
      );
    }),
    { numRuns: 2000 },
  );
});

test('a day of a whole académie is fine exactly when it is for every school of it', () => {
  fc.assert(
    fc.property(day, whole, (d, where) => {
      const schools = where.departements.map((one) => narrowToDepartement(where, one));
      const fine = (a: Academie) => checkMeetingDay(d, a, calendar).outcome === 'fine';
      expect(fine(where)).toBe(schools.every(fine));
    }),
    { numRuns: 1000 },
  );
});

test('what is said of a school that may be anywhere holds wherever it is', () => {
  const zoned = calendar.academies.filter((a) => a.zone);
  for (const d of eachDay('2025-09-01', '2028-08-31')) {
    const { outcome } = checkMeetingDayEverywhere(d, calendar);
    const everywhere = zoned.flatMap((a) =>
      a.departements.map((one) => checkMeetingDay(d, narrowToDepartement(a, one), calendar).outcome),
    );
    if (outcome !== 'unknown') expect(new Set(everywhere)).toEqual(new Set([outcome]));
    else expect(everywhere).toContain('no-classes');
  }
});

test('a meeting is as certain as its least certain place, and a warning makes it no less so', () => {
  const days = ['2026-12-08', '2027-02-15'].map((d) => checkMeetingDay(d, academie('Lyon'), calendar));
  expect(meetingCertainty(days)).toBe('fine');
  const corse = checkMeetingDay('2026-12-08', academie('Corse'), calendar);
  expect(meetingCertainty([...days, corse])).toBe('unknown');
});
