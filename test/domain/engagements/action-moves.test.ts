import type { ActionState } from '../../../src/domain/action.js';
import {
  type ActionMove,
  actionMoves,
  checkActionMove,
  type SessionState,
} from '../../../src/domain/engagements/action-moves.js';
import { anAction } from '../../support/builders.js';

const moves = Object.keys(actionMoves) as ActionMove[];
const states: readonly SessionState[] = ['none', 'open', 'closed', 'cancelled', 'held', 'not-held'];
/** A company visit of two days. */
const days = { eve: '2026-12-07', first: '2026-12-08', last: '2026-12-09', after: '2026-12-10' };
type Moment = keyof typeof days;
const always = 'eve first last after';

/** Every move that is allowed to a coordinator with words: from, when, to. Nothing else is. */
const allowed: readonly (readonly [ActionMove, SessionState, string, ActionState])[] = [
  ['publish', 'none', always, 'open'],
  ['edit', 'open', 'eve', 'open'],
  ['edit', 'closed', 'eve', 'open'],
  ['close', 'open', 'eve', 'open'],
  ['reopen', 'closed', 'eve', 'open'],
  ['cancel', 'open', 'eve first last', 'cancelled'],
  ['cancel', 'closed', 'eve first last', 'cancelled'],
];

const sessionIn = (state: SessionState) =>
  state === 'none'
    ? undefined
    : anAction({
        firstDay: days.first,
        lastDay: days.last,
        ...(state === 'closed' ? { state: 'open', closed: true } : { state }),
      });
const everyCase = (coordinator: boolean, text?: string) =>
  moves.flatMap((move) =>
    states.flatMap((state) =>
      (Object.keys(days) as Moment[]).flatMap((moment) => {
        const verdict = checkActionMove(move, {
          mover: { id: 'hugo', coordinator },
          action: sessionIn(state),
          today: days[moment],
          ...(text === undefined ? {} : { text }),
        });
        return verdict.ok ? `${move} ${state} ${moment} → ${verdict.to}` : [];
      }),
    ),
  );
const spelledOut = (rows: typeof allowed) =>
  rows
    .flatMap(([move, state, when, to]) => when.split(' ').map((m) => `${move} ${state} ${m} → ${to}`))
    .sort();

describe('what coordinators do with a session', () => {
  test('is this and nothing else, in every state, on every day', () => {
    expect(everyCase(true, 'La classe ne peut pas venir.').sort()).toEqual(spelledOut(allowed));
  });

  test('nobody else does', () => {
    expect(everyCase(false, 'La classe ne peut pas venir.')).toEqual([]);
  });

  test.each([undefined, '', ' \n'])('a cancellation needs words: %j is none', (text) => {
    expect(everyCase(true, text).sort()).toEqual(spelledOut(allowed.filter(([move]) => move !== 'cancel')));
  });

  test('a session is closed from the day after its closing date, and can then be reopened', () => {
    const action = anAction({ firstDay: days.first, closesOn: '2026-12-06' });
    const may = (move: ActionMove, today: string) =>
      checkActionMove(move, { mover: { id: 'hugo', coordinator: true }, action, today }).ok;
    expect([may('close', '2026-12-06'), may('reopen', '2026-12-06')]).toEqual([true, false]);
    expect([may('close', '2026-12-07'), may('reopen', '2026-12-07')]).toEqual([false, true]);
  });

  test.each([
    ['edit', 'open', 'first', 'too-late'],
    ['edit', 'cancelled', 'eve', 'decided'],
    ['cancel', 'open', 'after', 'too-late'],
    ['reopen', 'open', 'eve', 'decided'],
  ] as const)('%s when %s, on the %s day: refused, %s', (move, state, moment, because) => {
    const mover = { id: 'hugo', coordinator: true };
    const verdict = checkActionMove(move, {
      mover,
      action: sessionIn(state),
      today: days[moment],
      text: 'x',
    });
    expect(verdict).toEqual({ ok: false, because });
  });
});
