import type { Action, Engagement, EngagementState } from '../../../src/domain/action.js';
import { findNextStep } from '../../../src/domain/engagements/next-step.js';
import { aConvention, anAction, anEngagement, aPlacement } from '../../support/builders.js';

const at = '2026-11-16T08:00:00.000Z';
const stamp = { by: 'ines', at };
const school = { school: stamp };
const tutor = { ...school, tutor: stamp };
const ready = { ...tutor, programme: stamp };
const outcome = { pupils: 28, by: 'zoe', at };
const contradiction = { state: 'held', pupils: 30, by: 'ines', at: '2026-12-09T08:00:00.000Z' } as const;

/** "answer employee 2026-12-15" */
function next(action: Action, state: EngagementState, today: string, more: Partial<Engagement> = {}): string {
  const engagement = { ...anEngagement(action, 'ines', state), since: at, ...more };
  const { step, whose, by } = findNextStep(action, engagement, today, aConvention());
  return [step, whose, by ?? '-'].join(' ');
}

describe('of a class talk on Tuesday 8 December, what comes next is', () => {
  test.each<[EngagementState, string, Partial<Action>, string]>([
    ['pending', '2026-11-16', {}, 'decide coordinators 2026-11-23'],
    ['pending', '2026-11-23', {}, 'decide coordinators 2026-11-23'],
    ['pending', '2026-11-24', {}, 'decide-late coordinators 2026-11-23'],
    ['sent-back', '2026-12-07', {}, 'correct employee 2026-12-07'],
    ['sent-back', '2026-12-08', {}, 'correct employee -'],
    ['waitlisted', '2026-12-07', {}, 'wait nobody 2026-12-07'],
    ['waitlisted', '2026-12-08', {}, 'no-seat nobody -'],
    ['waitlisted', '2026-12-01', { state: 'cancelled' }, 'no-seat nobody -'],
    ['approved', '2026-12-07', {}, 'meet nobody 2026-12-08'],
    ['approved', '2026-12-07', { kind: 'company-visit' }, 'visit nobody 2026-12-08'],
    ['approved', '2026-12-08', {}, 'answer employee 2026-12-15'],
    ['approved', '2026-12-15', {}, 'answer employee 2026-12-15'],
    ['approved', '2026-12-16', {}, 'answer employee -'],
    ['approved', '2026-12-22', {}, 'answer-late coordinators -'],
    ['approved', '2026-12-08', { lastDay: '2026-12-09' }, 'under-way nobody 2026-12-09'],
    ['approved', '2026-12-09', { lastDay: '2026-12-09' }, 'answer employee 2026-12-16'],
    ['approved', '2026-12-01', { state: 'cancelled' }, 'cancelled nobody -'],
    ['approved', '2026-12-09', { state: 'held', outcome }, 'presence employee 2026-12-15'],
    ['approved', '2026-12-22', { state: 'held', outcome }, 'presence-late coordinators -'],
    ['approved', '2026-12-09', { state: 'held', outcome, contradiction }, 'presence employee 2026-12-15'],
    ['approved', '2026-12-09', { state: 'not-held', outcome }, 'not-held nobody -'],
    [
      'approved',
      '2026-12-09',
      { state: 'not-held', outcome, contradiction },
      'settle coordinators 2026-12-14',
    ],
    ['attended', '2026-12-09', { state: 'held', outcome }, 'attended nobody -'],
    ['attended', '2026-12-09', { state: 'held', outcome, contradiction }, 'settle coordinators 2026-12-14'],
    ['attended', '2026-12-15', { state: 'held', outcome, contradiction }, 'settle coordinators -'],
    ['absent', '2026-12-09', { state: 'held', outcome }, 'absent nobody -'],
    ['declined', '2026-12-01', { state: 'cancelled' }, 'declined nobody -'],
    ['withdrawn', '2026-12-01', { state: 'cancelled' }, 'withdrawn nobody -'],
    ['withdrawn', '2026-12-09', { state: 'held', outcome, contradiction }, 'withdrawn nobody -'],
  ])('%s on %s, %j: %s', (state, today, more, expected) => {
    expect(next(anAction(more), state, today)).toBe(expected);
  });
});

describe('of a placement from 18 to 22 January, what comes next is', () => {
  test.each<[string, Partial<Action>, string]>([
    ['2026-12-01', {}, 'school coordinators 2027-01-04'],
    ['2026-12-01', { preparation: school }, 'tutor employee 2027-01-04'],
    ['2026-12-01', { preparation: tutor }, 'programme employee 2027-01-04'],
    ['2026-12-01', { preparation: ready }, 'agreements employee 2027-01-04'],
    ['2027-01-04', { preparation: ready, agreements: 1 }, 'agreements employee 2027-01-04'],
    ['2027-01-05', { preparation: ready, agreements: 1 }, 'agreements employee 2027-01-17'],
    ['2026-12-01', { preparation: ready, agreements: 2 }, 'host nobody 2027-01-18'],
    [
      '2026-12-01',
      { preparation: ready, agreements: 1, filled: [{ school: '0699001J', places: 1 }] },
      'host nobody 2027-01-18',
    ],
    ['2027-01-18', {}, 'under-way nobody 2027-01-22'],
    ['2027-01-22', {}, 'answer employee 2027-01-29'],
  ])('on %s, with %j: %s', (today, more, expected) => {
    expect(next(aPlacement(more), 'approved', today)).toBe(expected);
  });
});

test('of an approved availability, that the coordinators fix a day, until its end', () => {
  const period = anAction({ firstDay: '2026-12-01', lastDay: '2026-12-18', halfDays: ['am'] });
  expect(['2026-11-20', '2026-12-18', '2026-12-19'].map((today) => next(period, 'approved', today))).toEqual([
    'fix-day coordinators 2026-12-18',
    'fix-day coordinators 2026-12-18',
    'period-over nobody -',
  ]);
});

test('after a change, that the employee confirms, before anything else', () => {
  const confirmBy = '2026-12-03';
  expect(
    ['2026-12-03', '2026-12-04', '2026-12-08'].map((today) =>
      next(anAction(), 'approved', today, { confirmBy }),
    ),
  ).toEqual(['confirm employee 2026-12-03', 'confirm employee -', 'answer employee 2026-12-15']);
});
