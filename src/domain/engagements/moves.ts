import type { Action, ActionState, Engagement, EngagementState } from '../action.js';
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

type Who = 'employee' | 'coordinator' | 'organiser' | 'witness' | 'passerelle';

interface MoveRule {
  readonly from: readonly (EngagementState | 'none')[];
  readonly to: EngagementState;
  /**
   * `employee`: the person engaged. `coordinator`: a coordinator, for an offer of their own or one that they entered for
   * a colleague only if the convention allows it. `organiser`: a coordinator, whoever it is about. `witness`: a
   * coordinator or the person engaged. `passerelle`: nobody; it follows from a rule or a date.
   */
  readonly who: Who;
  /** `before`: until the day before the first one. `after`: from the last day on. */
  readonly when?: 'before' | 'after';
  /** The states of the action in which it is possible; by default only an open one. */
  readonly in?: readonly ActionState[];
  /**
   * `text`: words for the employee. `seat`: a free one for which nobody waits. `no-seat`: none of that kind.
   * `free-seat`: a free one. `shortage`: more people than seats. `question`: they were asked to confirm. `no-answer`:
   * the last day to confirm has come.
   */
  readonly requires?: 'text' | 'seat' | 'no-seat' | 'free-seat' | 'shortage' | 'question' | 'no-answer';
  /** Not while the session accepts no more people. */
  readonly admits?: true;
}

/**
 * All moves of an engagement. In `sent-back`, a coordinator has asked for changes: the offer is the employee's again
 * until they correct it.
 */
export const engagementMoves = {
  offer: { from: ['none'], to: 'pending', who: 'employee' },
  // A coordinator has agreed a day with a school, from an approved availability.
  fixDay: { from: ['none'], to: 'approved', who: 'organiser', when: 'before' },
  moveDay: { from: ['approved'], to: 'approved', who: 'organiser', when: 'before' },
  proposeDay: { from: ['approved'], to: 'approved', who: 'employee', when: 'before', requires: 'question' },
  join: {
    from: ['none', 'withdrawn'],
    to: 'approved',
    who: 'employee',
    when: 'before',
    requires: 'seat',
    admits: true,
  },
  wait: {
    from: ['none', 'withdrawn'],
    to: 'waitlisted',
    who: 'employee',
    when: 'before',
    requires: 'no-seat',
    admits: true,
  },
  promote: { from: ['waitlisted'], to: 'approved', who: 'passerelle', when: 'before', requires: 'free-seat' },
  unseat: { from: ['approved'], to: 'waitlisted', who: 'organiser', when: 'before', requires: 'shortage' },
  askToConfirm: { from: ['approved'], to: 'approved', who: 'passerelle', when: 'before' },
  confirm: { from: ['approved'], to: 'approved', who: 'employee', when: 'before', requires: 'question' },
  lapse: { from: ['approved'], to: 'withdrawn', who: 'passerelle', when: 'before', requires: 'no-answer' },
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
  // The first answer counts for the action; the others only say whether they were there.
  attend: { from: ['approved'], to: 'attended', who: 'witness', when: 'after', in: ['open', 'held'] },
  miss: { from: ['approved'], to: 'absent', who: 'witness', when: 'after', in: ['open', 'held'] },
  // The coordinators have settled that it did not take place after all: nobody was there, and nobody missed it.
  retract: { from: ['attended', 'absent'], to: 'approved', who: 'passerelle', in: ['held'] },
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
  /** An availability takes place on no day: a coordinator fixes one first, which makes another action. */
  | 'no-day'
  | 'text-missing'
  | 'full'
  /** The session accepts no more people: a coordinator has closed it, or its closing date has passed. */
  | 'closed';

export type MoveVerdict =
  | { readonly ok: true; readonly to: EngagementState }
  | { readonly ok: false; readonly because: MoveRefusal };

export interface MoveContext {
  readonly mover: Mover;
  readonly action: Pick<
    Action,
    'state' | 'firstDay' | 'lastDay' | 'seats' | 'halfDays' | 'closed' | 'closesOn' | 'enteredBy'
  >;
  /** Absent while the employee has no engagement in this action. */
  readonly engagement: Pick<Engagement, 'state' | 'employeeId' | 'confirmBy'> | undefined;
  /** Europe/Paris. */
  readonly today: Day;
  readonly text?: string;
  /** Engagements of the action that hold a seat now. */
  readonly seated?: number;
  /** Engagements of the action on its waiting list now. */
  readonly waiting?: number;
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
  if ((rule.who === 'passerelle') !== (mover === passerelle)) return refuse('not-yours');
  if (rule.who === 'employee' && !own && !onBehalf) return refuse('not-yours');
  if ((rule.who === 'coordinator' || rule.who === 'organiser') && !mover.coordinator)
    return refuse('not-coordinator');
  if (rule.who === 'witness' && !own && !mover.coordinator) return refuse('not-yours');
  if (!(rule.in ?? ['open']).includes(action.state)) return refuse('decided');
  if (!rule.from.includes(engagement?.state ?? 'none')) return refuse('decided');
  // Two people see each offer: who has entered one for a colleague does not decide on it alone.
  const wrote = own || action.enteredBy === mover.id;
  if (rule.who === 'coordinator' && wrote && !context.ownOfferApproval) return refuse('own-offer');
  if (rule.when === 'before' && hasBegun(move, action, engagement, today)) return refuse('too-late');
  if (rule.when === 'after' && action.halfDays) return refuse('no-day');
  if (rule.when === 'after' && today < action.lastDay) return refuse('too-early');
  if (rule.admits && isClosed(action, today)) return refuse('closed');
  const lacking = rule.requires && findLacking(rule.requires, context);
  return lacking ? refuse(lacking) : { ok: true, to: rule.to };
}

/** Whether a session accepts no more people, though its day may still be to come. */
export const isClosed = ({ closed, closesOn }: Pick<Action, 'closed' | 'closesOn'>, today: Day): boolean =>
  closed === true || (closesOn !== undefined && today > closesOn);

/** What a move requires and does not have. */
function findLacking(
  required: NonNullable<MoveRule['requires']>,
  { action, engagement, today, text, seated = 0, waiting = 0 }: MoveContext,
): MoveRefusal | undefined {
  const hasFreeSeat = seated < action.seats;
  const mayJoin = hasFreeSeat && waiting === 0;
  switch (required) {
    case 'text':
      return text?.trim() ? undefined : 'text-missing';
    case 'seat':
      return mayJoin ? undefined : 'full';
    case 'no-seat':
      return mayJoin ? 'decided' : undefined;
    case 'free-seat':
      return hasFreeSeat ? undefined : 'full';
    case 'shortage':
      return seated > action.seats ? undefined : 'decided';
    case 'question':
      return engagement?.confirmBy ? undefined : 'decided';
    case 'no-answer':
      if (!engagement?.confirmBy) return 'decided';
      return today >= engagement.confirmBy ? undefined : 'too-early';
  }
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

/** The number of seats taken, by everyone who takes part or has taken part. */
export const countSeatsTaken = (engagements: readonly Pick<Engagement, 'state'>[]): number =>
  engagements.filter((e) => e.state === 'approved' || e.state === 'attended' || e.state === 'absent').length;
