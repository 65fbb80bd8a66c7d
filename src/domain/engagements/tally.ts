import { type Action, type Engagement, type Kind, kinds } from '../action.js';

/** Counts of one kind of action in one programme year. */
export interface KindCount {
  /** Actions held, and actions to come with an approved engagement. */
  readonly held: number;
  readonly planned: number;
  /** Pupils met or hosted in held actions, once per action. */
  readonly pupils: number;
  /** Pupils' places in held placements, and in those to come. */
  readonly placesHeld: number;
  readonly placesPlanned: number;
}

/** The figures of one programme year, updated with every move. */
export interface Tally {
  /** The id of the programme year. */
  readonly id: string;
  readonly kinds: Readonly<Record<Kind, KindCount>>;
  /**
   * What counts for each commitment that is not about employees, by its id: of a kind that an amendment adds or takes
   * away, only the actions of those days. Absent from tallies of before.
   */
  readonly commitments?: Readonly<Record<string, KindCount>>;
  /**
   * Distinct employees. `achieved`: with at least one attended engagement in a held action. `planned`: without one,
   * but with an approved engagement in an action to come. Article 2 counts the first.
   */
  readonly achieved: number;
  readonly planned: number;
}

/** One employee in one programme year: how many of their engagements count as achieved and as planned. */
export interface Mobilised {
  /** `<programme year>:<employee id>`. */
  readonly id: string;
  readonly attended: number;
  readonly approved: number;
}

/** What an action counts for, by the convention in force on its first day. */
export interface Counting {
  /** The id of the programme year of its first day. */
  readonly year: string;
  /** Whether its employees count as mobilised. */
  readonly mobilises: boolean;
  /** The ids of the other commitments for which it counts. */
  readonly commitments: readonly string[];
}

/** What one action and its engagements contribute to its year. */
export interface Contribution extends Pick<Counting, 'year' | 'commitments'> {
  readonly kind: Kind;
  readonly count: KindCount;
  readonly attended: readonly string[];
  readonly approved: readonly string[];
}

export const zeroCount: KindCount = { held: 0, planned: 0, pupils: 0, placesHeld: 0, placesPlanned: 0 };

export const emptyTally = (year: string): Tally => ({
  id: year,
  kinds: Object.fromEntries(kinds.map((kind) => [kind, zeroCount])) as Record<Kind, KindCount>,
  commitments: {},
  achieved: 0,
  planned: 0,
});

/**
 * What an action contributes. Held: its attended engagements and its pupils. Open: its approved engagements, as
 * planned. Otherwise nothing, and nothing for an availability.
 */
export function computeContribution(
  action: Action,
  engagements: readonly Engagement[],
  { year, mobilises, commitments }: Counting,
): Contribution {
  const held = action.state === 'held';
  const employeesIn = (state: Engagement['state']) =>
    engagements.filter((e) => e.state === state).map((e) => e.employeeId);
  const attended = held ? employeesIn('attended') : [];
  // An availability is no action to come: the dates agreed from it are.
  const approved = action.state === 'open' && !action.halfDays ? employeesIn('approved') : [];
  const planned = approved.length > 0;
  const places = action.places ?? 0;
  return {
    year,
    commitments,
    kind: action.kind,
    attended: mobilises ? attended : [],
    approved: mobilises ? approved : [],
    count: {
      held: held ? 1 : 0,
      planned: planned ? 1 : 0,
      pupils: held ? (action.outcome?.pupils ?? 0) : 0,
      placesHeld: held ? places : 0,
      placesPlanned: planned ? places : 0,
    },
  };
}

const addCounts = (a: KindCount, b: KindCount, sign: 1 | -1): KindCount => ({
  held: a.held + sign * b.held,
  planned: a.planned + sign * b.planned,
  pupils: a.pupils + sign * b.pupils,
  placesHeld: a.placesHeld + sign * b.placesHeld,
  placesPlanned: a.placesPlanned + sign * b.placesPlanned,
});

