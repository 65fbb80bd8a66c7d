import type { Action, ActionState } from '../action.js';
import type { Day } from '../days.js';
import { isClosed, type Mover } from './moves.js';

/** A session as its moves see it: `closed` while it is open but accepts no more people. */
export type SessionState = 'none' | 'closed' | ActionState;

interface ActionMoveRule {
  readonly from: readonly SessionState[];
  /** `same`: what is changed is not its state. */
  readonly to: ActionState | 'same';
  /** `before`: until the eve of its first day. `until`: until its last day, included. */
  readonly when?: 'before' | 'until';
  /** Words for those concerned. */
  readonly requires?: 'text';
}

/** What coordinators do with a session as a whole. Its outcome is `checkOutcome`'s. */
export const actionMoves = {
  publish: { from: ['none'], to: 'open' },
  edit: { from: ['open', 'closed'], to: 'same', when: 'before' },
  close: { from: ['open'], to: 'same', when: 'before' },
  reopen: { from: ['closed'], to: 'same', when: 'before' },
  cancel: { from: ['open', 'closed'], to: 'cancelled', when: 'until', requires: 'text' },
} as const satisfies Record<string, ActionMoveRule>;

export type ActionMove = keyof typeof actionMoves;

export type ActionMoveVerdict =
  | { readonly ok: true; readonly to: ActionState }
  | { readonly ok: false; readonly because: 'not-coordinator' | 'decided' | 'too-late' | 'text-missing' };

type Known = Pick<Action, 'state' | 'firstDay' | 'lastDay' | 'closed' | 'closesOn'>;

export const sessionState = (action: Known | undefined, today: Day): SessionState => {
  if (!action) return 'none';
  return action.state === 'open' && isClosed(action, today) ? 'closed' : action.state;
};

/**
 * Whether a coordinator may make this move of a session now.
 * @param action nothing for one that is not stored yet
 */
export function checkActionMove(
  move: ActionMove,
  {
    mover,
    action,
    today,
    text,
  }: {
    readonly mover: Mover;
    readonly action: Known | undefined;
    readonly today: Day;
    readonly text?: string;
  },
): ActionMoveVerdict {
  const rule: ActionMoveRule = actionMoves[move];
  if (!mover.coordinator) return { ok: false, because: 'not-coordinator' };
  if (!rule.from.includes(sessionState(action, today))) return { ok: false, because: 'decided' };
  if (action && rule.when === 'before' && today >= action.firstDay) return { ok: false, because: 'too-late' };
  if (action && rule.when === 'until' && today > action.lastDay) return { ok: false, because: 'too-late' };
  if (rule.requires === 'text' && !text?.trim()) return { ok: false, because: 'text-missing' };
  return { ok: true, to: rule.to === 'same' ? (action?.state ?? 'open') : rule.to };
}
