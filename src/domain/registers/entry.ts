import { formalNoticeEnd, terminationDay } from '../convention/deadlines.js';
import { type Day, daysBetween, type Instant } from '../days.js';
import { type EntryKind, type EntryState, type Party, waitingStates } from './kinds.js';
import type { EntryMove, Note } from './table.js';

/** What people type of an entry. Nothing in it names anybody. */
export interface EntryFacts {
  readonly title: string;
  readonly party?: Party;
  readonly day?: Day;
  readonly due?: Day;
  readonly collects?: boolean;
  readonly text?: string;
}

/** One move of an entry: who made it, when, and what was noted. */
export interface EntryRow extends Note {
  /** The key of the form that made it. */
  readonly id: string;
  readonly move: EntryMove;
  readonly from: EntryState | 'none';
  readonly to: EntryState;
  readonly by: string;
  readonly at: Instant;
  /** The facts that an edit changed. */
  readonly changed?: readonly (keyof EntryFacts)[];
}

/** An entry of a register of the convention (articles 5 to 7 and 9). None is ever deleted. */
export interface Entry extends EntryFacts {
  readonly id: string;
  readonly kind: EntryKind;
  readonly state: EntryState;
  /** When it was last moved or edited. */
  readonly since: Instant;
  /** Oldest first. */
  readonly history: readonly EntryRow[];
}

/** Whether something is still expected of somebody. */
export const isWaiting = ({ state }: Pick<Entry, 'state'>): boolean => waitingStates.has(state);

/** What a move noted when it was last made. */
export const findNote = ({ history }: Pick<Entry, 'history'>, move: EntryMove): EntryRow | undefined =>
  history.findLast((row) => row.move === move);

/**
 * The day that an entry waits for: the last one to remedy what a formal notice is about (article 6), the earliest one
 * on which a termination takes effect (article 9), otherwise the one that was typed. Nothing once it has passed into
 * another state.
 */
export function dueDay({ kind, state, day, due }: Entry): Day | undefined {
  switch (kind) {
    case 'formal-notice':
      return state === 'running' && day ? formalNoticeEnd(day) : undefined;
    case 'termination':
      return state === 'notified' && day ? (due ?? terminationDay(day)) : undefined;
    case 'committee':
      return state === 'planned' ? due : undefined;
    default:
      return isWaiting({ state }) ? due : undefined;
  }
}

/** The days left until the day that an entry waits for, negative once it has passed. */
export function daysLeft(entry: Entry, today: Day): number | undefined {
  const due = dueDay(entry);
  return due === undefined ? undefined : daysBetween(today, due);
}

/** By the day that is waited for; those that wait for no day come last, the latest moved first. */
export function compareUrgency(a: Entry, b: Entry): number {
  const [one, other] = [dueDay(a) ?? '~', dueDay(b) ?? '~'];
  if (one !== other) return one < other ? -1 : 1;
  return a.since < b.since ? 1 : a.since > b.since ? -1 : 0;
}

/**
 * Passerelle is a digital tool of the convention itself (article 7), and the first row of their register: as long as
 * nobody has moved it, this is its entry.
 */
export const ownTool: Entry = {
  id: '00000000000000000000000001',
  kind: 'tool',
  state: 'listed',
  title: 'Passerelle',
  collects: false,
  since: '1970-01-01T00:00:00.000Z',
  history: [],
};
