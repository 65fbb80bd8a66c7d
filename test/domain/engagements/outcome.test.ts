import type { Action, Contradiction, Engagement } from '../../../src/domain/action.js';
import {
  checkAnswer,
  findPresences,
  judgeAnswer,
  mayCorrectNumber,
  settle,
} from '../../../src/domain/engagements/outcome.js';
import { anAction, anEngagement } from '../../support/builders.js';

const today = '2026-12-09';
const at = '2026-12-09T08:00:00.000Z';
const by = { by: 'zoe', at };
const held = anAction({ seats: 3, state: 'held', outcome: { pupils: 28, ...by } });
const notHeld = anAction({ seats: 3, state: 'not-held', outcome: { pupils: 0, ...by } });
const says28 = { state: 'held', pupils: 28 } as const;
const says30 = { state: 'held', pupils: 30 } as const;
const says40 = { state: 'held', pupils: 40 } as const;
const saysNo = { state: 'not-held', pupils: 0 } as const;
const other: Contradiction = { ...says40, by: 'amy', at };

describe('what an answer means', () => {
  test.each<[string, Action, { state: 'held' | 'not-held'; pupils: number }, string]>([
    ['the first', anAction(), says28, 'first'],
    ['the same number', held, says28, 'same'],
    ['about the same number', held, says30, 'about'],
    ['a fifth more', held, { state: 'held', pupils: 35 }, 'about'],
    ['more than a fifth more', held, { state: 'held', pupils: 36 }, 'differs'],
    ['none instead of some', held, { state: 'held', pupils: 0 }, 'differs'],
    ['another number at a placement', { ...held, kind: 'placement-3e' }, says30, 'differs'],
    ['about the same number while two wait', { ...held, contradiction: other }, says30, 'about'],
    ['that it did not take place', held, saysNo, 'differs'],
    ['that it did take place', notHeld, says28, 'differs'],
    ['the same, without pupils', notHeld, saysNo, 'same'],
    ['a third one', { ...held, contradiction: other }, saysNo, 'waits'],
    ['the first again while two wait', { ...held, contradiction: other }, says28, 'same'],
    [
      'another one after the choice',
      { ...held, outcome: { pupils: 28, ...by, settled: by } },
      says30,
      'settled',
    ],
  ])('%s', (_, action, answer, meaning) => expect(judgeAnswer(action, answer)).toBe(meaning));
});

describe('who may correct a number of pupils', () => {
  const settled = { ...held, outcome: { pupils: 28, ...by, settled: by } };
  const others = (state: Engagement['state']) => [
    anEngagement(held, 'zoe', 'attended'),
    anEngagement(held, 'amy', state),
  ];
  test.each<[string, string, boolean, Action, Engagement['state'], boolean]>([
    ['whoever gave it, before anybody else has answered', 'zoe', false, held, 'approved', true],
    ['whoever gave it, after somebody has', 'zoe', false, held, 'attended', false],
    ['whoever gave it, after somebody was not there', 'zoe', false, held, 'absent', false],
    ['somebody else', 'amy', false, held, 'approved', false],
    ['whoever gave it, after a choice', 'zoe', false, settled, 'approved', false],
    ['a coordinator', 'hugo', true, held, 'attended', true],
    ['a coordinator, after a choice', 'hugo', true, settled, 'attended', true],
    ['a coordinator, while two wait', 'hugo', true, { ...held, contradiction: other }, 'attended', false],
    ['a coordinator, if it did not take place', 'hugo', true, notHeld, 'approved', false],
  ])('%s: %s', (_, id, coordinator, action, state, may) =>
    expect(mayCorrectNumber({ id, coordinator }, action, others(state))).toBe(may));
});

const engagements = [
  anEngagement(held, 'zoe', 'attended'),
  anEngagement(held, 'amy', 'approved'),
  anEngagement(held, 'ines', 'approved'),
];
const moved = (moves: ReadonlyMap<Engagement, string>) =>
  [...moves].map(([e, move]) => `${e.employeeId} ${move}`);

describe('whose presence an answer tells', () => {
  const amy = { id: 'amy', coordinator: false };
  const hugo = { id: 'hugo', coordinator: true };
  test.each([
    ['one’s own', amy, held, says28, ['amy attend']],
    ['one’s own absence', amy, held, { ...says28, away: true }, ['amy miss']],
    ['one’s own, also with another number', amy, held, says30, ['amy attend']],
    ['nobody’s, when it did not take place', amy, held, saysNo, []],
    ['nobody’s, as long as it is said not to have taken place', amy, notHeld, says28, []],
    ['nobody’s, of a coordinator who was not there', hugo, held, says28, []],
    [
      'that of all who have not said, when a coordinator names those who came',
      hugo,
      held,
      { ...says28, attended: new Set(['ines']) },
      ['amy miss', 'ines attend'],
    ],
  ] as const)('%s', (_, mover, action, answer, expected) => {
    expect(moved(findPresences(mover, action, engagements, answer, today))).toEqual(expected);
  });
});

describe('two answers are settled', () => {
  const settled = (action: Action, contradiction: Contradiction, keep: 'first' | 'second' | number) => {
    const choice = typeof keep === 'number' ? ({ keep: 'number', pupils: keep } as const) : { keep };
    const people = engagements.map((e): Engagement => (action === notHeld ? { ...e, state: 'approved' } : e));
    const after = settle(
      { ...action, contradiction },
      people,
      contradiction,
      choice,
      { by: 'hugo', at },
      today,
    );
    expect(after.action.contradiction).toBeUndefined();
    expect(after.action.outcome?.settled).toEqual({ by: 'hugo', at });
    const { state, outcome } = after.action;
    return [`${state} ${outcome?.pupils} ${outcome?.by}`, ...moved(after.moves)];
  };
  test.each<[string, Action, Contradiction, 'first' | 'second' | number, string[]]>([
    ['by keeping the first', held, other, 'first', ['held 28 zoe']],
    ['by taking the second number', held, other, 'second', ['held 40 amy']],
    ['with a third number', held, other, 29, ['held 29 zoe']],
    [
      'as not held: nobody was there',
      held,
      { ...other, ...saysNo },
      'second',
      ['not-held 0 amy', 'zoe retract'],
    ],
    ['as not held before', notHeld, other, 'first', ['not-held 0 zoe']],
    ['as held after all: who said so was there', notHeld, other, 'second', ['held 40 amy', 'amy attend']],
    ['as held without them', notHeld, { ...other, away: true }, 'second', ['held 40 amy', 'amy miss']],
    ['as held with a number', notHeld, other, 25, ['held 25 zoe', 'amy attend']],
  ])('%s', (_, action, contradiction, keep, expected) =>
    expect(settled(action, contradiction, keep)).toEqual(expected));
});

test('another answer is heard from those engaged and from coordinators, and from nobody else', () => {
  const ask = (id: string, coordinator: boolean, action: Action) =>
    checkAnswer({ id, coordinator }, action, engagements, today).ok;
  for (const action of [held, notHeld])
    expect([ask('zoe', false, action), ask('hugo', true, action), ask('louis', false, action)]).toEqual([
      true,
      true,
      false,
    ]);
  expect(ask('hugo', true, anAction({ state: 'cancelled' }))).toBe(false);
});
