import fc from 'fast-check';
import {
  type Action,
  type ActionState,
  type Engagement,
  type EngagementState,
  kinds,
} from '../../../src/domain/action.js';
import { programmeYear } from '../../../src/domain/convention/programme-year.js';
import {
  addActions,
  addDistinct,
  addEmployee,
  type Contribution,
  computeContribution,
  emptyTally,
  type Mobilised,
  mobilisedId,
  recount,
  type Tally,
} from '../../../src/domain/engagements/tally.js';
import { aConvention, anAction, anEngagement, aPlacement } from '../../support/builders.js';
import { countIn } from '../../support/counting.js';

const schoolYear = (day: string) => programmeYear(day, aConvention()).id;
const bySchoolYear = countIn(schoolYear);
const held = (overrides: Partial<Action>, pupils = 25) =>
  anAction({ state: 'held', outcome: { pupils, by: 'hugo', at: '2026-12-09T08:00:00.000Z' }, ...overrides });
const figures = (tally: Tally | undefined) => tally && { achieved: tally.achieved, planned: tally.planned };

describe('the scenarios of counting', () => {
  test('1: one employee with four held class talks is one person mobilised and four actions', () => {
    const talks = ['2025-09-15', '2025-11-20', '2026-01-12', '2026-06-02'].map((firstDay, i) =>
      held({ id: `talk${i}`, firstDay }),
    );
    const { tallies: years } = recount(
      talks,
      talks.map((t) => anEngagement(t, 'ines', 'attended')),
      bySchoolYear,
    );
    const tally = years.get('2025-2026');
    expect(figures(tally)).toEqual({ achieved: 1, planned: 0 });
    expect(tally?.kinds['classroom-talk']).toMatchObject({ held: 4, pupils: 100 });
    expect([...years.keys()]).toEqual(['2025-2026']);
  });

  test('2: of ten employees, one absent and one whose action was cancelled, eight are mobilised', () => {
    const people = Array.from({ length: 10 }, (_, i) => `employee${i}`);
    const actions = people.map((_, i) =>
      i === 9 ? anAction({ id: `talk${i}`, state: 'cancelled' }) : held({ id: `talk${i}` }),
    );
    const engagements = actions.map((a, i) =>
      anEngagement(a, people[i] ?? '', i === 9 ? 'approved' : i === 8 ? 'absent' : 'attended'),
    );
    expect(figures(recount(actions, engagements, bySchoolYear).tallies.get('2026-2027'))).toEqual({
      achieved: 8,
      planned: 0,
    });
  });

  test('3: 31 August and 1 September 2026 are two school years, and one civil year', () => {
    const actions = [held({ id: 'a', firstDay: '2026-08-31' }), held({ id: 'b', firstDay: '2026-09-01' })];
    const engagements = actions.map((a) => anEngagement(a, 'ines', 'attended'));
    const civil = (day: string) => programmeYear(day, { yearMode: 'civil' }).id;
    const yearsOf = (yearOf: (day: string) => string) =>
      [...recount(actions, engagements, countIn(yearOf)).tallies].map(([year, t]) => [year, t.achieved]);
    expect(yearsOf(schoolYear)).toEqual([
      ['2025-2026', 1],
      ['2026-2027', 1],
    ]);
    expect(yearsOf(civil)).toEqual([['2026', 1]]);
  });
});

describe('a contribution', () => {
  test('counts the pupils of a class once, however many employees came', () => {
    const talk = held({}, 28);
    const c = computeContribution(
      talk,
      ['ines', 'hugo'].map((who) => anEngagement(talk, who, 'attended')),
      bySchoolYear(talk),
    );
    expect(c.count).toMatchObject({ held: 1, pupils: 28 });
    expect(c.attended).toEqual(['ines', 'hugo']);
  });

  test('of an action over several school years is all in the year of its first day', () => {
    const placement = aPlacement({
      state: 'held',
      firstDay: '2026-08-31',
      lastDay: '2026-09-04',
      outcome: { pupils: 2, by: 'hugo', at: '' },
    });
    const { tallies: years } = recount(
      [placement],
      [anEngagement(placement, 'ines', 'attended')],
      bySchoolYear,
    );
    expect([...years.keys()]).toEqual(['2025-2026']);
  });

  test('of the places of a placement moves from planned to held, and is never in both', () => {
    const open = aPlacement();
    const planned = computeContribution(open, [anEngagement(open, 'ines', 'approved')], bySchoolYear(open));
    const done = computeContribution(
      { ...open, state: 'held' },
      [anEngagement(open, 'ines', 'attended')],
      bySchoolYear(open),
    );
    expect([planned.count, done.count]).toMatchObject([
      { placesPlanned: 2, placesHeld: 0, planned: 1, held: 0 },
      { placesPlanned: 0, placesHeld: 2, planned: 0, held: 1 },
    ]);
  });

  test('of an approved availability is nothing: the dates agreed from it count', () => {
    const free = anAction({ lastDay: '2027-01-29', halfDays: ['am'] });
    const { count, approved } = computeContribution(
      free,
      [anEngagement(free, 'ines', 'approved')],
      bySchoolYear(free),
    );
    expect([count.planned, approved]).toEqual([0, []]);
    const dated = anAction({ availability: free.id });
    const agreed = computeContribution(dated, [anEngagement(dated, 'ines', 'approved')], bySchoolYear(dated));
    expect([agreed.count.planned, agreed.approved]).toEqual([1, ['ines']]);
  });

  /** Which employee counts, for every pair of states; nobody does for all the others. */
  const counts: Record<string, 'achieved' | 'planned'> = {
    'held attended': 'achieved',
    'open approved': 'planned',
  };
  const actionStates: ActionState[] = ['open', 'cancelled', 'held', 'not-held'];
  const states = 'pending sent-back approved declined waitlisted withdrawn attended absent'.split(' ');
  test.each(
    actionStates.flatMap((a) => states.map((e) => [a, e as EngagementState] as const)),
  )('of an action that is %s with an engagement that is %s', (actionState, state) => {
    const action = anAction({ state: actionState });
    const { tallies: years } = recount([action], [anEngagement(action, 'ines', state)], bySchoolYear);
    const counted = counts[`${actionState} ${state}`];
    expect(figures(years.get('2026-2027'))).toEqual({
      achieved: counted === 'achieved' ? 1 : 0,
      planned: counted === 'planned' ? 1 : 0,
    });
  });
});

