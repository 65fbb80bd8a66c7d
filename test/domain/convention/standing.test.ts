import fc from 'fast-check';
import { programmeYear } from '../../../src/domain/convention/programme-year.js';
import { computeStanding } from '../../../src/domain/convention/standing.js';
import { addDays } from '../../../src/domain/days.js';

const year = programmeYear('2026-11-23', { yearMode: 'school' });
const at = (achieved: number, planned: number, today: string, target = 10) =>
  computeStanding({ achieved, planned }, target, year, today);

describe('where a commitment stands', () => {
  test.each([
    [0, 0, 10],
    [4, 2, 4],
    [4, 6, 0],
    [4, 9, 0],
    [12, 3, 0],
  ])('with %i achieved and %i planned, %i are missing of 10', (achieved, planned, missing) =>
    expect(at(achieved, planned, '2026-11-23')).toMatchObject({ target: 10, achieved, planned, missing }));

  test.each([
    ['nothing is held yet', 0, '2026-11-23', { kind: 'none-yet' }],
    ['the target is reached', 10, '2026-11-23', { kind: 'reached' }],
    ['the target is passed', 12, '2026-09-01', { kind: 'reached' }],
    // 100 days gone for 5: the target after 200, on 19 March.
    ['half is done in 100 days', 5, '2026-12-09', { kind: 'on-track', day: '2027-03-19' }],
    // 100 days gone for 2: 7.3 in 365.
    ['a fifth is done in 100 days', 2, '2026-12-09', { kind: 'short', atEnd: 7 }],
    ['one came on the first day', 1, '2026-09-01', { kind: 'on-track', day: '2026-09-10' }],
    ['one is missing on the last day', 9, '2027-08-31', { kind: 'short', atEnd: 9 }],
    ['one is missing after the year', 9, '2027-10-01', { kind: 'short', atEnd: 9 }],
  ])('when %s', (_, achieved, today, pace) => expect(at(achieved, 0, today).pace).toEqual(pace));

  test('planned actions do not quicken the pace', () => {
    expect(at(2, 8, '2026-12-09').pace).toEqual(at(2, 0, '2026-12-09').pace);
  });
});

test('a pace on track ends within the year, from today on; one that is short stays below the target', () => {
  const days = fc.integer({ min: 0, max: 364 });
  const counts = fc.integer({ min: 0, max: 60 });
  fc.assert(
    fc.property(counts, counts, fc.integer({ min: 1, max: 60 }), days, (achieved, planned, target, gone) => {
      const today = addDays(year.firstDay, gone);
      const { pace, missing } = computeStanding({ achieved, planned }, target, year, today);
      expect(missing).toBe(Math.max(0, target - achieved - planned));
      expect(pace.kind === 'reached').toBe(achieved >= target);
      if (pace.kind === 'on-track') {
        expect(pace.day >= today).toBe(true);
        expect(pace.day <= year.lastDay).toBe(true);
      }
      if (pace.kind === 'short') {
        expect(pace.atEnd).toBeLessThan(target);
        expect(pace.atEnd).toBeGreaterThanOrEqual(achieved);
      }
    }),
  );
});
