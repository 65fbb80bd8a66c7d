import {
  answerDay,
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
        const invitation = state === 'none' ? undefined : { state, employeeId: 'ines' };
        const today = '2026-11-26';
        const verdict = checkInvitationMove(move, { mover, invitation, today, answerBy: today });
        if (verdict.ok) found.push(`${move} ${state} ${role} → ${verdict.to}`);
      }
  expect(found.sort()).toEqual([...allowed].sort());
});

test('an invitation does not lapse before its last day, nor on the day on which it was sent', () => {
  const sent = aRecordOf.invitations;
  const answerBy = '2026-11-26';
  const expire = (today: string, more: object = { answerBy }) =>
    checkInvitationMove('expire', { mover: passerelle, invitation: sent, today, ...more }).ok;
  expect([expire('2026-11-25'), expire(answerBy), expire(answerBy, {})]).toEqual([false, true, false]);
  expect(mayLapse(sent, answerBy)).toBe(true);
  expect(mayLapse(sent, sent.askedOn)).toBe(false);
  expect(mayLapse({ ...sent, state: 'declined' }, answerBy)).toBe(false);
});

test.each([
  ['three working days after the question', '2026-11-23', '2026-12-08', undefined, '2026-11-26'],
  ['not counting a weekend', '2026-11-26', '2026-12-08', undefined, '2026-12-01'],
  ['on the last working day before the session', '2026-11-23', '2026-11-25', undefined, '2026-11-24'],
  ['which for a Monday is Friday', '2026-11-26', '2026-11-30', undefined, '2026-11-27'],
  ['on the day of the question at the earliest', '2026-11-28', '2026-11-30', undefined, '2026-11-28'],
  ['on the closing date', '2026-11-23', '2026-12-08', '2026-11-25', '2026-11-25'],
  ['before a later closing date', '2026-11-23', '2026-12-08', '2026-12-04', '2026-11-26'],
])('an answer is awaited until %s', (_, askedOn, firstDay, closesOn, expected) => {
  const session = { firstDay, ...(closesOn ? { closesOn } : {}) };
  expect(answerDay({ askedOn }, session, 3, { publicHoliday: () => undefined })).toBe(expected);
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
