import {
  checkInvitationMove,
  type InvitationMove,
  type InvitationState,
  invitationMoves,
  invitationState,
  mayLapse,
} from '../../../src/domain/engagements/invitations.js';
import { passerelle } from '../../../src/domain/engagements/moves.js';
import { aRecordOf } from '../../support/every-kind.js';

const states: readonly (InvitationState | 'none')[] = [
  'none',
  'sent',
  'accepted',
  'declined',
  'later',
  'lapsed',
];
const movers = {
  invited: { id: 'ines', coordinator: false },
  coordinator: { id: 'hugo', coordinator: true },
  other: { id: 'zoe', coordinator: false },
  passerelle,
};
/** From, who, to: nothing else is allowed. */
const allowed = [
  'invite none coordinator → sent',
  'accept sent invited → accepted',
  'accept lapsed invited → accepted',
  'accept declined invited → accepted',
  'accept later invited → accepted',
  'refuse sent invited → declined',
  'refuse lapsed invited → declined',
  'refuse later invited → declined',
  'postpone sent invited → later',
  'postpone lapsed invited → later',
  'postpone declined invited → later',
  'expire sent passerelle → lapsed',
];

test('the moves of an invitation are these and no others', () => {
  const found: string[] = [];
  for (const move of Object.keys(invitationMoves) as InvitationMove[])
    for (const state of states)
      for (const [role, mover] of Object.entries(movers)) {
        const invitation =
          state === 'none' ? undefined : { state, employeeId: 'ines', answerBy: '2026-11-26' };
        const verdict = checkInvitationMove(move, { mover, invitation, today: '2026-11-26' });
        if (verdict.ok) found.push(`${move} ${state} ${role} → ${verdict.to}`);
      }
  expect(found.sort()).toEqual([...allowed].sort());
});

test('an invitation does not lapse before its last day, nor on the day on which it was sent', () => {
  const sent = aRecordOf.invitations;
  const expire = (today: string) =>
    checkInvitationMove('expire', { mover: passerelle, invitation: sent, today }).ok;
  expect([expire('2026-11-25'), expire('2026-11-26')]).toEqual([false, true]);
  expect(mayLapse(sent)).toBe(true);
  expect(mayLapse({ ...sent, askedOn: sent.answerBy })).toBe(false);
  expect(mayLapse({ ...sent, state: 'declined' })).toBe(false);
});

test.each([
  ['sent', undefined, 'sent'],
  ['sent', 'approved', 'accepted'],
  ['lapsed', 'waitlisted', 'accepted'],
  ['accepted', 'withdrawn', 'declined'],
  ['accepted', undefined, 'declined'],
  ['later', undefined, 'later'],
] as const)('an invitation that is %s, with a seat that is %s, stands at %s', (state, seat, expected) => {
  expect(invitationState({ state }, seat && { state: seat })).toBe(expected);
});
