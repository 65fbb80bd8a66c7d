import type { Action, Day, Engagement, EngagementState } from './action.js';

/** Who asks for a move, as the server knows them. */
export interface Mover {
  readonly id: string;
  readonly coordinator: boolean;
}

type Who = 'employee' | 'coordinator' | 'witness';

interface MoveRule {
  readonly from: readonly (EngagementState | 'none')[];
  readonly to: EngagementState;
  /**
   * `employee`: the person engaged. `coordinator`: a coordinator, not about their own offer unless the
   * convention allows it. `witness`: a coordinator or the person engaged.
   */
  readonly who: Who;
  /** `before`: until the eve of the first day. `after`: from the last day on, see `outcomeFrom`. */
  readonly when?: 'before' | 'after';
  /** What the move must bring: a text for the employee, or a free seat. */
  readonly requires?: 'text' | 'seat';
}

/**
 * The moves of an engagement, all of them. `sent-back` is a coordinator's wish for changes: the offer is the
 * employee's again until it is corrected.
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
  /** The state allows it no more: somebody, perhaps the same person, decided before. */
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
  readonly action: Pick<Action, 'state' | 'firstDay' | 'lastDay' | 'seats' | 'halfDays'>;
  /** Nothing when the employee has no engagement in this action yet. */
  readonly engagement: Pick<Engagement, 'state' | 'employeeId'> | undefined;
  /** Europe/Paris. */
  readonly today: Day;
  readonly text?: string;
  /** Engagements of the action that hold a seat now. */
  readonly seated?: number;
  /** A programme with one coordinator may let them approve their own offers. */
  readonly ownOfferApproval?: boolean;
}

/** Says whether a move is allowed now. Pure: the same question has the same answer. */
export function checkMove(move: EngagementMove, context: MoveContext): MoveVerdict {
  const rule: MoveRule = engagementMoves[move];
  const refuse = (because: MoveRefusal): MoveVerdict => ({ ok: false, because });
  const { mover, action, engagement, today } = context;
  const own = !engagement || engagement.employeeId === mover.id;
  if (rule.who === 'employee' && !own) return refuse('not-yours');
  if (rule.who === 'coordinator' && !mover.coordinator) return refuse('not-coordinator');
  if (rule.who === 'witness' && !own && !mover.coordinator) return refuse('not-yours');
  if (action.state !== 'open') return refuse('decided');
  if (!rule.from.includes(engagement?.state ?? 'none')) return refuse('decided');
  if (rule.who === 'coordinator' && own && !context.ownOfferApproval) return refuse('own-offer');
  if (rule.when === 'before' && hasBegun(move, action, engagement, today)) return refuse('too-late');
  if (rule.when === 'after' && today < outcomeFrom(action)) return refuse('too-early');
  if (rule.requires === 'text' && !context.text?.trim()) return refuse('text-missing');
  if (rule.requires === 'seat' && (context.seated ?? 0) >= action.seats) return refuse('full');
  return { ok: true, to: rule.to };
}

/** A request nobody answered may be withdrawn at any time: nobody counts on it yet. */
function hasBegun(
  move: EngagementMove,
  action: MoveContext['action'],
  engagement: MoveContext['engagement'],
  today: Day,
): boolean {
  if (move === 'withdraw' && engagement?.state !== 'approved') return false;
  // An availability is a period without a day yet: it can be taken back until its end.
  return today >= (action.halfDays ? action.lastDay : action.firstDay);
}

/**
 * The first day on which one may say whether an action took place: its last day. An availability has no day of
 * its own: any day of its period may have been the one.
 */
export const outcomeFrom = (action: Pick<Action, 'firstDay' | 'lastDay' | 'halfDays'>): Day =>
  action.halfDays ? action.firstDay : action.lastDay;

/** Seats of an action that are taken: by everyone who takes part, or took part to the end. */
export const seatsTaken = (engagements: readonly Pick<Engagement, 'state'>[]): number =>
  engagements.filter((e) => e.state === 'approved' || e.state === 'attended' || e.state === 'absent').length;

/** Who may say whether an action took place: a coordinator, or somebody engaged in it, see `outcomeFrom`. */
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
  if (today < outcomeFrom(action)) return { ok: false, because: 'too-early' };
  return { ok: true };
}
