import fc from 'fast-check';
import type { YearMode } from '../../../src/domain/convention/convention.js';
import {
  findTarget,
  monthsOf,
  programmeYear,
  yearOfId,
} from '../../../src/domain/convention/programme-year.js';
import { addDays, daysBetween, mondayOf, weekday } from '../../../src/domain/days.js';
import { aConvention } from '../../support/builders.js';

const day = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2040-12-31T00:00:00Z'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

describe('a programme year', () => {
  const years = (yearMode: YearMode, signedOn?: string) => (of: string) => {
    const { id, firstDay, lastDay } = programmeYear(of, { yearMode, ...(signedOn ? { signedOn } : {}) });
    return `${id}: ${firstDay} to ${lastDay}`;
  };

  test.each([
    ['2026-08-31', '2025-2026: 2025-09-01 to 2026-08-31'],
    ['2026-09-01', '2026-2027: 2026-09-01 to 2027-08-31'],
    ['2027-01-01', '2026-2027: 2026-09-01 to 2027-08-31'],
    ['2028-02-29', '2027-2028: 2027-09-01 to 2028-08-31'],
  ])('of school: %s is in %s', (of, year) => expect(years('school')(of)).toBe(year));

  test.each([
    ['2026-12-31', '2026: 2026-01-01 to 2026-12-31'],
    ['2027-01-01', '2027: 2027-01-01 to 2027-12-31'],
  ])('that is civil: %s is in %s', (of, year) => expect(years('civil')(of)).toBe(year));

  test.each([
    ['2024-11-05', '2026-11-04', '2025-11-05: 2025-11-05 to 2026-11-04'],
    ['2024-11-05', '2026-11-05', '2026-11-05: 2026-11-05 to 2027-11-04'],
    ['2024-08-31', '2027-08-30', '2026-08-31: 2026-08-31 to 2027-08-30'],
    ['2024-08-31', '2027-08-31', '2027-08-31: 2027-08-31 to 2028-08-30'],
    ['2024-02-29', '2025-02-27', '2024-02-29: 2024-02-29 to 2025-02-27'],
    ['2024-02-29', '2025-02-28', '2025-02-28: 2025-02-28 to 2026-02-27'],
    ['2024-02-29', '2028-02-28', '2027-02-28: 2027-02-28 to 2028-02-28'],
    ['2024-02-29', '2028-02-29', '2028-02-29: 2028-02-29 to 2029-02-27'],
    ['2024-11-05', '2024-11-04', '2023-11-05: 2023-11-05 to 2024-11-04'],
  ])('counted from a signature on %s: %s is in %s', (signedOn, of, year) =>
    expect(years('anniversary', signedOn)(of)).toBe(year));

  test('counted from the signature cannot be without its date', () => {
    expect(() => programmeYear('2026-09-01', { yearMode: 'anniversary' })).toThrow('signedOn');
  });

  test('is found by its id, and has the months of its days', () => {
    const ids = ['2026-2027', '2026', '2026-08-31', '2028-02-29'];
    expect(ids.map(yearOfId).map(({ id, firstDay, lastDay }) => `${id}: ${firstDay} to ${lastDay}`)).toEqual([
      '2026-2027: 2026-09-01 to 2027-08-31',
      '2026: 2026-01-01 to 2026-12-31',
      '2026-08-31: 2026-08-31 to 2027-08-30',
      '2028-02-29: 2028-02-29 to 2029-02-27',
    ]);
    expect(ids.map((id) => monthsOf(yearOfId(id)).length)).toEqual([12, 12, 13, 13]);
    expect(monthsOf(yearOfId('2026-2027')).slice(3, 6)).toEqual(['2026-12', '2027-01', '2027-02']);
  });

  test('holds its day, and the next begins the day after it ends, whatever the mode', () => {
    const modes = fc.constantFrom<YearMode>('school', 'civil', 'anniversary');
    const signatures = fc.oneof(fc.constantFrom('2024-02-29', '2024-08-31', '2023-01-01'), day);
    fc.assert(
      fc.property(day, modes, signatures, (of, yearMode, signedOn) => {
        const year = programmeYear(of, { yearMode, signedOn });
        expect(year.firstDay <= of && of <= year.lastDay).toBe(true);
        for (const inside of [year.firstDay, year.lastDay])
          expect(programmeYear(inside, { yearMode, signedOn })).toEqual(year);
        const next = addDays(year.lastDay, 1);
        expect(programmeYear(next, { yearMode, signedOn }).firstDay).toBe(next);
      }),
    );
  });
});

describe('a target', () => {
  const commitment = (...targets: { from: string; value: number }[]) => ({
    ...aConvention().commitments[0],
    id: 'c',
    article: 2,
    measure: 'employees' as const,
    kinds: [],
    targets,
  });
  const first = { from: '2024-01-01', value: 10 };
  const of = (day: string) => programmeYear(day, { yearMode: 'school' });

  test.each([
    ['on its first day', '2026-09-01', 15],
    ['on its last day', '2027-08-31', 15],
    ['the day after it', '2027-09-01', 10],
  ])('that an amendment changes %s is used accordingly', (_, from, value) => {
    expect(findTarget(commitment(first, { from, value: 15 }), of('2026-12-08'))).toBe(value);
    expect(findTarget(commitment({ from, value: 15 }, first), of('2026-12-08'))).toBe(value);
  });

  test('is none before the first is in force, and when there is no number', () => {
    expect(findTarget(commitment(first), of('2023-03-01'))).toBeUndefined();
    expect(findTarget(commitment(), of('2026-03-01'))).toBeUndefined();
  });
});

test('days are added and counted over clock changes, months and leap days', () => {
  expect([addDays('2026-03-28', 2), addDays('2026-10-24', 2), addDays('2028-02-28', 1)]).toEqual([
    '2026-03-30',
    '2026-10-26',
    '2028-02-29',
  ]);
  fc.assert(
    fc.property(day, fc.integer({ min: -2000, max: 2000 }), (from, n) => {
      expect(daysBetween(from, addDays(from, n))).toBe(n);
      const monday = mondayOf(from);
      expect(weekday(monday)).toBe(1);
      expect(daysBetween(monday, from)).toBe(weekday(from) - 1);
    }),
  );
});
