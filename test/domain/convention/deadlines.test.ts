import { previousWorkingDay } from '../../../src/domain/calendar/working-days.js';
import {
  allDeadlines,
  committeeDay,
  conventionEnd,
  type Deadline,
  deadlineId,
  formalNoticeEnd,
  parseDeadlineId,
  remindersOf,
  renewalNoticeDay,
  terminationDay,
  upcomingDeadlines,
} from '../../../src/domain/convention/deadlines.js';
import { weekday } from '../../../src/domain/days.js';
import { aConvention, calendar } from '../../support/builders.js';

const july = { month: 7, weekday: 1 };
const show = ({ kind, day }: Deadline) => `${kind} ${day}`;

/**
 * Worked out by hand, with a calendar. The reminders of telling the ministry are seven months before the end, and 14 and
 * 3 days before the ministry must be told; on the right, the working day on which each arrives.
 */
const table = `
signed     last day   told by    reminders                           arrive on                           committees
2024-08-31 2027-08-30 2027-02-28 2027-01-30 2027-02-14 2027-02-25    2027-01-29 2027-02-12 2027-02-25    2025-07-07 2026-07-06 2027-07-05
2025-08-31 2028-08-30 2028-02-29 2028-01-30 2028-02-15 2028-02-26    2028-01-28 2028-02-15 2028-02-25    2026-07-06 2027-07-05 2028-07-03
2024-09-01 2027-08-31 2027-02-28 2027-01-31 2027-02-14 2027-02-25    2027-01-29 2027-02-12 2027-02-25    2025-07-07 2026-07-06 2027-07-05
2024-02-29 2027-02-27 2026-08-27 2026-07-27 2026-08-13 2026-08-24    2026-07-27 2026-08-13 2026-08-24    2024-07-01 2025-07-07 2026-07-06
2024-11-05 2027-11-04 2027-05-04 2027-04-04 2027-04-20 2027-05-01    2027-04-02 2027-04-20 2027-04-30    2025-07-07 2026-07-06 2027-07-05
2024-03-01 2027-02-28 2026-08-28 2026-07-28 2026-08-14 2026-08-25    2026-07-28 2026-08-14 2026-08-25    2024-07-01 2025-07-07 2026-07-06
2025-03-01 2028-02-29 2027-08-29 2027-07-29 2027-08-15 2027-08-26    2027-07-29 2027-08-13 2027-08-26    2025-07-07 2026-07-06 2027-07-05
2025-01-01 2027-12-31 2027-06-30 2027-05-31 2027-06-16 2027-06-27    2027-05-31 2027-06-16 2027-06-25    2025-07-07 2026-07-06 2027-07-05
2024-12-31 2027-12-30 2027-06-30 2027-05-30 2027-06-16 2027-06-27    2027-05-28 2027-06-16 2027-06-25    2025-07-07 2026-07-06 2027-07-05
2026-04-30 2029-04-29 2028-10-29 2028-09-29 2028-10-15 2028-10-26    2028-09-29 2028-10-13 2028-10-26    2026-07-06 2027-07-05 2028-07-03
2025-12-01 2028-11-30 2028-05-30 2028-04-30 2028-05-16 2028-05-27    2028-04-28 2028-05-16 2028-05-26    2026-07-06 2027-07-05 2028-07-03
2026-07-06 2029-07-05 2029-01-05 2028-12-05 2028-12-22 2029-01-02    2028-12-05 2028-12-22 2029-01-02    2026-07-06 2027-07-05 2028-07-03 2029-07-02
`
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(/ +/));