/** Random records: actions over three years with up to six people in each. */
const records = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      state: fc.constantFrom<ActionState>('open', 'cancelled', 'held', 'not-held'),
      firstDay: fc.constantFrom('2025-08-31', '2025-09-01', '2026-08-31', '2026-09-01', '2027-02-28'),
      pupils: fc.nat(40),
      places: fc.integer({ min: 1, max: 30 }),
      people: fc.dictionary(
        fc.constantFrom('ines', 'hugo', 'zoe', 'louis', 'amy', 'paul'),
        fc.constantFrom<EngagementState>('pending', 'approved', 'withdrawn', 'attended', 'absent'),
      ),
    }),
    { maxLength: 25 },
  )
  .map((rows) => {
    const actions = rows.map(({ people: _, pupils, ...row }, i) =>
      anAction({ ...row, id: `a${i}`, outcome: { pupils, by: 'hugo', at: '' } }),
    );
    const engagements = rows.flatMap((row, i) =>
      Object.entries(row.people).map(([who, state]) => anEngagement(actions[i] ?? anAction(), who, state)),
    );
    return { actions, engagements };
  });

/** What is kept move by move: contributions added and taken away one at a time. */
function keep() {
  const tallies = new Map<string, Tally>();
  const people = new Map<string, Mobilised>();
  const add = (c: Contribution, sign: 1 | -1) => {
    let tally = addActions(tallies.get(c.year) ?? emptyTally(c.year), c, sign);
    for (const who of new Set([...c.attended, ...c.approved])) {
      const id = mobilisedId(c.year, who);
      const was = people.get(id) ?? { id, attended: 0, approved: 0 };
      const is = addEmployee(was, c, who, sign);
      tally = addDistinct(tally, was, is);
      people.set(id, is);
    }
    tallies.set(c.year, tally);
  };
  return { tallies, add };
}

const contributions = (actions: readonly Action[], engagements: readonly Engagement[]) =>
  actions.map((a) =>
    computeContribution(
      a,
      engagements.filter((e) => e.actionId === a.id),
      bySchoolYear(a),
    ),
  );

describe('the tally', () => {
  test('does not depend on the order of the records', () => {
    fc.assert(
      fc.property(records, fc.infiniteStream(fc.nat()), ({ actions, engagements }, random) => {
        const shuffled = <T>(items: readonly T[]) =>
          items
            .map((item) => ({ item, key: random.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const inOrder = Object.fromEntries(recount(actions, engagements, bySchoolYear).tallies);
        expect(
          Object.fromEntries(recount(shuffled(actions), shuffled(engagements), bySchoolYear).tallies),
        ).toEqual(inOrder);
      }),
    );
  });

  test('kept move by move, with moves taken back in any order, is the recount of what is left', () => {
    fc.assert(
      fc.property(records, fc.array(fc.boolean(), { maxLength: 25 }), ({ actions, engagements }, taken) => {
        const kept = keep();
        const all = contributions(actions, engagements);
        for (const c of all) kept.add(c, 1);
        const gone = actions.filter((_, i) => taken[i]);
        for (const [i, c] of [...all.entries()].reverse()) if (taken[i]) kept.add(c, -1);
        const left = actions.filter((a) => !gone.includes(a));
        const { tallies: recounted } = recount(left, engagements, bySchoolYear);
        for (const [year, tally] of kept.tallies)
          expect(tally).toEqual(recounted.get(year) ?? emptyTally(year));
      }),
    );
  });

  test('counts a person once: achieved before planned, and never in both', () => {
    fc.assert(
      fc.property(records, ({ actions, engagements }) => {
        for (const [year, tally] of recount(actions, engagements, bySchoolYear).tallies) {
          const ofYear = actions.filter((a) => schoolYear(a.firstDay) === year);
          const who = (actionState: ActionState, state: EngagementState) =>
            new Set(
              engagements
                .filter((e) => e.state === state)
                .filter((e) => ofYear.some((a) => a.id === e.actionId && a.state === actionState))
                .map((e) => e.employeeId),
            );
          const attended = who('held', 'attended');
          const coming = [...who('open', 'approved')].filter((p) => !attended.has(p));
          expect(figures(tally)).toEqual({ achieved: attended.size, planned: coming.length });
        }
      }),
    );
  });
});
