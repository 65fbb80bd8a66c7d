import fc from 'fast-check';
import type { YearMode } from '../../../src/domain/convention/convention.js';
import {
  committeeDay,
  conventionEnd,
  formalNoticeEnd,
  nextDeadline,
  renewalNoticeDay,
  renewalReminders,
  terminationDay,
} from '../../../src/domain/convention/deadlines.js';
import { findTarget, programmeYear } from '../../../src/domain/convention/programme-year.js';
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

test.each([
  '2024-07-01',
  '2025-07-07',
  '2026-07-06',
  '2027-07-05',
  '2028-07-03',
  '2029-07-02',
  '2030-07-01',
])('the steering committee meets on %s, the first Monday of July', (expected) => {
  expect(committeeDay(Number(expected.slice(0, 4)))).toBe(expected);
  expect(weekday(expected)).toBe(1);
});

describe('the end of the convention', () => {
  test.each([
    // Scenario 12.
    ['2024-08-31', 3, '2027-08-30', '2027-02-28'],
    ['2025-08-31', 3, '2028-08-30', '2028-02-29'],
    ['2024-09-01', 3, '2027-08-31', '2027-02-28'],
    ['2025-09-01', 3, '2028-08-31', '2028-02-29'],
    ['2024-02-29', 3, '2027-02-27', '2026-08-27'],
    ['2024-11-05', 3, '2027-11-04', '2027-05-04'],
    ['2024-01-01', 1, '2024-12-31', '2024-06-30'],
    ['2024-06-01', 2, '2026-05-31', '2025-11-30'],
  ])('signed on %s for %i years: its last day is %s, the ministry is told by %s', (signed, years, end, notice) => {
    expect(conventionEnd(signed, years)).toBe(end);
    expect(renewalNoticeDay(signed, years)).toBe(notice);
  });
});

test('the company is reminded of telling the ministry seven months before the end, then 14 and 3 days before it must', () => {
  // The end is 30 August 2027, the ministry is told by 28 February.
  expect(renewalReminders('2024-08-31', 3)).toEqual(['2027-01-30', '2027-02-14', '2027-02-25']);
});

test.each([
  ['2026-11-03', '2026-11-11'],
  ['2026-12-28', '2027-01-05'],
  ['2028-02-21', '2028-02-29'],
])('a formal notice received on %s ends eight calendar days later, on %s', (received, last) =>
  expect(formalNoticeEnd(received)).toBe(last));

test.each([
  ['2026-11-03', '2027-05-03'],
  ['2026-08-31', '2027-02-28'],
  ['2027-08-31', '2028-02-29'],
  ['2026-02-28', '2026-08-28'],
])('a termination received on %s takes effect on %s at the earliest', (received, first) =>
  expect(terminationDay(received)).toBe(first));

describe('the next deadline', () => {
  const next = (today: string, signedOn?: string) => {
    const deadline = nextDeadline(aConvention(signedOn ? { signedOn } : {}), today);
    return deadline && `${deadline.kind} ${deadline.day}`;
  };

  test.each([
    ['2026-07-05', 'committee 2026-07-06'],
    ['2026-07-06', 'committee 2026-07-06'],
    ['2026-07-07', 'renewal-notice 2027-02-28'],
    ['2027-02-28', 'renewal-notice 2027-02-28'],
    ['2027-03-01', 'committee 2027-07-05'],
    ['2027-07-06', 'end 2027-08-30'],
    ['2027-08-30', 'end 2027-08-30'],
    ['2027-08-31', undefined],
  ])('on %s is %s', (today, expected) => expect(next(today, '2024-08-31')).toBe(expected));

  test('is only ever a committee while the date of signature is not known', () => {
    expect([next('2026-07-06'), next('2026-07-07'), next('2035-01-01')]).toEqual([
      'committee 2026-07-06',
      'committee 2027-07-05',
      'committee 2035-07-02',
    ]);
  });

  test('is no committee after the end', () =>
    expect(next('2027-05-04', '2024-05-05')).toBe('end 2027-05-04'));
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
