import fc from 'fast-check';
import type { ActionState, EngagementState } from '../../../src/domain/action.js';
import {
  checkMove,
  countSeatsTaken,
  type EngagementMove,
  engagementMoves,
  type MoveContext,
  passerelle,
} from '../../../src/domain/engagements/moves.js';
import { checkOutcome } from '../../../src/domain/engagements/outcome.js';
import { anAction } from '../../support/builders.js';

type State = EngagementState | 'none';
type Role = 'author' | 'coordinator' | 'coordinator-author' | 'other' | 'passerelle';
type Moment = 'eve' | 'day' | 'after';

const moves = Object.keys(engagementMoves) as EngagementMove[];
const states: readonly State[] = [
  'none',
  'pending',
  'sent-back',
  'approved',
  'declined',
  'waitlisted',
  'withdrawn',
  'attended',
  'absent',
];
const roles: readonly Role[] = ['author', 'coordinator', 'coordinator-author', 'other', 'passerelle'];
const moments: Record<Moment, string> = { eve: '2026-12-07', day: '2026-12-08', after: '2026-12-09' };
const actionStates: readonly ActionState[] = ['open', 'cancelled', 'held', 'not-held'];

const everybody = 'author coordinator coordinator-author other';
const author = 'author coordinator-author';
const witness = 'author coordinator coordinator-author';
const organiser = 'coordinator coordinator-author';
const always = 'eve day after';

/**
 * Every move that is allowed: from, who, when, to; of an open action with a free seat, or in the states below. Nothing
 * else is.
 */
const allowed: readonly (readonly [EngagementMove, State, string, string, EngagementState])[] = [
  ['offer', 'none', everybody, always, 'pending'],
  ['fixDay', 'none', organiser, 'eve', 'approved'],
  ['moveDay', 'approved', organiser, 'eve', 'approved'],
  ['join', 'none', everybody, 'eve', 'approved'],
  ['join', 'withdrawn', author, 'eve', 'approved'],
  ['approve', 'pending', 'coordinator', always, 'approved'],
  ['decline', 'pending', 'coordinator', always, 'declined'],
  ['askChanges', 'pending', 'coordinator', always, 'sent-back'],
  ['correct', 'pending', author, always, 'pending'],
  ['correct', 'sent-back', author, always, 'pending'],
  ['withdraw', 'pending', author, always, 'withdrawn'],
  ['withdraw', 'sent-back', author, always, 'withdrawn'],
  ['withdraw', 'waitlisted', author, always, 'withdrawn'],
  ['withdraw', 'approved', author, 'eve', 'withdrawn'],
  ['promote', 'waitlisted', 'passerelle', 'eve', 'approved'],
  ['askToConfirm', 'approved', 'passerelle', 'eve', 'approved'],
  ['attend', 'approved', witness, 'day after', 'attended'],
  ['miss', 'approved', witness, 'day after', 'absent'],
  ['retract', 'attended', 'passerelle', always, 'approved'],
  ['retract', 'absent', 'passerelle', always, 'approved'],
];
/** Without a free seat, or with people who wait for one, people wait. */
const waiting: typeof allowed = [
  ['wait', 'none', everybody, 'eve', 'waitlisted'],
  ['wait', 'withdrawn', author, 'eve', 'waitlisted'],
];
/** With more people than seats, a coordinator says who stays. */
const unseating: typeof allowed = [['unseat', 'approved', organiser, 'eve', 'waitlisted']];
/** Of somebody who was asked to confirm, until the eve. */
const confirming: typeof allowed = [
  ['confirm', 'approved', author, 'eve', 'approved'],
  ['proposeDay', 'approved', author, 'eve', 'approved'],
];
const lapsing: typeof allowed = [['lapse', 'approved', 'passerelle', 'eve', 'withdrawn']];
const ofActions: Partial<Record<EngagementMove, string>> = {
  attend: 'open held',
  miss: 'open held',
  retract: 'held',
};

const contextOf = (role: Role, state: State, today: string, more: Partial<MoveContext> = {}): MoveContext => {
  const own = role === 'author' || role === 'coordinator-author';
  return {
    mover:
      role === 'passerelle'
        ? passerelle
        : { id: own ? 'ines' : 'hugo', coordinator: role.startsWith('coordinator') },
    action: anAction({ seats: 2 }),
    engagement: state === 'none' ? undefined : { state, employeeId: 'ines' },
    today,
    text: 'parce que',
    seated: 1,
    ...more,
  };
};

