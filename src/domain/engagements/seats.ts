import type { Action, Engagement } from '../action.js';
import type { Day, Instant } from '../days.js';
import { wasAskedInTime } from './confirmation.js';
import {
  checkMove,
  countSeatsTaken,
  type EngagementMove,
  type MoveRefusal,
  type Mover,
  passerelle,
} from './moves.js';
import { decideSeat, findPromoted, firstRank, lastRank } from './waiting-list.js';

/** A session and everybody who has, or had, to do with it. */
export interface Session {
  readonly action: Action;
  readonly engagements: readonly Engagement[];
}

/** One move of an engagement: what it was, and what it is now. */
export interface SeatMove {
  readonly move: EngagementMove;
  readonly by: string;
  readonly before: Engagement | undefined;
  readonly after: Engagement;
}

export type SeatResult =
  | { readonly ok: true; readonly session: Session; readonly moves: readonly SeatMove[] }
  | { readonly ok: false; readonly because: MoveRefusal };

/** When something happens: the moment, and its day in Europe/Paris. */
export interface Moment {
  readonly now: Instant;
  readonly today: Day;
}

/** Gives somebody a free seat, or a place at the end of the waiting list. */
export function takeSeat(
  session: Session,
  person: Pick<Engagement, 'id' | 'employeeId'>,
  mover: Mover,
  moment: Moment,
): SeatResult {
  const { action, engagements } = session;
  const before = findOf(session, person.employeeId);
  const move = decideSeat(action.seats, engagements) === 'approved' ? 'join' : 'wait';
  const rank = move === 'wait' ? { rank: lastRank(engagements) } : {};
  return moveOne(session, {
    move,
    before,
    mover,
    moment,
    fresh: { ...person, actionId: action.id },
    more: rank,
  });
}

/** Withdraws somebody, seated or waiting; the first who waits moves up. */
export function leaveSeat(session: Session, employeeId: string, mover: Mover, moment: Moment): SeatResult {
  const before = findOf(session, employeeId);
  return andPromote(moveOne(session, { move: 'withdraw', before, mover, moment }), moment);
}

/** Records that somebody comes after a change. */
export function confirmSeat(session: Session, employeeId: string, mover: Mover, moment: Moment): SeatResult {
  const before = findOf(session, employeeId);
  // They have been in this state all along.
  const since = before ? { since: before.since } : {};
  return moveOne(session, { move: 'confirm', before, mover, moment, more: since });
}

/** Takes back the seats of those who have not confirmed in time; the first who wait move up. */
export function lapseSeats(session: Session, moment: Moment): SeatResult {
  const late = session.engagements.filter(
    (e) => e.state === 'approved' && wasAskedInTime(e) && (e.confirmBy ?? '') <= moment.today,
  );
  return andPromote(moveAll(session, late, { move: 'lapse', mover: passerelle, moment }), moment);
}

/** Seats as many of those who wait as there are free seats; nobody once the session has begun. */
export function promoteWaiting(session: Session, moment: Moment): SeatResult {
  const promoted = findPromoted(session.action.seats, session.engagements);
  const result = moveAll(session, promoted, { move: 'promote', mover: passerelle, moment });
  return result.ok ? result : { ok: true, session, moves: [] };
}

/**
 * Changes a session. With fewer seats than people, those who do not stay come first on the waiting list, in the order
 * in which they had their seats; with more, the first who wait move up.
 * @param staying who keeps a seat when there are fewer seats than people
 * @returns `full` when it has to be said who stays
 */
export function changeSession(
  session: Session,
  action: Action,
  mover: Mover,
  moment: Moment,
  { staying }: { staying?: ReadonlySet<string> } = {},
): SeatResult {
  const dated = session.engagements.map((e) =>
    e.firstDay === action.firstDay ? e : { ...e, firstDay: action.firstDay },
  );
  return andPromote(unseat({ action, engagements: dated }, staying, mover, moment), moment);
}

/**
 * Asks those who have a seat to confirm it.
 * @param ask until when; nothing to leave somebody as they are, null to take back what they were asked
 */
