import fc from 'fast-check';
import type { Engagement } from '../../../src/domain/action.js';
import { addDays } from '../../../src/domain/days.js';
import { checkInvitationMove, type Invitation } from '../../../src/domain/engagements/invitations.js';
import { countSeatsTaken, type Mover, passerelle } from '../../../src/domain/engagements/moves.js';
import {
  askToConfirm,
  changeSession,
  confirmSeat,
  lapseSeats,
  leaveSeat,
  promoteWaiting,
  type SeatResult,
  type Session,
  takeSeat,
} from '../../../src/domain/engagements/seats.js';
import { findWaitingPlace, sortWaitingList } from '../../../src/domain/engagements/waiting-list.js';
import { anAction } from '../../support/builders.js';

const hugo: Mover = { id: 'hugo', coordinator: true };
const person = (employeeId: string) => ({ id: `talk:${employeeId}`, employeeId });
const self = (id: string): Mover => ({ id, coordinator: false });
const start = '2026-12-01';
const at = (today: string) => ({ today, now: `${today}T09:00:00.000Z` });
const empty = (seats: number): Session => ({ action: anAction({ origin: 'need', seats }), engagements: [] });

const seatedIn = ({ engagements }: Session) =>
  engagements.filter((e) => e.state === 'approved').map((e) => e.employeeId);
const waitingIn = ({ engagements }: Session) => sortWaitingList(engagements).map((e) => e.employeeId);
const must = (result: SeatResult): Session => {
  if (!result.ok) throw new Error(result.because);
  return result.session;
};
const joined = (session: Session, ...ids: string[]): Session =>
  ids.reduce((s, id) => must(takeSeat(s, person(id), self(id), at(start))), session);

describe('the seats of a session', () => {
  test('are taken in order; who comes later waits, each knowing their place, also in the same instant', () => {
    const session = joined(empty(1), 'zoe', 'ines', 'amy', 'louis');
    expect([seatedIn(session), waitingIn(session)]).toEqual([['zoe'], ['ines', 'amy', 'louis']]);
    expect(findWaitingPlace(session.engagements, 'louis')).toBe(3);
    expect(findWaitingPlace(session.engagements, 'zoe')).toBeUndefined();
  });

  test('go to the first who waits when somebody leaves, and to the next when they say no', () => {
    const session = joined(empty(1), 'zoe', 'ines', 'amy');
    const left = must(leaveSeat(session, 'zoe', self('zoe'), at(start)));
    expect([seatedIn(left), waitingIn(left)]).toEqual([['ines'], ['amy']]);
    const refused = must(leaveSeat(left, 'ines', self('ines'), at(start)));
    expect([seatedIn(refused), waitingIn(refused)]).toEqual([['amy'], []]);
  });

  test('with fewer of them, who stays must be said; the others come first on the waiting list, in their order', () => {
    const session = joined(empty(3), 'zoe', 'ines', 'amy', 'louis');
    const fewer = { ...session.action, seats: 1 };
    expect(changeSession(session, fewer, hugo, at(start))).toEqual({ ok: false, because: 'full' });
    const two = { staying: new Set(['ines', 'amy']) };
    expect(changeSession(session, fewer, hugo, at(start), two).ok).toBe(false);
    const changed = must(changeSession(session, fewer, hugo, at(start), { staying: new Set(['ines']) }));
    expect([seatedIn(changed), waitingIn(changed)]).toEqual([['ines'], ['zoe', 'amy', 'louis']]);
    const again = must(changeSession(changed, { ...fewer, seats: 3 }, hugo, at(start)));
    expect([seatedIn(again).sort(), waitingIn(again)]).toEqual([['amy', 'ines', 'zoe'], ['louis']]);
  });

  test('are not promoted to once the day has begun', () => {
    const session = joined(empty(1), 'zoe', 'ines');
    const free = { ...session, action: { ...session.action, seats: 2 } };
    expect(promoteWaiting(free, at(session.action.firstDay))).toMatchObject({ ok: true, moves: [] });
    expect(promoteWaiting(free, at(addDays(session.action.firstDay, -1)))).toMatchObject({
      moves: [{ move: 'promote', by: 'passerelle' }],
    });
  });

  test('that nobody confirmed by the last day go to others, unless people were asked on that very day', () => {
    const session = joined(empty(2), 'zoe', 'ines', 'amy');
    const ask = () => '2026-12-04';
    const moved = { ...session.action, firstDay: '2026-12-10', lastDay: '2026-12-10' };
    const asked = must(askToConfirm(changeSession(session, moved, hugo, at(start)), at(start), ask));
    const confirmed = must(confirmSeat(asked, 'zoe', self('zoe'), at('2026-12-02')));
    expect(lapseSeats(confirmed, at('2026-12-03'))).toMatchObject({ ok: true, moves: [] });
    const lapsed = must(lapseSeats(confirmed, at('2026-12-04')));
    expect([seatedIn(lapsed), waitingIn(lapsed)]).toEqual([['zoe', 'amy'], []]);
    const late = must(
      askToConfirm(changeSession(session, moved, hugo, at('2026-12-04')), at('2026-12-04'), ask),
    );
    expect(lapseSeats(late, at('2026-12-04'))).toMatchObject({ ok: true, moves: [] });
  });
});