export const mobilisedId = (year: string, employeeId: string) => `${year}:${employeeId}`;

/** Adds (`+1`) or subtracts (`-1`) the actions, pupils and places of a contribution. */
export const addActions = (tally: Tally, c: Contribution, sign: 1 | -1): Tally => ({
  ...tally,
  kinds: { ...tally.kinds, [c.kind]: addCounts(tally.kinds[c.kind], c.count, sign) },
  commitments: addToCommitments(tally.commitments, c, sign),
});

/** A commitment for which nothing counts any more has no entry, as before anything did. */
function addToCommitments(
  known: Tally['commitments'] = {},
  { commitments, count }: Contribution,
  sign: 1 | -1,
): NonNullable<Tally['commitments']> {
  if (commitments.length === 0) return known;
  const changed = commitments.map((id) => [id, addCounts(known[id] ?? zeroCount, count, sign)] as const);
  const all = Object.entries({ ...known, ...Object.fromEntries(changed) });
  return Object.fromEntries(all.filter(([, counts]) => Object.values(counts).some((n) => n !== 0)));
}

/** Adds the actions, pupils and places of one tally to another, which keeps its distinct employees. */
export function addTallies(tally: Tally, more: Tally): Tally {
  const commitments = { ...tally.commitments };
  for (const [id, counts] of Object.entries(more.commitments ?? {}))
    commitments[id] = addCounts(commitments[id] ?? zeroCount, counts, 1);
  return {
    ...tally,
    kinds: Object.fromEntries(
      kinds.map((kind) => [kind, addCounts(tally.kinds[kind], more.kinds[kind], 1)]),
    ) as Tally['kinds'],
    commitments,
  };
}

/** Adds or subtracts one employee's part of a contribution. */
export const addEmployee = (m: Mobilised, c: Contribution, employeeId: string, sign: 1 | -1): Mobilised => ({
  id: m.id,
  attended: m.attended + sign * c.attended.filter((id) => id === employeeId).length,
  approved: m.approved + sign * c.approved.filter((id) => id === employeeId).length,
});

/** Updates the distinct counts for a change of one employee's row. */
export const addDistinct = (tally: Tally, before: Mobilised, after: Mobilised): Tally => {
  const achieved = (m: Mobilised) => (m.attended > 0 ? 1 : 0);
  const planned = (m: Mobilised) => (m.attended === 0 && m.approved > 0 ? 1 : 0);
  return {
    ...tally,
    achieved: tally.achieved + achieved(after) - achieved(before),
    planned: tally.planned + planned(after) - planned(before),
  };
};

/** The figures counted again from the records: the tallies by year, and the employees by their ids. */
export interface Recount {
  readonly tallies: ReadonlyMap<string, Tally>;
  readonly mobilised: ReadonlyMap<string, Mobilised>;
}

/** Counts the same figures again from the records: what is stored must always equal them. */
export function recount(
  actions: readonly Action[],
  engagements: readonly Engagement[],
  countingOf: (action: Action) => Counting,
): Recount {
  const byAction = new Map<string, Engagement[]>();
  for (const e of engagements) {
    const sameAction = byAction.get(e.actionId);
    if (sameAction) sameAction.push(e);
    else byAction.set(e.actionId, [e]);
  }
  const tallies = new Map<string, Tally>();
  const mobilised = new Map<string, Mobilised>();
  for (const action of actions) {
    const c = computeContribution(action, byAction.get(action.id) ?? [], countingOf(action));
    let tally = addActions(tallies.get(c.year) ?? emptyTally(c.year), c, 1);
    for (const employeeId of new Set([...c.attended, ...c.approved])) {
      const id = mobilisedId(c.year, employeeId);
      const before = mobilised.get(id) ?? { id, attended: 0, approved: 0 };
      const after = addEmployee(before, c, employeeId, 1);
      mobilised.set(id, after);
      tally = addDistinct(tally, before, after);
    }
    tallies.set(c.year, tally);
  }
  return { tallies, mobilised };
}
