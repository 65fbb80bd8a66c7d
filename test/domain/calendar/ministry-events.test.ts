import {
  campaignObstacle,
  eventOf,
  type MinistryEvent,
  mergeEvents,
  weekdaysOf,
} from '../../../src/domain/calendar/ministry-events.js';

const week = { firstDay: '2026-11-16', lastDay: '2026-11-22' };
const industry: MinistryEvent = {
  id: 'industry',
  name: 'Semaine de l’industrie',
  year: 2026,
  days: week,
  confirmed: true,
};
const other: MinistryEvent = { ...industry, id: 'other' };

describe('the event of an action', () => {
  const on = (firstDay: string, lastDay = firstDay) => ({ firstDay, lastDay });
  it.each<[string, Parameters<typeof eventOf>[0], readonly MinistryEvent[], string | undefined]>([
    ['is the one in whose days it lies', on('2026-11-16', '2026-11-22'), [industry], 'industry'],
    ['is none when it begins before', on('2026-11-15', '2026-11-16'), [industry], undefined],
    ['is none when it ends after', on('2026-11-20', '2026-11-23'), [industry], undefined],
    ['is the one that was chosen, whatever its day', { ...on('2027-01-05'), event: 'x' }, [industry], 'x'],
    ['is the first of several', on('2026-11-17'), [other, industry], 'other'],
    ['is none that was put aside', on('2026-11-17'), [{ ...other, aside: true }, industry], 'industry'],
    ['is none without days', on('2026-11-17'), [{ ...industry, days: undefined as never }], undefined],
    ['is none of an availability', { ...on('2026-11-17'), halfDays: ['am'] }, [industry], undefined],
  ])('%s', (_, action, events, expected) => {
    expect(eventOf(action, events)).toBe(expected);
  });
});

it.each([
  ['the day before', '2026-11-15', {}, undefined],
  ['on its first day', '2026-11-16', {}, 'begun'],
  ['when it is put aside', '2026-11-01', { aside: true }, 'aside'],
  ['without days', '2026-11-01', { days: undefined as never }, 'no-days'],
])('%s, a campaign may go out or not', (_, today, change, expected) => {
  expect(campaignObstacle({ ...industry, ...change }, today)).toBe(expected);
});

it.each([
  ['a week with its weekend', week, { firstDay: '2026-11-16', lastDay: '2026-11-20' }],
  [
    'from a Saturday',
    { firstDay: '2026-11-14', lastDay: '2026-11-17' },
    { firstDay: '2026-11-16', lastDay: '2026-11-17' },
  ],
  [
    'a weekend alone',
    { firstDay: '2026-11-14', lastDay: '2026-11-15' },
    { firstDay: '2026-11-14', lastDay: '2026-11-15' },
  ],
])('%s: the days that a form begins with', (_, days, expected) => {
  expect(weekdaysOf(days)).toEqual(expected);
});

it('what coordinators have changed takes the place of the data, and what they add comes after', () => {
  const moved = { ...industry, name: 'Moved' };
  const record = (event: MinistryEvent) => ({ id: `${event.id}:${event.year}`, event, history: [] });
  expect(mergeEvents([industry, other], [record({ ...other, year: 2027 }), record(moved)])).toEqual([
    moved,
    other,
    { ...other, year: 2027 },
  ]);
});