export function askToConfirm(
  result: SeatResult,
  moment: Moment,
  ask: (engagement: Engagement) => Day | null | undefined,
): SeatResult {
  if (!result.ok) return result;
  let { session, moves } = result;
  for (const engagement of session.engagements) {
    if (engagement.state !== 'approved') continue;
    const confirmBy = ask(engagement);
    if (confirmBy === undefined) continue;
    if (confirmBy === null) {
      const { confirmBy: _, askedOn: __, ...rest } = engagement;
      session = replace(session, engagement, rest);
      continue;
    }
    const asked = moveOne(session, {
      move: 'askToConfirm',
      before: engagement,
      mover: passerelle,
      moment,
      more: { since: engagement.since, confirmBy, askedOn: moment.today },
    });
    if (!asked.ok) return asked;
    session = asked.session;
    moves = [...moves, ...asked.moves];
  }
  return { ok: true, session, moves };
}

function unseat(
  session: Session,
  staying: ReadonlySet<string> | undefined,
  mover: Mover,
  moment: Moment,
): SeatResult {
  const seated = session.engagements.filter((e) => e.state === 'approved');
  const excess = countSeatsTaken(session.engagements) - session.action.seats;
  if (excess <= 0) return { ok: true, session, moves: [] };
  const leaving = seated
    .filter((e) => !staying?.has(e.employeeId))
    .sort((a, b) => (a.since === b.since ? 0 : a.since < b.since ? -1 : 1));
  if (!staying || leaving.length !== excess) return { ok: false, because: 'full' };
  const first = firstRank(session.engagements, leaving.length);
  return moveAll(session, leaving, {
    move: 'unseat',
    mover,
    moment,
    more: (_, i) => ({ rank: first + i }),
  });
}

interface OneMove {
  readonly move: EngagementMove;
  readonly mover: Mover;
  readonly moment: Moment;
  readonly before: Engagement | undefined;
  /** Who it is when they have no engagement yet. */
  readonly fresh?: Pick<Engagement, 'id' | 'actionId' | 'employeeId'>;
  readonly more?: Partial<Engagement>;
}

function moveOne(session: Session, { move, mover, moment, before, fresh, more }: OneMove): SeatResult {
  const { action, engagements } = session;
  const own = before ?? fresh;
  if (!own) return { ok: false, because: 'not-yours' };
  const verdict = checkMove(move, {
    mover,
    action,
    engagement: before,
    today: moment.today,
    seated: countSeatsTaken(engagements),
    waiting: engagements.filter((e) => e.state === 'waitlisted').length,
  });
  if (!verdict.ok) return verdict;
  const { id, actionId, employeeId } = own;
  const after: Engagement = {
    id,
    actionId,
    employeeId,
    state: verdict.to,
    since: moment.now,
    firstDay: action.firstDay,
    ...more,
  };
  return {
    ok: true,
    session: replace(session, before, after),
    moves: [{ move, by: mover.id, before, after }],
  };
}

/** Makes the same move for several, all of them or none. */
function moveAll(
  session: Session,
  engagements: readonly Engagement[],
  {
    more,
    ...move
  }: Pick<OneMove, 'move' | 'mover' | 'moment'> & {
    more?: (engagement: Engagement, i: number) => Partial<Engagement>;
  },
): SeatResult {
  let result: SeatResult = { ok: true, session, moves: [] };
  for (const [i, before] of engagements.entries()) {
    const next = moveOne(result.session, { ...move, before, ...(more ? { more: more(before, i) } : {}) });
    if (!next.ok) return next;
    result = { ok: true, session: next.session, moves: [...result.moves, ...next.moves] };
  }
  return result;
}

function andPromote(result: SeatResult, moment: Moment): SeatResult {
  if (!result.ok) return result;
  const promoted = promoteWaiting(result.session, moment);
  return promoted.ok ? { ...promoted, moves: [...result.moves, ...promoted.moves] } : promoted;
}

const findOf = ({ engagements }: Session, employeeId: string): Engagement | undefined =>
  engagements.find((e) => e.employeeId === employeeId);

const replace = (
  { action, engagements }: Session,
  before: Engagement | undefined,
  after: Engagement,
): Session => ({
  action,
  engagements: before ? engagements.map((e) => (e === before ? after : e)) : [...engagements, after],
});