const everyCase = moves.flatMap((move) =>
  states.flatMap((state) =>
    roles.flatMap((role) =>
      (Object.keys(moments) as Moment[]).flatMap((moment) =>
        actionStates.map((actionState) => ({ move, state, role, moment, actionState })),
      ),
    ),
  ),
);
const inCase = (more: (actionState: ActionState) => Partial<MoveContext>) =>
  everyCase
    .map(({ move, state, role, moment, actionState }) => {
      const verdict = checkMove(move, contextOf(role, state, moments[moment], more(actionState)));
      return verdict.ok ? `${move} ${state} ${role} ${moment} ${actionState} → ${verdict.to}` : '';
    })
    .filter(Boolean)
    .sort();
const spelledOut = (rows: typeof allowed) =>
  rows
    .flatMap(([move, state, who, when, to]) =>
      who
        .split(' ')
        .flatMap((role) =>
          when
            .split(' ')
            .flatMap((m) =>
              (ofActions[move] ?? 'open').split(' ').map((s) => `${move} ${state} ${role} ${m} ${s} → ${to}`),
            ),
        ),
    )
    .sort();

describe('the moves of an engagement', () => {
  const action = (state: ActionState) => ({ action: anAction({ seats: 2, state }) });

  test('are these and no others, in every state, for everybody, on every day', () => {
    expect(inCase(action)).toEqual(spelledOut(allowed));
  });

  test('let coordinators decide on their own offers only where the convention says so', () => {
    const rows = allowed.map(([move, state, who, when, to]) => {
      const deciding = move === 'approve' || move === 'decline' || move === 'askChanges';
      return [move, state, deciding ? `${who} coordinator-author` : who, when, to] as const;
    });
    expect(inCase((state) => ({ ...action(state), ownOfferApproval: true }))).toEqual(spelledOut(rows));
  });

  test('let whoever entered an offer for a colleague decide on it only where the convention says so', () => {
    const entered = anAction({ enteredBy: 'hugo' });
    for (const move of ['approve', 'decline', 'askChanges'] as const) {
      const context = contextOf('coordinator', 'pending', moments.eve, { action: entered });
      expect(checkMove(move, context)).toEqual({ ok: false, because: 'own-offer' });
      expect(checkMove(move, { ...context, ownOfferApproval: true }).ok).toBe(true);
      expect(checkMove(move, { ...context, mover: { id: 'louis', coordinator: true } }).ok).toBe(true);
    }
  });

  test.each([undefined, '', '  \n'])('that tell the employee something need words: %j is none', (text) => {
    const rows = allowed.filter(([move]) => move !== 'decline' && move !== 'askChanges');
    const given = (state: ActionState) => {
      const { text: _, ...none } = contextOf('author', 'none', moments.eve, action(state));
      return text === undefined ? none : { ...none, text };
    };
    const found = everyCase
      .filter((c) => {
        const { engagement, mover, today } = contextOf(c.role, c.state, moments[c.moment]);
        return checkMove(c.move, { ...given(c.actionState), engagement, mover, today }).ok;
      })
      .map((c) => `${c.move} ${c.state} ${c.role} ${c.moment} ${c.actionState}`)
      .sort();
    expect(found).toEqual(spelledOut(rows).map((row) => row.replace(/ → .*/, '')));
  });

  const notJoining = allowed.filter(([move]) => move !== 'join');
  const notPromoting = notJoining.filter(([move]) => move !== 'promote');

  test('lead to the waiting list when no seat is free, and promote nobody', () => {
    const rows = [...notPromoting, ...waiting];
    expect(inCase((state) => ({ ...action(state), seated: 2 }))).toEqual(spelledOut(rows));
  });

  test('lead behind those who wait when a seat is free for them', () => {
    const rows = [...notJoining, ...waiting];
    expect(inCase((state) => ({ ...action(state), waiting: 1 }))).toEqual(spelledOut(rows));
  });

  test('take seats back only when there are more people than seats', () => {
    const rows = [...notPromoting, ...waiting, ...unseating];
    expect(inCase((state) => ({ ...action(state), seated: 3 }))).toEqual(spelledOut(rows));
  });

  test.each([
    ['a coordinator has closed it', { closed: true }],
    ['its closing date has passed', { closesOn: '2026-12-06' }],
  ])('let nobody in when %s, and leave everything else as it is', (_, closing) => {
    for (const [seated, rows] of [
      [1, notJoining],
      [2, notPromoting],
    ] as const) {
      const found = inCase((state) => ({ action: anAction({ seats: 2, state, ...closing }), seated }));
      expect(found).toEqual(spelledOut(rows));
    }
    const until = { action: anAction({ seats: 2, closesOn: '2026-12-07' }) };
    expect(checkMove('join', contextOf('other', 'none', moments.eve, until)).ok).toBe(true);
  });

  test('ask for a confirmation where one is due, and take the seat back only from its last day on', () => {
    const found = (confirmBy: string) =>
      everyCase
        .map(({ move, state, role, moment, actionState }) => {
          const context = contextOf(role, state, moments[moment], action(actionState));
          const engagement = context.engagement && { ...context.engagement, confirmBy };
          const verdict = checkMove(move, { ...context, engagement });
          return verdict.ok ? `${move} ${state} ${role} ${moment} ${actionState} → ${verdict.to}` : '';
        })
        .filter(Boolean)
        .sort();
    expect(found(moments.eve)).toEqual(spelledOut([...allowed, ...confirming, ...lapsing]));
    expect(found(moments.day)).toEqual(spelledOut([...allowed, ...confirming]));
  });

  test.each([
    ['approve', 'other', 'pending', 'eve', 'not-coordinator'],
    ['approve', 'author', 'pending', 'eve', 'not-coordinator'],
    ['approve', 'coordinator-author', 'pending', 'eve', 'own-offer'],
    ['approve', 'coordinator', 'approved', 'eve', 'decided'],
    ['withdraw', 'coordinator', 'approved', 'eve', 'not-yours'],
    ['withdraw', 'author', 'approved', 'day', 'too-late'],
    ['join', 'other', 'none', 'day', 'too-late'],
    ['attend', 'author', 'approved', 'eve', 'too-early'],
    ['attend', 'other', 'approved', 'after', 'not-yours'],
    ['correct', 'author', 'declined', 'eve', 'decided'],
    ['promote', 'coordinator', 'waitlisted', 'eve', 'not-yours'],
    ['promote', 'passerelle', 'waitlisted', 'day', 'too-late'],
    ['withdraw', 'passerelle', 'approved', 'eve', 'not-yours'],
    ['unseat', 'other', 'approved', 'eve', 'not-coordinator'],
    ['unseat', 'coordinator', 'approved', 'eve', 'decided'],
    ['confirm', 'author', 'approved', 'eve', 'decided'],
    ['wait', 'other', 'none', 'eve', 'decided'],
  ] as const)('%s by %s when %s, on the %s: refused, %s', (move, role, state, moment, because) => {
    expect(checkMove(move, contextOf(role, state, moments[moment]))).toEqual({ ok: false, because });
  });

  test('an action of several days can be left until the eve of the first, and is answered on the last', () => {
    const several = anAction({ firstDay: '2026-12-08', lastDay: '2026-12-10' });
    const ok = (move: EngagementMove) =>
      ['07', '08', '09', '10', '11'].filter(
        (d) => checkMove(move, contextOf('author', 'approved', `2026-12-${d}`, { action: several })).ok,
      );
    expect([ok('withdraw'), ok('attend')]).toEqual([['07'], ['10', '11']]);
  });

  test('an availability can be left until the eve of its end, and is never answered: it has no day', () => {
    const period = anAction({ firstDay: '2026-12-08', lastDay: '2026-12-10', halfDays: ['am'] });
    const ok = (move: EngagementMove) =>
      ['07', '08', '09', '10', '11'].filter(
        (d) => checkMove(move, contextOf('author', 'approved', `2026-12-${d}`, { action: period })).ok,
      );
    expect([ok('withdraw'), ok('attend'), ok('miss')]).toEqual([['07', '08', '09'], [], []]);
    const verdict = checkMove('attend', contextOf('author', 'approved', '2026-12-11', { action: period }));
    expect(verdict).toEqual({ ok: false, because: 'no-day' });
  });
});

