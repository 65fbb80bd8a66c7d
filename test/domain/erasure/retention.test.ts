import fc from 'fast-check';
import type { Action, EngagementState } from '../../../src/domain/action.js';
import { addDays, type Day, daysBetween } from '../../../src/domain/days.js';
import {
  activeFrom,
  announceDay,
  checkRetention,
  dayOfPart,
  eraseDay,
  latestOf,
} from '../../../src/domain/erasure/retention.js';

/** Worked out by hand, with a calendar. */
const table = `
last activity  years  told on     erased on
2026-11-27     3      2029-10-27  2029-11-27
2024-02-29     3      2027-01-28  2027-02-28
2024-02-29     4      2028-01-29  2028-02-29
2024-02-28     4      2028-01-28  2028-02-28
2025-02-28     3      2028-01-28  2028-02-28
2025-03-01     3      2028-02-01  2028-03-01
2024-03-31     3      2027-02-28  2027-03-31
2025-03-31     3      2028-02-29  2028-03-31
2025-03-30     3      2028-02-29  2028-03-30
2024-03-29     3      2027-02-28  2027-03-29
2024-05-31     3      2027-04-30  2027-05-31
2024-07-31     3      2027-06-30  2027-07-31
2024-08-31     3      2027-07-31  2027-08-31
2024-10-31     1      2025-09-30  2025-10-31
2023-12-31     3      2026-11-30  2026-12-31
2024-01-31     3      2026-12-31  2027-01-31
2024-01-01     10     2033-12-01  2034-01-01
`
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(/ +/) as [Day, string, Day, Day]);

test.each(
  table,
)('who did something last on %s, %s years before, is told on %s and erased on %s', (...row) => {
  const [lastActivity, years, told, erased] = row;
  expect(eraseDay(lastActivity, Number(years))).toBe(erased);
  expect(announceDay(erased)).toBe(told);
  const on = (today: Day, announced?: { announcedOn: Day; eraseOn: Day }) =>
    checkRetention({
      lastActivity,
      announced,
      today,
      nextAnnouncements: addDays(today, 1),
      years: Number(years),
    });
  expect(on(addDays(told, -1))).toEqual({ state: 'active' });
  expect(on(told)).toEqual({ state: 'to-announce', eraseOn: erased });
  const announced = { announcedOn: told, eraseOn: erased };
  expect(on(told, announced)).toEqual({ state: 'announced', eraseOn: erased });
  expect(on(addDays(erased, -1), announced)).toEqual({ state: 'announced', eraseOn: erased });
  expect(on(erased, announced)).toEqual({ state: 'due' });
});

const facts = { lastActivity: '2026-11-27', years: 3 };
const announced = { announcedOn: '2029-10-26', eraseOn: '2029-11-27' };

it.each([
  ['before a weekend, what falls on it is announced', '2029-10-26', '2029-10-29', undefined, 'to-announce'],
  ['on a day before others at work, nothing more', '2029-10-25', '2029-10-26', undefined, 'active'],
  ['an announcement by a clock that was ahead', '2029-10-25', '2029-10-26', announced, 'active'],
  [
    '… is made once more when it is time',
    '2029-10-27',
    '2029-10-28',
    { announcedOn: '2031-01-01', eraseOn: '2031-02-01' },
    'to-announce',
  ],
])('%s', (_, today, nextAnnouncements, told, state) => {
  expect(checkRetention({ ...facts, today, nextAnnouncements, announced: told }).state).toBe(state);
});

it('an announcement that comes late leaves a month, and what was announced is not made earlier', () => {
  const late = { ...facts, today: '2031-01-31', nextAnnouncements: '2031-02-03' };
  expect(checkRetention(late)).toEqual({ state: 'to-announce', eraseOn: '2031-02-28' });
  const told = { announcedOn: '2031-01-31', eraseOn: '2031-02-28' };
  const on = (today: Day) => checkRetention({ ...late, today, announced: told }).state;
  expect([on('2031-02-27'), on('2031-02-28')]).toEqual(['announced', 'due']);
});

it('who has done something since, or is kept longer by a new setting, is active', () => {
  const day = { today: '2029-11-27', nextAnnouncements: '2029-11-28', announced };
  expect(checkRetention({ ...facts, ...day }).state).toBe('due');
  expect(checkRetention({ ...facts, ...day, lastActivity: '2029-11-01' }).state).toBe('active');
  expect(checkRetention({ ...facts, ...day, years: 5 }).state).toBe('active');
  const visit = checkRetention({ ...facts, ...day, lastActivity: '2026-12-04' });
  expect(visit).toEqual({ state: 'announced', eraseOn: '2029-12-04' });
});