type Step =
  | { readonly do: 'join' | 'leave' | 'confirm'; readonly who: string }
  | { readonly do: InvitationStep; readonly who: string }
  | { readonly do: 'seats'; readonly seats: number; readonly stay: readonly string[] }
  | { readonly do: 'day' | 'pass' | 'lapse' | 'promote' | 'cancel' | 'close' | 'reopen' };

type InvitationStep = 'invite' | 'accept' | 'refuse' | 'postpone' | 'expire';
/** The invitations to a session, by person. */
type Invitations = ReadonlyMap<string, Invitation>;

const people = ['ines', 'zoe', 'amy', 'louis', 'nour', 'emma'];
const anyPerson = fc.constantFrom(...people);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('join' as const), who: anyPerson }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('leave' as const), who: anyPerson }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('confirm' as const), who: anyPerson }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(...(['invite', 'accept', 'refuse', 'postpone', 'expire'] as const)),
      who: anyPerson,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('seats' as const),
      seats: fc.integer({ min: 1, max: 4 }),
      stay: fc.subarray(people),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'day' as const,
        'pass' as const,
        'lapse' as const,
        'promote' as const,
        'close' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'reopen' as const) }) },
);

/** Does one step; refused ones change nothing. */
function run(session: Session, today: string, one: Step): Session {
  const moment = at(today);
  const { action } = session;
  const keep = (result: SeatResult) => (result.ok ? result.session : session);
  switch (one.do) {
    case 'join':
      return keep(takeSeat(session, person(one.who), self(one.who), moment));
    case 'leave':
      return keep(leaveSeat(session, one.who, self(one.who), moment));
    case 'confirm':
      return keep(confirmSeat(session, one.who, self(one.who), moment));
    case 'seats': {
      const staying = new Set(one.stay);
      return keep(changeSession(session, { ...action, seats: one.seats }, hugo, moment, { staying }));
    }
    case 'day': {
      const day = addDays(action.firstDay, 1);
      const ask = () => addDays(today, 2);
      const changed = changeSession(session, { ...action, firstDay: day, lastDay: day }, hugo, moment);
      return keep(askToConfirm(changed, moment, ask));
    }
    case 'lapse':
      return keep(lapseSeats(session, moment));
    case 'promote':
      return keep(promoteWaiting(session, moment));
    case 'cancel':
      return { ...session, action: { ...action, state: 'cancelled' } };
    case 'close':
      return { ...session, action: { ...action, closed: true } };
    case 'reopen':
      return { ...session, action: { ...action, closed: false } };
    case 'accept':
      // Whether a yes is heard is asked of the invitation; the seat is taken like any other.
      return keep(takeSeat(session, person(one.who), self(one.who), moment));
    default:
      return session;
  }
}

const movers: Record<InvitationStep, (who: string) => Mover> = {
  invite: () => hugo,
  accept: self,
  refuse: self,
  postpone: self,
  expire: () => passerelle,
};
const isInvitationStep = (one: Step): one is Extract<Step, { do: InvitationStep }> => one.do in movers;

