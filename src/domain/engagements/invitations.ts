import type { Action, Engagement } from '../action.js';
import type { Calendar } from '../calendar/school-calendar.js';
import type { Day, Instant } from '../days.js';
import { confirmationDay } from './confirmation.js';
import { type Mover, passerelle } from './moves.js';

/** The most people invited with one click. */
export const maxInvited = 5;

export type InvitationState = 'sent' | 'accepted' | 'declined' | 'later' | 'lapsed';

/** An employee whom a coordinator has asked to a session. Nobody is asked twice. */
export interface Invitation {
  /** `<action id>:<employee id>` */
  readonly id: string;
  readonly actionId: string;
  readonly employeeId: string;
  readonly state: InvitationState;
  /** The coordinator who asked. */
  readonly by: string;
  readonly at: Instant;
  readonly askedOn: Day;
  /** The availability because of which they were asked. */
  readonly availability: string;
  /** The session's revision that the invitation showed. */
  readonly revision: number;
  /** The day before which they said that they do not want to be asked again. Their preferences say what holds now. */
  readonly notBefore?: Day;
}

export const invitationId = (actionId: string, employeeId: string): string => `${actionId}:${employeeId}`;

interface InvitationMoveRule {
  readonly from: readonly (InvitationState | 'none')[];
  readonly to: InvitationState;
  readonly who: 'coordinator' | 'invited' | 'passerelle';
}

/**
 * All moves of an invitation. Somebody who has not answered in time, or has said no, can still say yes: the session is
 * open to everybody.
 */
export const invitationMoves = {
  invite: { from: ['none'], to: 'sent', who: 'coordinator' },
  accept: { from: ['sent', 'lapsed', 'declined', 'later'], to: 'accepted', who: 'invited' },
  refuse: { from: ['sent', 'lapsed', 'later'], to: 'declined', who: 'invited' },
  postpone: { from: ['sent', 'lapsed', 'declined'], to: 'later', who: 'invited' },
  expire: { from: ['sent'], to: 'lapsed', who: 'passerelle' },
} as const satisfies Record<string, InvitationMoveRule>;

export type InvitationMove = keyof typeof invitationMoves;

export type InvitationVerdict =
  | { readonly ok: true; readonly to: InvitationState }
  | { readonly ok: false; readonly because: 'decided' | 'not-yours' | 'not-coordinator' | 'too-early' };

/**
 * Whether somebody may make this move of an invitation now.
 * @param invitation nothing for one that does not exist yet
 */
export function checkInvitationMove(
  move: InvitationMove,
  {
    mover,
    invitation,
    today,
    answerBy,
  }: {
    readonly mover: Mover;
    readonly invitation: Pick<Invitation, 'state' | 'employeeId'> | undefined;
    readonly today: Day;
    /** Of `expire`: the last day on which an answer is awaited. */
    readonly answerBy?: Day;
  },
): InvitationVerdict {
  const rule: InvitationMoveRule = invitationMoves[move];
  if (rule.who === 'coordinator' && !mover.coordinator) return { ok: false, because: 'not-coordinator' };
  if (rule.who === 'invited' && invitation?.employeeId !== mover.id)
    return { ok: false, because: 'not-yours' };
  if ((rule.who === 'passerelle') !== (mover === passerelle)) return { ok: false, because: 'not-yours' };
  if (!rule.from.includes(invitation?.state ?? 'none')) return { ok: false, because: 'decided' };
  if (move === 'expire' && (answerBy === undefined || today < answerBy))
    return { ok: false, because: 'too-early' };
  return { ok: true, to: rule.to };
}

/**
 * Where an invitation stands, whatever way the person took: a seat taken from the session's own card is a yes, and one
 * given back is a no.
 */
export function invitationState(
  { state }: Pick<Invitation, 'state'>,
  engagement: Pick<Engagement, 'state'> | undefined,
): InvitationState {
  if (!engagement) return state === 'accepted' ? 'declined' : state;
  return engagement.state === 'withdrawn' ? 'declined' : 'accepted';
}

/**
 * The last day on which an answer is awaited: so many working days after the question, before the session as it is now,
 * and not after its closing date.
 */
export function answerDay(
  { askedOn }: Pick<Invitation, 'askedOn'>,
  { firstDay, closesOn }: Pick<Action, 'firstDay' | 'closesOn'>,
  days: number,
  calendar: Pick<Calendar, 'publicHoliday'>,
): Day {
  const usual = confirmationDay(askedOn, firstDay, days, calendar);
  return closesOn !== undefined && closesOn < usual ? closesOn : usual;
}

/** Whether an invitation lapses at the end of its last day; one sent on that very day does not. */
export const mayLapse = ({ state, askedOn }: Pick<Invitation, 'state' | 'askedOn'>, answerBy: Day): boolean =>
  state === 'sent' && askedOn < answerBy;
