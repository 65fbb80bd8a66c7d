import fc from 'fast-check';
import type { PlacementKind } from '../../../src/domain/action.js';
import { checkHours } from '../../../src/domain/placements/hours.js';
import { aConvention } from '../../support/builders.js';

const limits = aConvention().hours;
const verdict = (
  from: string,
  until: string,
  breakMinutes: number,
  kind: PlacementKind = 'placement-2de',
  days = 5,
) => {
  const v = checkHours({ from, until, breakMinutes }, kind, days, limits);
  return v.ok
    ? `${v.minutesPerDay / 60} h a day, ${v.minutesPerWeek / 60} h a week${v.longForUnder15 ? ', long' : ''}`
    : v.broken;
};

test.each([
  ['09:00', '17:00', 60, '7 h a day, 35 h a week'],
  ['09:00', '17:00', 59, 'day-too-long'],
  ['09:00', '17:01', 60, 'day-too-long'],
  ['09:00', '16:20', 20, 'break-missing'],
  ['09:00', '13:24', 0, '4.4 h a day, 22 h a week'],
  ['09:00', '13:29', 29, '4 h a day, 20 h a week'],
  // The break depends on the hours of presence, not on those from arrival to departure (L.3162-3).
  ['09:00', '13:36', 15, '4.35 h a day, 21.75 h a week'],
  ['09:00', '13:30', 0, 'break-missing'],
  ['09:00', '13:45', 15, 'break-missing'],
  ['09:00', '14:00', 30, '4.5 h a day, 22.5 h a week'],
  ['09:00', '14:00', 29, 'break-missing'],
  ['09:00', '13:30', 30, '4 h a day, 20 h a week'],
  ['06:00', '10:00', 0, '4 h a day, 20 h a week'],
  ['05:59', '10:00', 0, 'too-early'],
  ['16:00', '20:00', 0, '4 h a day, 20 h a week'],
  ['16:00', '20:01', 0, 'too-late'],
  ['12:00', '12:00', 0, 'order'],
  ['12:00', '11:00', 0, 'order'],
  ['12:00', '12:30', 30, 'order'],
])('from %s to %s with a break of %i minutes: %s', (from, until, minutes, expected) =>
  expect(verdict(from, until, minutes)).toBe(expected));

// Consecutive hours of rest between two days: 14 under 16, 12 at 16 and 17 (L.3164-1).
test.each([
  ['placement-3e', '08:00', '18:00', 'ok'],
  ['placement-3e', '08:00', '18:01', 'rest-too-short'],
  ['placement-3e', '06:00', '20:00', 'rest-too-short'],
  ['placement-prepa-metiers', '08:00', '18:00', 'ok'],
  ['placement-prepa-metiers', '08:00', '18:01', 'rest-too-short'],
  ['placement-2de', '08:00', '20:00', 'ok'],
  ['placement-2de', '07:59', '20:00', 'rest-too-short'],
] as const)('%s, there from %s to %s with a long break: %s', (kind, from, until, expected) => {
  const span = 60 * (Number(until.slice(0, 2)) - Number(from.slice(0, 2)));
  const v = checkHours({ from, until, breakMinutes: span - 3 * 60 }, kind, 5, limits);
  expect(v.ok ? 'ok' : v.broken).toBe(expected);
});

test.each([
  ['placement-3e', 5, '6.5 h a day, 32.5 h a week, long'],
  ['placement-3e', 4, '6.5 h a day, 26 h a week'],
  // The same age: pupils of 3e prépa-métiers.
  ['placement-prepa-metiers', 5, '6.5 h a day, 32.5 h a week, long'],
  ['placement-2de', 5, '6.5 h a day, 32.5 h a week'],
] as const)('6 h 30 a day in %s, %i days a week: %s', (kind, days, expected) =>
  expect(verdict('09:00', '16:30', 60, kind, days)).toBe(expected));

test('a company that allows less a week refuses what the others take', () => {
  const short = { ...limits, perWeek: 30 };
  const hours = { from: '09:00', until: '16:30', breakMinutes: 60 };
  expect(checkHours(hours, 'placement-2de', 5, short)).toEqual({ ok: false, broken: 'week-too-long' });
});

test('whatever is accepted keeps every limit', () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const time = minute.map(
    (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`,
  );
  fc.assert(
    fc.property(
      time,
      time,
      fc.integer({ min: 0, max: 240 }),
      fc.integer({ min: 1, max: 5 }),
      (from, until, pause, days) => {
        const v = checkHours({ from, until, breakMinutes: pause }, 'placement-3e', days, limits);
        if (!v.ok) return;
        expect(v.minutesPerDay).toBeLessThanOrEqual(60 * limits.perDay);
        expect(v.minutesPerWeek).toBeLessThanOrEqual(60 * limits.perWeek);
        expect(v.longForUnder15).toBe(v.minutesPerWeek > 60 * limits.perWeekUnder15);
        expect(from >= limits.earliest && until <= limits.latest).toBe(true);
      },
    ),
  );
});