/** The invitations after a step about one; nothing if the step is refused. */
function answerInvitation(known: Invitations, today: string, one: Step): Invitations | undefined {
  if (!isInvitationStep(one)) return known;
  const before = known.get(one.who);
  const verdict = checkInvitationMove(one.do, {
    mover: movers[one.do](one.who),
    invitation: before,
    today,
    ...(before ? { answerBy: addDays(before.askedOn, 2) } : {}),
  });
  if (!verdict.ok) return undefined;
  const fresh = { ...person(one.who), actionId: 'talk', by: 'hugo', at: at(today).now, askedOn: today };
  const invitation = { ...fresh, availability: 'any', revision: 0, ...before };
  return new Map(known).set(one.who, { ...invitation, state: verdict.to });
}

const liveIds = (session: Session) =>
  session.engagements.filter((e: Engagement) => e.state === 'approved' || e.state === 'waitlisted');

const same = (a: readonly string[], b: readonly string[]) => a.join() === b.join();

/** What a step broke; an `expect` for each would take a minute. */
function findBroken(before: Session, session: Session, one: Step): string[] {
  const { action } = session;
  const taken = countSeatsTaken(session.engagements);
  const live = liveIds(session).map((e) => e.employeeId);
  const [line, earlier] = [waitingIn(session), waitingIn(before)];
  const gone = liveIds(before).filter((e) => !live.includes(e.employeeId));
  const mayGo = (e: Engagement) =>
    (one.do === 'leave' && e.employeeId === one.who) || (one.do === 'lapse' && e.confirmBy !== undefined);
  const stayed = earlier.filter((id) => line.includes(id));
  const came = line.filter((id) => !earlier.includes(id));
  const promoted = seatedIn(session).filter((id) => earlier.includes(id));
  const couldBe = earlier.filter((id) => !(one.do === 'leave' && id === one.who));
  const rules = {
    'more people than seats': taken <= action.seats,
    'somebody twice, seated and waiting': new Set(live).size === live.length,
    'a free seat beside a waiting list':
      line.length === 0 || action.state !== 'open' || taken === action.seats,
    'somebody is dropped who did not leave': gone.every(mayGo),
    'somebody lost their place in the line': same(
      line.filter((id) => stayed.includes(id)),
      stayed,
    ),
    // With fewer seats, those who had one come first; everybody else comes last.
    'somebody came in between': same(
      one.do === 'seats' ? line.slice(0, came.length) : line.slice(stayed.length),
      came,
    ),
    'somebody else than the first moved up': same(
      [...promoted].sort(),
      couldBe.slice(0, promoted.length).sort(),
    ),
  };
  return Object.entries(rules).flatMap(([name, holds]) => (holds ? [] : [name]));
}

/** What a step broke between the invitations and the seats. */
function findBrokenInvitations(invitations: Invitations, session: Session, one: Step): string[] {
  const live = liveIds(session).map((e) => e.employeeId);
  const yes = [...invitations.values()].filter(({ state }) => state === 'accepted');
  const engagedOnce = new Set(session.engagements.map((e) => e.employeeId));
  const rules = {
    'a yes without an engagement': yes.every(({ employeeId }) => engagedOnce.has(employeeId)),
    'a yes just now without a seat or a place in the line':
      one.do !== 'accept' || invitations.get(one.who)?.state !== 'accepted' || live.includes(one.who),
  };
  return Object.entries(rules).flatMap(([name, holds]) => (holds ? [] : [name]));
}

test('whatever people and coordinators do, in whatever order, seats and waiting list stay consistent', () => {
  let interleavings = 0;
  const seats = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(seats, fc.array(step, { minLength: 1, maxLength: 40 }), (count, steps) => {
      interleavings++;
      let session = empty(count);
      let today = start;
      let invitations: Invitations = new Map();
      for (const one of steps) {
        const before = session;
        const answered = answerInvitation(invitations, today, one);
        if (!answered) continue;
        session = run(session, today, one);
        // A yes that finds no seat and no line to wait in changes nothing.
        if (one.do !== 'accept' || session !== before) invitations = answered;
        if (one.do === 'pass') today = addDays(today, 1);
        const broken = [
          ...findBroken(before, session, one),
          ...findBrokenInvitations(invitations, session, one),
        ];
        if (broken.length > 0) throw new Error(broken.join('; '));
      }
    }),
    { numRuns: 10_000 },
  );
  expect(interleavings).toBeGreaterThanOrEqual(10_000);
});
