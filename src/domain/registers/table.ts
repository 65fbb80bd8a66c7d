import type { Day } from '../days.js';
import { type EntryState, entryStates } from './kinds.js';

/** What is noted with a move: when, by which party, service or function, and in what words. */
export interface Note {
  readonly day?: Day;
  readonly office?: string;
  readonly text?: string;
}

export type EntryRefusal =
  /** The state does not allow it (any more): somebody, perhaps the same person, has moved it. */
  | 'moved'
  /** Nothing is published, and no logo used, before the other party agrees (article 6). */
  | 'not-agreed'
  /** What the other party has agreed to is not changed afterwards (article 6). */
  | 'agreed-as-is'
  /** The committee has not met, or its minutes have not come (article 5). */
  | 'not-held'
  | 'no-minutes'
  /** No clearance was asked for, or none was given (article 7). */
  | 'not-asked'
  | 'not-cleared'
  /** It collects personal data, and its amendment is not signed (article 7). */
  | 'no-amendment'
  /** It collects none, and needs no amendment (article 7). */
  | 'nothing-collected'
  /** The days of a formal notice have passed, or not yet (article 6). */
  | 'over-time'
  | 'not-over'
  /** A termination takes effect later (article 9). */
  | 'before-term'
  | 'day-missing'
  | 'office-missing'
  | 'text-missing'
  /** The day has not come yet, or comes before that of what it follows. */
  | 'day-ahead'
  | 'day-order';

export interface EntryRule {
  readonly from: readonly (EntryState | 'none')[];
  /** `first`: the state in which its kind begins. */
  readonly to: EntryState | 'same' | 'first';
  /** What is noted with it, and whether it must be. */
  readonly notes?: Readonly<Partial<Record<keyof Note, 'required' | 'optional'>>>;
  /** Why it is refused in a state in which something else comes first. */
  readonly before?: Readonly<Partial<Record<EntryState, EntryRefusal>>>;
  /**
   * `amendment`: it is signed, if personal data is collected. `collection`: some is. `in-time`: within the days of the
   * notice. `time-over`: they have passed. `term`: the day of its effect has come.
   */
  readonly requires?: 'amendment' | 'collection' | 'in-time' | 'time-over' | 'term';
}

const everyState = [...new Set(Object.values(entryStates).flat())];

const agreement = { day: 'required', office: 'required', text: 'optional' } as const;
const dated = { day: 'required', text: 'optional' } as const;
const explained = { day: 'required', text: 'required' } as const;

/**
 * All moves of the entries of every register. Kinds share the name of a state only if it means the same for both, so
 * that the states say whose a move is.
 */
export const entryMoves = {
  enter: { from: ['none'], to: 'first' },
  edit: {
    from: [
      'planned',
      'held',
      'minuted',
      'requested',
      'running',
      'listed',
      'asked',
      'cleared',
      'not-cleared',
      'in-use',
      'notified',
      'opened',
    ],
    to: 'same',
    before: { agreed: 'agreed-as-is' },
  },
  hold: { from: ['planned'], to: 'held', notes: agreement },
  receiveMinutes: { from: ['held'], to: 'minuted', notes: dated, before: { planned: 'not-held' } },
  validateMinutes: {
    from: ['minuted'],
    to: 'validated',
    notes: agreement,
    before: { planned: 'not-held', held: 'no-minutes' },
  },
  agree: { from: ['requested'], to: 'agreed', notes: agreement },
  refuse: { from: ['requested'], to: 'refused', notes: agreement },
  publish: {
    from: ['agreed'],
    to: 'published',
    notes: dated,
    before: { requested: 'not-agreed', refused: 'not-agreed' },
  },
  remedy: { from: ['running'], to: 'remedied', notes: explained, requires: 'in-time' },
  lapse: { from: ['running'], to: 'lapsed', notes: { text: 'optional' }, requires: 'time-over' },
  askClearance: { from: ['listed', 'not-cleared'], to: 'asked', notes: dated },
  clear: { from: ['asked'], to: 'cleared', notes: agreement, before: { listed: 'not-asked' } },
  denyClearance: { from: ['asked'], to: 'not-cleared', notes: agreement, before: { listed: 'not-asked' } },
  signAmendment: {
    from: ['listed', 'asked', 'not-cleared', 'cleared', 'in-use'],
    to: 'same',
    notes: explained,
    requires: 'collection',
  },
  use: {
    from: ['cleared'],
    to: 'in-use',
    notes: dated,
    before: { listed: 'not-cleared', asked: 'not-cleared', 'not-cleared': 'not-cleared' },
    requires: 'amendment',
  },
  retire: { from: ['in-use'], to: 'retired', notes: dated },
  takeEffect: { from: ['notified'], to: 'effective', notes: dated, requires: 'term' },
  settle: { from: ['opened'], to: 'settled', notes: explained },
  fail: { from: ['opened'], to: 'failed', notes: explained },
  // In the place of deletion: the entry stays, with the reason.
  abandon: {
    from: everyState.filter((state) => state !== 'abandoned'),
    to: 'abandoned',
    notes: { text: 'required' },
  },
} as const satisfies Record<string, EntryRule>;

export type EntryMove = keyof typeof entryMoves;

/** What a move notes, and whether it must be there. */
export const notesOf = (move: EntryMove): NonNullable<EntryRule['notes']> =>
  (entryMoves[move] as EntryRule).notes ?? {};

const allMoves = Object.keys(entryMoves) as EntryMove[];

/** The moves with a form of their own: all but entering and editing, in the order of the articles. */
export const formMoves = allMoves.filter((move) => move !== 'enter' && move !== 'edit');

/** The moves that note a day. */
export const notedMoves = formMoves.filter((move) => notesOf(move).day !== undefined);