/** Where an engagement can go from each state; from a state without arrows, nowhere. */
const arrows: Record<State, readonly State[]> = {
  none: ['pending', 'approved', 'waitlisted'],
  pending: ['pending', 'approved', 'declined', 'sent-back', 'withdrawn'],
  'sent-back': ['pending', 'withdrawn'],
  approved: ['approved', 'waitlisted', 'withdrawn', 'attended', 'absent'],
  waitlisted: ['approved', 'withdrawn'],
  withdrawn: ['approved', 'waitlisted'],
  declined: [],
  attended: ['approved'],
  absent: ['approved'],
};

test('no sequence of moves makes a step that is not an arrow, leaves a final state or oversells the seats', () => {
  const step = fc.record({
    move: fc.constantFrom(...moves),
    who: fc.constantFrom('ines', 'hugo', 'zoe'),
    about: fc.constantFrom('ines', 'hugo', 'zoe'),
    coordinator: fc.boolean(),
    today: fc.constantFrom(...Object.values(moments)),
    text: fc.constantFrom('', 'motif'),
    ownOfferApproval: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 3 }), (steps, seats) => {
      const now = new Map<string, EngagementState>();
      const action = anAction({ seats, origin: 'need' });
      for (const { move, who, about, coordinator, ...rest } of steps) {
        // Offering or joining without an engagement is about oneself.
        const engaged = now.has(about) ? about : who;
        const state = now.get(engaged);
        const engagement = state && { state, employeeId: engaged };
        const seated = countSeatsTaken([...now.values()].map((s) => ({ state: s })));
        const mover = { id: who, coordinator };
        const verdict = checkMove(move, { mover, action, engagement, seated, ...rest });
        if (!verdict.ok) continue;
        expect(arrows[state ?? 'none']).toContain(verdict.to);
        if (move === 'join') expect(seated).toBeLessThan(seats);
        now.set(engaged, verdict.to);
      }
    }),
    { numRuns: 300 },
  );
});

