import type { Action, Engagement, EngagementState } from '../action.js';
import type { Day } from '../days.js';

/** Who asks for a move, as the server knows them. */
export interface Mover {
  readonly id: string;
  readonly coordinator: boolean;
  /** Whether they are a coordinator who acts for the employee, who has asked them to. */
  readonly onBehalf?: boolean;
}

/** Makes the moves that follow from a rule or a date, in nobody's name. */
export const passerelle: Mover = { id: 'passerelle', coordinator: false };

type Who = 'employee' | 'coordinator' | 'witness' | 'passerelle';

interface MoveRule {
  readonly from: readonly (EngagementState | 'none')[];
  readonly to: EngagementState;
  /**
   * `employee`: the person engaged. `coordinator`: a coordinator, for an offer of their own or one that they entered
   * for a colleague only if the convention allows it. `witness`: a coordinator or the person engaged. `passerelle`: nobody; it follows from a rule or a date.
   */
  readonly who: Who;
  /** `before`: until the day before the first one. `after`: from the last day on, see `firstOutcomeDay`. */
  readonly when?: 'before' | 'after';
  /** A text for the employee, or a free seat. */
  readonly requires?: 'text' | 'seat';
}

/**
 * All moves of an engagement. In `sent-back`, a coordinator has asked for changes: the offer is the employee's again
 * until they correct it.
 */
export const engagementMoves = {
  offer: { from: ['none'], to: 'pending', who: 'employee' },
  join: { from: ['none', 'withdrawn'], to: 'approved', who: 'employee', when: 'before', requires: 'seat' },
  approve: { from: ['pending'], to: 'approved', who: 'coordinator' },
  decline: { from: ['pending'], to: 'declined', who: 'coordinator', requires: 'text' },
  askChanges: { from: ['pending'], to: 'sent-back', who: 'coordinator', requires: 'text' },
  correct: { from: ['pending', 'sent-back'], to: 'pending', who: 'employee' },
  withdraw: {
    from: ['pending', 'sent-back', 'approved', 'waitlisted'],
    to: 'withdrawn',
    who: 'employee',
    when: 'before',
  },
  attend: { from: ['approved'], to: 'attended', who: 'witness', when: 'after' },
  miss: { from: ['approved'], to: 'absent', who: 'witness', when: 'after' },
} as const satisfies Record<string, MoveRule>;

export type EngagementMove = keyof typeof engagementMoves;

export type MoveRefusal =
  /** The state no longer allows it: somebody, perhaps the same person, has already decided. */
  | 'decided'
  | 'not-yours'
  | 'not-coordinator'
  | 'own-offer'
  | 'too-late'
  | 'too-early'
  | 'text-missing'
  | 'full';

export type MoveVerdict =
  | { readonly ok: true; readonly to: EngagementState }
  | { readonly ok: false; readonly because: MoveRefusal };

export interface MoveContext {
  readonly mover: Mover;
  readonly action: Pick<Action, 'state' | 'firstDay' | 'lastDay' | 'seats' | 'halfDays' | 'enteredBy'>;
  /** Absent while the employee has no engagement in this action. */
  readonly engagement: Pick<Engagement, 'state' | 'employeeId'> | undefined;
  /** Europe/Paris. */
  readonly today: Day;
  readonly text?: string;
  /** Engagements of the action that hold a seat now. */
  readonly seated?: number;
  /** A programme with one coordinator may let them approve their own offers. */
  readonly ownOfferApproval?: boolean;
}

/** Whether a move is allowed now. */
export function checkMove(move: EngagementMove, context: MoveContext): MoveVerdict {
  const rule: MoveRule = engagementMoves[move];
  const refuse = (because: MoveRefusal): MoveVerdict => ({ ok: false, because });
  const { mover, action, engagement, today } = context;
  const own = !engagement || engagement.employeeId === mover.id;
  const onBehalf = mover.coordinator && mover.onBehalf === true;
  if (rule.who === 'passerelle' && mover !== passerelle) return refuse('not-yours');
  if (rule.who === 'employee' && !own && !onBehalf) return refuse('not-yours');
  if (rule.who === 'coordinator' && !mover.coordinator) return refuse('not-coordinator');
  if (rule.who === 'witness' && !own && !mover.coordinator) return refuse('not-yours');
  if (action.state !== 'open') return refuse('decided');
  if (!rule.from.includes(engagement?.state ?? 'none')) return refuse('decided');
  // Two people see each offer: who has entered one for a colleague does not decide on it alone.
  const wrote = own || action.enteredBy === mover.id;
  if (rule.who === 'coordinator' && wrote && !context.ownOfferApproval) return refuse('own-offer');
  if (rule.when === 'before' && hasBegun(move, action, engagement, today)) return refuse('too-late');
  if (rule.when === 'after' && today < firstOutcomeDay(action)) return refuse('too-early');
  if (rule.requires === 'text' && !context.text?.trim()) return refuse('text-missing');
  if (rule.requires === 'seat' && (context.seated ?? 0) >= action.seats) return refuse('full');
  return { ok: true, to: rule.to };
}

/** An undecided request may be withdrawn at any time: nobody relies on it yet. */
function hasBegun(
  move: EngagementMove,
  action: MoveContext['action'],
  engagement: MoveContext['engagement'],
  today: Day,
): boolean {
  if (move === 'withdraw' && engagement?.state !== 'approved') return false;
  // An availability has no day yet, so it can be withdrawn until its end.
  return today >= (action.halfDays ? action.lastDay : action.firstDay);
}

/**
 * The first day on which the outcome of an action can be reported: its last day. For an availability, the first day
 * of its period, as any of its days may have been the one.
 */
export const firstOutcomeDay = (action: Pick<Action, 'firstDay' | 'lastDay' | 'halfDays'>): Day =>
  action.halfDays ? action.firstDay : action.lastDay;

/** The number of seats taken, by everyone who takes part or has taken part. */
export const countSeatsTaken = (engagements: readonly Pick<Engagement, 'state'>[]): number =>
  engagements.filter((e) => e.state === 'approved' || e.state === 'attended' || e.state === 'absent').length;

/**
 * Whether somebody may report the outcome of an action: a coordinator, or an employee engaged in it, from
 * `firstOutcomeDay` on.
 */
export function checkOutcome(
  mover: Mover,
  action: Pick<Action, 'state' | 'firstDay' | 'lastDay' | 'halfDays'>,
  engagements: readonly Pick<Engagement, 'state' | 'employeeId'>[],
  today: Day,
): { ok: true } | { ok: false; because: MoveRefusal } {
  const engaged = engagements.some((e) => e.employeeId === mover.id && e.state === 'approved');
  if (action.state !== 'open') return { ok: false, because: 'decided' };
  if (!mover.coordinator && !engaged) return { ok: false, because: 'not-yours' };
  if (!engagements.some((e) => e.state === 'approved')) return { ok: false, because: 'decided' };
  if (today < firstOutcomeDay(action)) return { ok: false, because: 'too-early' };
  return { ok: true };
}
