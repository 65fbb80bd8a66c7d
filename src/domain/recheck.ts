import type { Calendar } from './calendar.js';
import type { Convention } from './convention.js';
import type { AcademieVerdict } from './placement.js';

/** How sure it is that a placement can take place, for all its académies together. */
export type Certainty =
  | 'fine'
  /** The fortnight is not official yet. */
  | 'provisional'
  /** A calendar is not published, or not known here: a coordinator confirms. */
  | 'unknown'
  /** One académie at least does not allow it. */
  | 'refused';

/** What an action was checked under, and what came of it. */
export interface Checked {
  /** The version of the rules and of their data. */
  readonly under: string;
  readonly certainty: Certainty;
  /** The version under which it became so. */
  readonly since: string;
}

/**
 * Raised when `placement.ts` allows or refuses other dates than before, or when the library of public holidays gives
 * other days: what is planned is checked again.
 */
const rules = 3;

/** The version of the rules, of the calendars they are applied to, and of the limits that the convention sets. */
export const versionOf = (
  calendar: Pick<Calendar, 'version'>,
  convention: Pick<Convention, 'version'>,
): string => `${rules}-${calendar.version}-${convention.version}`;

/** From the best to the worst. */
const order: readonly Certainty[] = ['fine', 'provisional', 'unknown', 'refused'];

/** The worst of the verdicts; fewer days than the dates suggest are still enough. */
export const certaintyOf = (verdicts: readonly AcademieVerdict[]): Certainty =>
  verdicts
    .map(({ outcome }): Certainty => (outcome === 'fewer-days' ? 'fine' : outcome))
    .reduce<Certainty>((a, b) => (order.indexOf(a) > order.indexOf(b) ? a : b), 'fine');

/** What a check gives, after an earlier one if there was any. */
export const checkedUnder = (under: string, certainty: Certainty, before?: Checked): Checked => ({
  under,
  certainty,
  since: before?.certainty === certainty ? before.since : under,
});

/** What people must be told when the certainty has changed: bad news, or the end of a doubt. */
export function newsOf(before: Certainty, now: Certainty): 'broken' | 'confirmed' | undefined {
  if (now === before) return undefined;
  if (now === 'refused') return 'broken';
  return now === 'fine' ? 'confirmed' : undefined;
}
