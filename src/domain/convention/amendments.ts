import type { Kind } from '../action.js';
import type { Day, Instant } from '../days.js';
import { type Commitment, type Convention, kindsOn } from './convention.js';
import { lastDayOf } from './deadlines.js';
import { targetOn } from './programme-year.js';

/** `drafted`: only an intention. `signed`: by both parties; it counts from its day on. `dropped`: given up. */
export type AmendmentState = 'drafted' | 'signed' | 'dropped';

/** What an amendment changes of a commitment: its target, the kinds that count for it, or both. */
export interface AmendmentChange {
  readonly commitment: string;
  readonly target?: number;
  readonly kinds?: readonly Kind[];
}

/** A change of the convention that the parties agree on during its term (article 8). */
export interface Amendment {
  readonly id: string;
  /** The number people quote ("avenant n° 2"), in order of creation. */
  readonly number: number;
  readonly state: AmendmentState;
  /** What it is about, in a line. */
  readonly subject: string;
  /** The day from which it is in force once it is signed. */
  readonly from: Day;
  /** Absent from one that changes nothing that is counted. */
  readonly change?: AmendmentChange;
  /** Who signed it, in a line, and on which day. */
  readonly signature?: { readonly by: string; readonly on: Day };
  /** Its last move: who made it, and when. */
  readonly moved: { readonly by: string; readonly at: Instant };
  /** How many moves it has had: a form or button for an earlier one changes nothing. */
  readonly revision: number;
}

interface AmendmentRule {
  readonly from: AmendmentState | 'none';
  readonly to: AmendmentState;
}

/** All moves of an amendment; a coordinator or an administrator makes each of them. */
export const amendmentMoves = {
  draft: { from: 'none', to: 'drafted' },
  edit: { from: 'drafted', to: 'drafted' },
  sign: { from: 'drafted', to: 'signed' },
  /** The signature was noted by mistake. */
  reopen: { from: 'signed', to: 'drafted' },
  drop: { from: 'drafted', to: 'dropped' },
  /** It was given up by mistake. */
  resume: { from: 'dropped', to: 'drafted' },
} as const satisfies Record<string, AmendmentRule>;
export type AmendmentMove = keyof typeof amendmentMoves;

/** Whether an amendment may make a move from its state; one that is not there yet may only be drafted. */
export const mayMove = (move: AmendmentMove, state: AmendmentState | undefined): boolean =>
  amendmentMoves[move].from === (state ?? 'none');

/** Whether an amendment counts on a day. */
export const isInForce = ({ state, from }: Pick<Amendment, 'state' | 'from'>, day: Day): boolean =>
  state === 'signed' && from <= day;

/** Why an amendment cannot be as it is written. */
export type AmendmentFault =
  /** It would be in force before the convention is signed, or after its end: it is made during its term. */
  | 'before-signature'
  | 'after-end'
  /** A target or kinds, and no commitment that they are of. */
  | 'commitment-missing'
  /** A commitment, and nothing that changes of it. */
  | 'nothing-changes';

/** What is wrong with an amendment to the convention in force (article 8); nothing if it can be drafted or signed. */
export function findAmendmentFault(
  { from, change }: { readonly from: Day; readonly change: Partial<AmendmentChange> },
  convention: Convention,
): AmendmentFault | undefined {
  const dateFault = findDayFault(from, convention);
  if (dateFault) return dateFault;
  const { commitment: id, target, kinds } = change;
  if (id === undefined) return target === undefined && !kinds ? undefined : 'commitment-missing';
  const commitment = convention.commitments.find((c) => c.id === id);
  if (!commitment) return 'commitment-missing';
  return changesSomething(commitment, from, target, kinds) ? undefined : 'nothing-changes';
}

/** Whether a day is outside the term of a convention, as far as that is known. */
export function findDayFault(day: Day, convention: Convention): 'before-signature' | 'after-end' | undefined {
  const { signedOn } = convention;
  const end = lastDayOf(convention);
  if (signedOn && day < signedOn) return 'before-signature';
  return end && day > end ? 'after-end' : undefined;
}

function changesSomething(
  commitment: Commitment,
  from: Day,
  target: number | undefined,
  kinds: readonly Kind[] | undefined,
): boolean {
  const known = kindsOn(commitment, from);
  const otherKinds = kinds && (kinds.length !== known.length || kinds.some((kind) => !known.includes(kind)));
  return Boolean(otherKinds) || (target !== undefined && target !== targetOn(commitment, from));
}
