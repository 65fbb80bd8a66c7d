import type { Action } from '../../../src/domain/action.js';
import {
  isUnanswered,
  sortByUrgency,
  type Urgency,
  urgencyOfOffer,
} from '../../../src/domain/engagements/desk.js';
import { anAction, anEngagement } from '../../support/builders.js';

const limits = { nearDays: 7, unansweredDays: 14, lateAfterDays: 5 };
const today = '2026-12-01';

test.each([
  ['in a week', '2026-12-08', today, 'near'],
  ['in eight days', '2026-12-09', today, 'rest'],
  ['today', '2026-12-01', today, 'near'],
  ['past already', '2026-11-20', today, 'past'],
  ['far, offered five days ago', '2027-03-01', '2026-11-26', 'rest'],
  ['far, offered six days ago', '2027-03-01', '2026-11-25', 'late'],
  ['near, and offered long ago', '2026-12-02', '2026-10-01', 'near'],
] as const)('an offer whose day is %s', (_, firstDay, since, urgency) => {
  expect(urgencyOfOffer({ firstDay, lastDay: firstDay }, since, today, limits)).toBe(urgency);
});

test('an offer that has begun is not over', () => {
  const running = { firstDay: '2026-11-20', lastDay: '2026-12-01' };
  expect(urgencyOfOffer(running, today, today, limits)).toBe('near');
});

test.each([
  ['two weeks ago', { firstDay: '2026-11-17' }, false],
  ['fifteen days ago', { firstDay: '2026-11-16' }, true],
  ['fifteen days ago, and cancelled', { firstDay: '2026-11-16', state: 'cancelled' }, false],
  ['fifteen days ago, the last of an availability', { firstDay: '2026-11-16', halfDays: ['am'] }, false],
  ['three weeks ago, until yesterday', { firstDay: '2026-11-10', lastDay: '2026-11-30' }, false],
] as const)('an action %s', (_, overrides, expected) => {
  expect(isUnanswered(anAction(overrides as Partial<Action>), today, limits)).toBe(expected);
});

test('what waits is sorted by urgency, then by what makes it urgent', () => {
  const row = (urgency: Urgency, id: string, more: Partial<Action> = {}, since = today) => {
    const action = anAction({ id, ...more });
    return { urgency, action, engagement: { ...anEngagement(action, 'ines'), since } };
  };
  const answered = (at: string) => ({ contradiction: { state: 'held', pupils: 1, by: 'zoe', at } as const });
  const sorted = sortByUrgency([
    row('rest', 'rest-later', { firstDay: '2027-02-02' }),
    row('rest', 'rest-sooner', { firstDay: '2027-02-01' }),
    row('unanswered', 'unanswered'),
    row('late', 'late-shorter', { firstDay: '2027-01-01' }, '2026-11-02'),
    row('late', 'late-longest', { firstDay: '2027-01-02' }, '2026-11-01'),
    row('near', 'near-second', { firstDay: '2026-12-05', number: 2 }),
    row('near', 'near-first', { firstDay: '2026-12-05', number: 1 }),
    row('contradiction', 'contradiction-new', answered('2026-11-30T00:00:00.000Z')),
    row('contradiction', 'contradiction-old', answered('2026-11-29T00:00:00.000Z')),
  ]);
  expect(sorted.map(({ action }) => action.id)).toEqual([
    'contradiction-old',
    'contradiction-new',
    'near-first',
    'near-second',
    'late-longest',
    'late-shorter',
    'unanswered',
    'rest-sooner',
    'rest-later',
  ]);
});
