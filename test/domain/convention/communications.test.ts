import {
  type CommunicationMove,
  type CommunicationState,
  checkCommunication,
  communicationMoves,
} from '../../../src/domain/convention/communications.js';

const moves = Object.keys(communicationMoves) as CommunicationMove[];
const states = [undefined, 'requested', 'agreed', 'published'] as const;
const agreement = { by: 'Ministère', on: '2026-11-02' };

/** Every move that is allowed: from, to. Nothing else is. */
const allowed: readonly (readonly [CommunicationMove, CommunicationState | undefined, CommunicationState])[] =
  [
    ['request', undefined, 'requested'],
    ['agree', 'requested', 'agreed'],
    ['publish', 'agreed', 'published'],
  ];

test('the moves of a communication are these and no others', () => {
  const found = moves.flatMap((move) =>
    states.flatMap((state) => {
      const verdict = checkCommunication(move, state, agreement);
      return verdict.ok ? [[move, state, verdict.to]] : [];
    }),
  );
  expect(found).toEqual(allowed);
});

test.each([
  ['publish', undefined, 'not-agreed'],
  ['publish', 'requested', 'not-agreed'],
  ['publish', 'published', 'decided'],
  ['agree', 'agreed', 'decided'],
  ['agree', undefined, 'decided'],
  ['request', 'published', 'decided'],
] as const)('%s when %s is refused: %s', (move, state, because) =>
  expect(checkCommunication(move, state, agreement)).toEqual({ ok: false, because }));

test('an agreement says who gave it', () => {
  const refused = { ok: false, because: 'agreement-missing' };
  expect(checkCommunication('agree', 'requested')).toEqual(refused);
  expect(checkCommunication('agree', 'requested', { ...agreement, by: ' ' })).toEqual(refused);
});