describe('every deadline of a convention of three years', () => {
  test('there are twelve dates of signature', () => expect(table).toHaveLength(12));

  test.each(table)('signed on %s, the last day of which is %s and the ministry is told by %s', (...row) => {
    const [signedOn = '', end = '', told = ''] = row;
    const [reminders, arrivals, committees] = [row.slice(3, 6), row.slice(6, 9), row.slice(9)];
    const convention = aConvention({ signedOn });
    expect(allDeadlines(convention, '2026-11-23').map(show)).toEqual(
      [...committees.map((day) => `committee ${day}`), `renewal-notice ${told}`, `end ${end}`].sort((a, b) =>
        a.slice(-10) < b.slice(-10) ? -1 : 1,
      ),
    );
    const found = remindersOf({ kind: 'renewal-notice', day: told }, convention);
    expect(found.map(({ distance, day }) => [distance, day])).toEqual([
      ['7-months', reminders[0]],
      ['14', reminders[1]],
      ['3', reminders[2]],
    ]);
    expect(found.map(({ day }) => previousWorkingDay(day, calendar))).toEqual(arrivals);
  });

  test.each([
    // Another duration than three years.
    ['2024-01-01', 1, '2024-12-31', '2024-06-30'],
    ['2024-06-01', 2, '2026-05-31', '2025-11-30'],
  ])('signed on %s for %i years: its last day is %s, the ministry is told by %s', (signed, years, end, notice) => {
    expect(conventionEnd(signed, years)).toBe(end);
    expect(renewalNoticeDay(signed, years, 6)).toBe(notice);
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
  expect(committeeDay(Number(expected.slice(0, 4)), july)).toBe(expected);
  expect(weekday(expected)).toBe(1);
});

test('another convention has its committee on another weekday of another month, and another notice', () => {
  const convention = aConvention({
    signedOn: '2024-08-31',
    committee: { month: 6, weekday: 4 },
    noticeMonths: 3,
    noticeReminders: { months: 4, days: [7] },
  });
  expect(upcomingDeadlines(convention, '2026-11-23').map(show)).toEqual([
    'renewal-notice 2027-05-30',
    'committee 2027-06-03',
    'end 2027-08-30',
  ]);
  expect(remindersOf({ kind: 'renewal-notice', day: '2027-05-30' }, convention)).toEqual([
    { distance: '4-months', day: '2027-04-30' },
    { distance: '7', day: '2027-05-23' },
  ]);
});

test('the committee is recalled 60, 30, 14 and 3 days before, the end of the convention by nothing of its own', () => {
  const convention = aConvention({ committeeReminders: [3, 60, 14, 30] });
  expect(remindersOf({ kind: 'committee', day: '2027-07-05' }, convention)).toEqual([
    { distance: '60', day: '2027-05-06' },
    { distance: '30', day: '2027-06-05' },
    { distance: '14', day: '2027-06-21' },
    { distance: '3', day: '2027-07-02' },
  ]);
  const signed = aConvention({ signedOn: '2024-08-31' });
  expect(remindersOf({ kind: 'end', day: '2027-08-30' }, signed)).toEqual([]);
});

test('a deadline is found by its id, and nothing by anything else', () => {
  for (const deadline of allDeadlines(aConvention({ signedOn: '2024-08-31' }), '2026-11-23'))
    expect(parseDeadlineId(deadlineId(deadline))).toEqual(deadline);
  for (const id of ['', 'end', 'agreements:2027-01-01', 'committee:2027', 'x committee:2027-07-05'])
    expect(parseDeadlineId(id)).toBeUndefined();
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
    const [deadline] = upcomingDeadlines(aConvention(signedOn ? { signedOn } : {}), today);
    return deadline && deadlineId(deadline);
  };

  test.each([
    ['2026-07-05', 'committee:2026-07-06'],
    ['2026-07-06', 'committee:2026-07-06'],
    ['2026-07-07', 'renewal-notice:2027-02-28'],
    ['2027-02-28', 'renewal-notice:2027-02-28'],
    ['2027-03-01', 'committee:2027-07-05'],
    ['2027-07-06', 'end:2027-08-30'],
    ['2027-08-30', 'end:2027-08-30'],
    ['2027-08-31', undefined],
  ])('on %s is %s', (today, expected) => expect(next(today, '2024-08-31')).toBe(expected));

  test('is only ever a committee while the date of signature is not known', () => {
    expect([next('2026-07-06'), next('2026-07-07'), next('2035-01-01')]).toEqual([
      'committee:2026-07-06',
      'committee:2027-07-05',
      'committee:2035-07-02',
    ]);
  });

  test('is no committee after the end, and none before the signature', () => {
    expect(next('2027-05-04', '2024-05-05')).toBe('end:2027-05-04');
    expect(next('2026-07-01', '2026-07-07')).toBe('committee:2027-07-05');
  });

  test('is none after the day on which the convention has ended early', () => {
    const ended = (day: string, signedOn?: string) => {
      const dates = { ...aConvention(signedOn ? { signedOn } : {}), ended: { day, article: 9 } as const };
      return upcomingDeadlines(dates, '2027-01-10').map(deadlineId);
    };
    expect(ended('2027-05-05', '2024-08-31')).toEqual(['renewal-notice:2027-02-28']);
    expect(ended('2027-07-05', '2024-08-31')).toEqual(['renewal-notice:2027-02-28', 'committee:2027-07-05']);
    expect(ended('2027-07-04')).toEqual([]);
  });
});
