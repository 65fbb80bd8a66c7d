import type { Action, Engagement } from '../../../src/domain/action.js';
import {
  type Correction,
  correct,
  currentCount,
  mayCorrect,
} from '../../../src/domain/engagements/correction.js';
import { anAction, anEngagement, aPlacement } from '../../support/builders.js';

const today = '2026-12-10';
const at = '2026-12-10T09:00:00.000Z';
const signed = { by: 'hugo', at, why: 'Compté deux fois.' };
const outcome = { pupils: 28, by: 'ines', at: '2026-12-09T08:00:00.000Z' };
const held = anAction({ state: 'held', outcome });
const notHeld = anAction({ state: 'not-held', outcome: { ...outcome, pupils: 0 } });

const engaged = (action: Action, states: Record<string, Engagement['state']>) =>
  Object.entries(states).map(([id, state]) => anEngagement(action, id, state));
const said = (more: Partial<Correction> = {}): Correction => ({
  state: 'held',
  pupils: 28,
  attended: new Set(['ines']),
  ...more,
});
/** What becomes of everybody, and the numbers that the history has. */
function corrected(action: Action, states: Record<string, Engagement['state']>, correction: Correction) {
  const moves = correct(action, engaged(action, states), correction, signed, today);
  if (!moves) return undefined;
  return {
    retracted: [...moves.retracted.keys()].map(({ employeeId }) => employeeId),
    said: Object.fromEntries(moves.said),
    numbers: moves.rows.map(({ move, from, to }) => `${move} ${from} ${to}`),
  };
}
const key = (id: string) => `talk:${id}`;

describe('who may correct a line', () => {
  it.each<[string, boolean, Partial<Action>, boolean]>([
    ['a coordinator, of what was held', true, { state: 'held' }, true],
    ['a coordinator, of what was not held', true, { state: 'not-held' }, true],
    ['nobody, before it is answered', true, { state: 'open' }, false],
    ['nobody, of what is cancelled', true, { state: 'cancelled' }, false],
    [
      'nobody, between two answers',
      true,
      { state: 'held', contradiction: { ...outcome, state: 'not-held' } },
      false,
    ],
    ['no employee', false, { state: 'held' }, false],
  ])('%s', (_, coordinator, overrides, may) => {
    expect(mayCorrect({ coordinator }, anAction(overrides))).toBe(may);
  });
});

describe('a correction', () => {
  it.each<[string, Action, Record<string, Engagement['state']>, Correction, object | undefined]>([
    ['of nothing changes nothing', held, { ines: 'attended' }, said(), undefined],
    [
      'of a number moves nobody',
      held,
      { ines: 'attended', zoe: 'absent', nour: 'approved' },
      said({ pupils: 30 }),
      { retracted: [], said: {}, numbers: ['correctNumber 28 30'] },
    ],
    [
      'of who was there moves only those whom it changes',
      held,
      { ines: 'attended', zoe: 'absent', nour: 'approved', louis: 'attended', left: 'withdrawn' },
      said({ attended: new Set(['ines', 'zoe', 'nour', 'left']) }),
      {
        retracted: ['zoe', 'louis'],
        said: { [key('zoe')]: 'attend', [key('nour')]: 'attend', [key('louis')]: 'miss' },
        numbers: [],
      },
    ],
    [
      'that it did not take place: nobody was there, and nobody missed it',
      held,
      { ines: 'attended', zoe: 'absent', nour: 'approved' },
      said({ state: 'not-held' }),
      { retracted: ['ines', 'zoe'], said: {}, numbers: ['correctNotHeld held not-held'] },
    ],
    [
      'that it did take place says of everybody whether they were there',
      notHeld,
      { ines: 'approved', zoe: 'approved' },
      said({ pupils: 12 }),
      {
        retracted: [],
        said: { [key('ines')]: 'attend', [key('zoe')]: 'miss' },
        numbers: ['correctHeld not-held held', 'correctNumber 0 12'],
      },
    ],
  ])('%s', (_, action, states, correction, expected) => {
    expect(corrected(action, states, correction)).toEqual(expected);
  });

  it('keeps what was counted before beside what counts now, and is not asked about again', () => {
    const placement = aPlacement({ state: 'held', outcome: { ...outcome, pupils: 2 } });
    const moves = correct(
      placement,
      engaged(placement, { ines: 'attended' }),
      said({ pupils: 3, places: 3 }),
      signed,
      '2027-02-01',
    );
    expect(moves?.action).toMatchObject({
      places: 3,
      outcome: { pupils: 3, by: 'ines', settled: { by: 'hugo', at } },
      corrected: { ...signed, was: { state: 'held', pupils: 2, places: 2, employees: 1 } },
    });
  });

  it('has nothing to correct before an answer', () => {
    expect(currentCount(anAction(), [])).toBeUndefined();
    expect(correct(anAction(), [], said(), signed, today)).toBeUndefined();
  });
});