describe('whether an action took place', () => {
  const people = [{ employeeId: 'ines', state: 'approved' as const }];
  const hugo = { id: 'hugo', coordinator: true };

  test('is said by a coordinator or by somebody engaged, from the day on, once', () => {
    const ask = (mover: { id: string; coordinator: boolean }, today: string, state: ActionState = 'open') => {
      const verdict = checkOutcome(mover, anAction({ state }), people, today);
      return verdict.ok ? 'yes' : verdict.because;
    };
    const ines = { id: 'ines', coordinator: false };
    const zoe = { id: 'zoe', coordinator: false };
    expect(
      [hugo, ines, zoe].map((mover) => [
        ask(mover, moments.eve),
        ask(mover, moments.day),
        ask(mover, moments.after),
      ]),
    ).toEqual([
      ['too-early', 'yes', 'yes'],
      ['too-early', 'yes', 'yes'],
      ['not-yours', 'not-yours', 'not-yours'],
    ]);
    for (const state of ['cancelled', 'not-held'] as const)
      expect(ask(hugo, moments.after, state)).toBe('decided');
  });

  test('is not said of an availability', () => {
    const period = anAction({ lastDay: '2026-12-10', halfDays: ['am'] });
    expect(checkOutcome(hugo, period, people, '2026-12-11')).toEqual({ ok: false, because: 'no-day' });
  });

  test('once said, only those who have not said whether they were there are asked, and the coordinators', () => {
    const held = anAction({ state: 'held' });
    const both = [...people, { employeeId: 'zoe', state: 'attended' as const }];
    const ask = (id: string, coordinator = false) => {
      const verdict = checkOutcome({ id, coordinator }, held, both, moments.after);
      return verdict.ok ? 'yes' : verdict.because;
    };
    expect([ask('ines'), ask('zoe'), ask('amy'), ask('hugo', true)]).toEqual([
      'yes',
      'decided',
      'not-yours',
      'yes',
    ]);
  });

  test.each(
    states.filter((s): s is EngagementState => s !== 'none' && s !== 'approved'),
  )('is not asked when the only engagement is %s', (state) => {
    const verdict = checkOutcome(hugo, anAction(), [{ employeeId: 'ines', state }], moments.after);
    expect(verdict).toEqual({ ok: false, because: 'decided' });
  });
});