describe('on any days', () => {
  const day = fc.integer({ min: 0, max: 40_000 }).map((n) => addDays('2000-01-01', n));
  const years = fc.integer({ min: 1, max: 12 });

  it('there is a month between the announcement and the erasure, and the years before', () =>
    fc.assert(
      fc.property(day, years, (last, n) => {
        const erased = eraseDay(last, n);
        const told = announceDay(erased);
        expect(daysBetween(told, erased)).toBeGreaterThanOrEqual(28);
        expect(daysBetween(told, erased)).toBeLessThanOrEqual(31);
        expect(Number(erased.slice(0, 4)) - Number(last.slice(0, 4))).toBe(n);
        expect(erased.slice(5)).toBe(
          last.endsWith('02-29') && !erased.endsWith('29') ? '02-28' : last.slice(5),
        );
        expect(eraseDay(addDays(last, 1), n) >= erased).toBe(true);
      }),
    ));

  it('nobody is erased early or untold, and whoever is told on time is erased on the day', () =>
    fc.assert(
      fc.property(
        day,
        years,
        fc.integer({ min: -40, max: 400 }),
        fc.integer({ min: 1, max: 4 }),
        (last, n, late, gap) => {
          const end = eraseDay(last, n);
          const today = addDays(announceDay(end), late);
          const found = checkRetention({
            lastActivity: last,
            today,
            nextAnnouncements: addDays(today, gap),
            years: n,
          });
          if (found.state !== 'to-announce') return expect([found.state, late < 0]).toEqual(['active', true]);
          expect(found.eraseOn >= end).toBe(true);
          expect(daysBetween(today, found.eraseOn)).toBeGreaterThanOrEqual(28);
          if (late <= 0) expect(found.eraseOn).toBe(end);
          const told = { announcedOn: today, eraseOn: found.eraseOn };
          const on = (d: Day) =>
            checkRetention({
              lastActivity: last,
              today: d,
              nextAnnouncements: addDays(d, 1),
              years: n,
              announced: told,
            });
          expect(on(addDays(found.eraseOn, -1)).state).toBe('announced');
          return expect(on(found.eraseOn).state).toBe('due');
        },
      ),
    ));

  it('whoever was active from the day on by which records are looked for is not to be told', () =>
    fc.assert(
      fc.property(day, years, fc.integer({ min: 0, max: 40 }), (next, n, after) => {
        const from = activeFrom(next, n);
        const of = (lastActivity: Day) =>
          checkRetention({ lastActivity, today: addDays(next, -1), nextAnnouncements: next, years: n }).state;
        expect(of(addDays(from, after))).toBe('active');
        expect(of(addDays(from, -12 - after))).toBe('to-announce');
      }),
    ));
});

it.each([
  ['attended', 'held', '2027-01-22'],
  ['approved', 'open', '2027-01-22'],
  ['approved', 'held', '2027-01-22'],
  ['approved', 'not-held', undefined],
  ['approved', 'cancelled', undefined],
  ['absent', 'held', undefined],
  ['attended', 'open', '2027-01-22'],
  ['pending', 'open', '2027-01-22'],
  ['sent-back', 'open', '2027-01-22'],
  ['waitlisted', 'open', '2027-01-22'],
  ['pending', 'cancelled', undefined],
  ['withdrawn', 'open', undefined],
] as const)('the part of somebody %s in an action %s: %s', (state: EngagementState, of, day) => {
  const action = { state: of, firstDay: '2027-01-18', lastDay: '2027-01-22' } as Action;
  expect(dayOfPart(action, { state })).toBe(day);
  // Nobody came in the period of an availability; as long as it is open, it is a plan.
  const isPlanned = of === 'open' && state !== 'attended';
  expect(dayOfPart({ ...action, halfDays: ['am'] }, { state })).toBe(isPlanned ? day : undefined);
});

it('the latest of some days is found, and of none there is none', () => {
  expect(latestOf(['2026-01-02', undefined, '2026-03-01', '2026-02-01'])).toBe('2026-03-01');
  expect(latestOf([undefined])).toBeUndefined();
  expect(latestOf([])).toBeUndefined();
});
