/** The scenarios by which the domain was agreed, row by row. */

import type { PlacementKind } from '../../src/domain/action.js';
import type { YearMode } from '../../src/domain/convention/convention.js';
import { conventionEnd, formalNoticeEnd, renewalNoticeDay } from '../../src/domain/convention/deadlines.js';
import { programmeYear } from '../../src/domain/convention/programme-year.js';
import { checkMove, countSeatsTaken, type EngagementMove } from '../../src/domain/engagements/moves.js';
import { recount } from '../../src/domain/engagements/tally.js';
import { findPersonalData } from '../../src/domain/personal-data/index.js';
import { checkPlacement } from '../../src/domain/placements/placement.js';
import { checkEntryMove } from '../../src/domain/registers/moves.js';
import { parseUai } from '../../src/domain/schools/uai.js';
import { academie, anAction, anEngagement, anEntry, calendar } from '../support/builders.js';
import { countIn } from '../support/counting.js';

const held = (id: string, firstDay: string) =>
  anAction({ id, firstDay, state: 'held', outcome: { pupils: 25, by: 'hugo', at: '' } });
const yearOf = (yearMode: YearMode) => (day: string) => programmeYear(day, { yearMode }).id;
const outcome = (kind: PlacementKind, firstDay: string, lastDay: string, where = 'Lille') =>
  checkPlacement({ kind, firstDay, lastDay }, academie(where), calendar).outcome;

test('1: one employee with four held class talks in 2025-26 is 1 of 10, with four actions', () => {
  const talks = ['2025-09-15', '2025-11-20', '2026-01-12', '2026-06-02'].map((d, i) => held(`t${i}`, d));
  const engaged = talks.map((t) => anEngagement(t, 'ines', 'attended'));
  const tally = recount(talks, engaged, countIn(yearOf('school'))).tallies.get('2025-2026');
  expect([tally?.achieved, tally?.kinds['classroom-talk'].held]).toEqual([1, 4]);
});

test('2: of ten employees engaged, one absent and one whose action was cancelled, eight count', () => {
  const actions = Array.from({ length: 10 }, (_, i) => held(`t${i}`, '2026-12-08')).map((a, i) =>
    i === 9 ? { ...a, state: 'cancelled' as const } : a,
  );
  const engaged = actions.map((a, i) =>
    anEngagement(a, `employee${i}`, i === 9 ? 'approved' : i === 8 ? 'absent' : 'attended'),
  );
  expect(recount(actions, engaged, countIn(yearOf('school'))).tallies.get('2026-2027')?.achieved).toBe(8);
});

test('3: 31 August and 1 September 2026 are in two school years, and in one civil year', () => {
  const years = (mode: YearMode) => ['2026-08-31', '2026-09-01'].map(yearOf(mode));
  expect([years('school'), years('civil')]).toEqual([
    ['2025-2026', '2026-2027'],
    ['2026', '2026'],
  ]);
});

test('4: a 3e placement on 19, 20, 23, 24 and 25 March 2026 is accepted', () => {
  expect(outcome('placement-3e', '2026-03-19', '2026-03-25')).toBe('fine');
});

test('5: a 3e placement from 9 to 13 February 2026 is refused in Lyon, accepted in Lille and Paris', () => {
  const where = ['Lyon', 'Lille', 'Paris'];
  expect(where.map((name) => outcome('placement-3e', '2026-02-09', '2026-02-13', name))).toEqual([
    'refused',
    'fine',
    'fine',
  ]);
});

test('6: a 3e placement from 11 to 15 May 2026 is accepted with a warning: three days are left', () => {
  const dates = { kind: 'placement-3e', firstDay: '2026-05-11', lastDay: '2026-05-15' } as const;
  const verdict = checkPlacement(dates, academie('Paris'), calendar);
  expect(verdict).toMatchObject({
    presenceDays: 3,
    outcome: 'fewer-days',
    off: [
      { day: '2026-05-14', because: 'public-holiday' },
      { day: '2026-05-15', because: 'bridge' },
    ],
  });
});

test('7: a 2de placement from 15 to 26 June 2026 is accepted, from 22 June to 3 July refused', () => {
  expect([
    outcome('placement-2de', '2026-06-15', '2026-06-26'),
    outcome('placement-2de', '2026-06-22', '2026-07-03'),
  ]).toEqual(['fine', 'refused']);
});

test('8: a prépa-métiers placement of five weeks is refused', () => {
  expect(outcome('placement-prepa-metiers', '2026-03-02', '2026-04-03')).toBe('refused');
});

test('9: of two who want the last seat one has it; it is free again when that one withdraws; a replay changes nothing', () => {
  const action = anAction({ origin: 'need', seats: 1 });
  const engaged = new Map<string, ReturnType<typeof anEngagement>>();
  const make = (move: EngagementMove, who: string) => {
    const verdict = checkMove(move, {
      mover: { id: who, coordinator: false },
      action,
      engagement: engaged.get(who),
      today: '2026-12-01',
      seated: countSeatsTaken([...engaged.values()]),
    });
    if (verdict.ok) engaged.set(who, anEngagement(action, who, verdict.to));
    return verdict.ok ? verdict.to : verdict.because;
  };
  expect([make('join', 'ines'), make('join', 'zoe'), make('join', 'ines')]).toEqual([
    'approved',
    'full',
    'decided',
  ]);
  expect([make('withdraw', 'ines'), make('withdraw', 'ines'), make('join', 'zoe')]).toEqual([
    'withdrawn',
    'decided',
    'approved',
  ]);
  expect(countSeatsTaken([...engaged.values()])).toBe(1);
});

test('10: the remark "Léa, 06 12 34 56 78, PAI asthme" is refused', () => {
  expect(findPersonalData('Léa, 06 12 34 56 78, PAI asthme')).toBe('phone');
  expect(findPersonalData('Léa, PAI asthme')).toBe('health');
});

test('11: nothing is published without agreement; a formal notice of 3 November 2026 ends on the 11th', () => {
  const asked = anEntry({ kind: 'communication', state: 'requested' });
  const published = checkEntryMove('publish', 'communication', asked, '2026-11-23', { day: '2026-11-23' });
  expect(published).toEqual({ ok: false, because: 'not-agreed' });
  expect(formalNoticeEnd('2026-11-03')).toBe('2026-11-11');
});

test('12: signed on 31 August 2024, the convention ends on 30 August 2027; the ministry is told by 28 February', () => {
  expect(conventionEnd('2024-08-31', 3)).toBe('2027-08-30');
  expect(renewalNoticeDay('2024-08-31', 3, 6)).toBe('2027-02-28');
});

test('13: the UAI code 0932030b is normalised, 0932030C refused', () => {
  expect([parseUai('0932030b'), parseUai('0932030C')]).toEqual(['0932030B', undefined]);
});
