import { type Action, type Engagement, type Kind, kinds } from './action.js';

/** Counts of one kind of action in one programme year. */
export interface KindCount {
  /** Actions held, and actions with an approved engagement still to come. */
  readonly held: number;
  readonly planned: number;
  /** Pupils met or hosted in held actions, once per action. */
  readonly pupils: number;
  /** Pupils' places: in held placements, and in those to come. */
  readonly placesHeld: number;
  readonly placesPlanned: number;
}

/** The figures of one programme year, kept in step with the records move by move. */
export interface Tally {
  /** The programme year, as `yearOf` names it. */
  readonly id: string;
  readonly kinds: Readonly<Record<Kind, KindCount>>;
  /**
   * Distinct employees: with at least one attended engagement in a held action (`achieved`), and with none but
   * at least one approved engagement in an action to come (`planned`). Article 2 counts the first.
   */
  readonly achieved: number;
  readonly planned: number;
}

/** One employee in one programme year: how many engagements count as achieved and as planned. */
export interface Mobilised {
  /** `<programme year>:<employee id>`. */
  readonly id: string;
  readonly attended: number;
  readonly approved: number;
}

/** What one action with its engagements adds to its year. */
export interface Contribution {
  readonly year: string;
  readonly kind: Kind;
  readonly count: KindCount;
  readonly attended: readonly string[];
  readonly approved: readonly string[];
}

const zero: KindCount = { held: 0, planned: 0, pupils: 0, placesHeld: 0, placesPlanned: 0 };

export const emptyTally = (year: string): Tally => ({
  id: year,
  kinds: Object.fromEntries(kinds.map((kind) => [kind, zero])) as Record<Kind, KindCount>,
  achieved: 0,
  planned: 0,
});

/**
 * What an action counts for. Held: its attended engagements and its pupils. Open: its approved engagements, as
 * planned. Anything else: nothing.
 * @param year the programme year of the action's first day
 * @param mobilising the kinds whose employees count as mobilised, as the commitment lists them
 */
export function contributionOf(
  action: Action,
  engagements: readonly Engagement[],
  year: string,
  mobilising: readonly Kind[] = kinds,
): Contribution {
  const held = action.state === 'held';
  const of = (state: Engagement['state']) =>
    engagements.filter((e) => e.state === state).map((e) => e.employeeId);
  const attended = held ? of('attended') : [];
  const approved = action.state === 'open' ? of('approved') : [];
  const planned = approved.length > 0;
  const mobilises = mobilising.includes(action.kind);
  const places = action.places ?? 0;
  return {
    year,
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

/** Adds (`+1`) or takes away (`-1`) a contribution's actions, pupils and places. */
export const addActions = (tally: Tally, c: Contribution, sign: 1 | -1): Tally => ({
  ...tally,
  kinds: { ...tally.kinds, [c.kind]: addCounts(tally.kinds[c.kind], c.count, sign) },
});

/** Adds or takes away one employee's part in a contribution. */
export const addEmployee = (m: Mobilised, c: Contribution, employeeId: string, sign: 1 | -1): Mobilised => ({
  id: m.id,
  attended: m.attended + sign * c.attended.filter((id) => id === employeeId).length,
  approved: m.approved + sign * c.approved.filter((id) => id === employeeId).length,
});

/** How one employee's row changes the distinct counts. */
export const addDistinct = (tally: Tally, before: Mobilised, after: Mobilised): Tally => {
  const achieved = (m: Mobilised) => (m.attended > 0 ? 1 : 0);
  const planned = (m: Mobilised) => (m.attended === 0 && m.approved > 0 ? 1 : 0);
  return {
    ...tally,
    achieved: tally.achieved + achieved(after) - achieved(before),
    planned: tally.planned + planned(after) - planned(before),
  };
};

/** The same figures counted again from the records, by year: what the kept tally must always equal. */
export function recount(
  actions: readonly Action[],
  engagements: readonly Engagement[],
  yearOf: (day: string) => string,
  mobilising: readonly Kind[] = kinds,
): Map<string, Tally> {
  const byAction = new Map<string, Engagement[]>();
  for (const e of engagements) {
    const sameAction = byAction.get(e.actionId);
    if (sameAction) sameAction.push(e);
    else byAction.set(e.actionId, [e]);
  }
  const tallies = new Map<string, Tally>();
  const mobilised = new Map<string, Mobilised>();
  for (const action of actions) {
    const c = contributionOf(action, byAction.get(action.id) ?? [], yearOf(action.firstDay), mobilising);
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
  return tallies;
}
