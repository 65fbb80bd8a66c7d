import fc from 'fast-check';
import { findLatestWeekly, startOfDay } from '../../src/domain/days.js';

const paris = 'Europe/Paris';
const monday9 = (now: string) => findLatestWeekly(now, 1, '09:00', paris);

describe('Monday at 09:00 in Paris', () => {
  // The clocks go forward on Sunday 29 March 2026 and back on Sunday 25 October 2026.
  test.each([
    ['2026-03-23T08:00:00.000Z', '2026-03-16'],
    ['2026-03-30T07:00:00.000Z', '2026-03-23'],
    ['2026-04-06T07:00:00.000Z', '2026-03-30'],
    ['2026-10-19T07:00:00.000Z', '2026-10-12'],
    ['2026-10-26T08:00:00.000Z', '2026-10-19'],
    ['2026-11-02T08:00:00.000Z', '2026-10-26'],
    ['2027-01-04T08:00:00.000Z', '2026-12-28'],
  ])('is due exactly at %s; one millisecond before, the last was on %s', (at, before) => {
    expect(monday9(at)).toEqual({ at, day: at.slice(0, 10) });
    const justBefore = new Date(Date.parse(at) - 1).toISOString();
    expect(monday9(justBefore).day).toBe(before);
    const sixDaysLater = new Date(Date.parse(at) + 6 * 86_400_000).toISOString();
    expect(monday9(sixDaysLater)).toEqual({ at, day: at.slice(0, 10) });
  });
});

test('a Sunday at 02:30 that the clocks skip is right after, and one they repeat comes once', () => {
  const sunday = (now: string) => findLatestWeekly(now, 7, '02:30', paris);
  expect(sunday('2026-03-29T12:00:00.000Z')).toEqual({ at: '2026-03-29T01:30:00.000Z', day: '2026-03-29' });
  const hours = ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z', '2026-10-25T12:00:00.000Z'];
  expect(new Set(hours.map((h) => sunday(h).at)).size).toBe(1);
});

test('the latest weekly moment is never in the future, less than 7 days and an hour old, and its own latest', () => {
  const times = fc.record({ h: fc.integer({ min: 4, max: 23 }), m: fc.nat(59) });
  const instants = fc.date({
    min: new Date('2025-01-01T00:00:00Z'),
    max: new Date('2029-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instants, fc.integer({ min: 1, max: 7 }), times, (date, weekday, { h, m }) => {
      const time = `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
      const now = date.toISOString();
      const last = findLatestWeekly(now, weekday, time, paris);
      expect(last.at <= now).toBe(true);
      expect(Date.parse(now) - Date.parse(last.at)).toBeLessThan((7 * 24 + 1) * 3_600_000);
      expect(findLatestWeekly(last.at, weekday, time, paris)).toEqual(last);
      const clock = { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', timeZone: paris } as const;
      expect(new Intl.DateTimeFormat('fr-FR', clock).format(new Date(last.at))).toBe(time);
    }),
  );
});

test.each([
  ['2026-01-01', '2025-12-31T23:00:00.000Z'],
  ['2026-03-29', '2026-03-28T23:00:00.000Z'],
  ['2026-03-30', '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', '2026-10-24T22:00:00.000Z'],
  ['2026-10-26', '2026-10-25T23:00:00.000Z'],
])('the day %s begins in Paris at %s', (day, at) => expect(startOfDay(day, paris)).toBe(at));
