import type { Day } from '../days.js';

/** The state of an external communication, or of a use of the other party's logo (article 6). */
export type CommunicationState = 'requested' | 'agreed' | 'published';

interface CommunicationRule {
  readonly from: CommunicationState | 'none';
  readonly to: CommunicationState;
  /** The other party's agreement records who gave it and when. */
  readonly requires?: 'agreement';
}

/** All moves of a communication: nothing is published without agreement (article 6). */
export const communicationMoves = {
  request: { from: 'none', to: 'requested' },
  agree: { from: 'requested', to: 'agreed', requires: 'agreement' },
  publish: { from: 'agreed', to: 'published' },
} as const satisfies Record<string, CommunicationRule>;

export type CommunicationMove = keyof typeof communicationMoves;

export type CommunicationRefusal =
  /** The other party has not agreed yet. */
  | 'not-agreed'
  /** Nobody is named as having agreed. */
  | 'agreement-missing'
  /** The communication is in another state by now. */
  | 'decided';

export type CommunicationVerdict =
  | { readonly ok: true; readonly to: CommunicationState }
  | { readonly ok: false; readonly because: CommunicationRefusal };

/** Whether a communication may make a move now (article 6). */
export function checkCommunication(
  move: CommunicationMove,
  state: CommunicationState | undefined,
  agreement?: { readonly by: string; readonly on: Day },
): CommunicationVerdict {
  const rule: CommunicationRule = communicationMoves[move];
  const refuse = (because: CommunicationRefusal): CommunicationVerdict => ({ ok: false, because });
  if (move === 'publish' && state !== 'agreed' && state !== 'published') return refuse('not-agreed');
  if (rule.from !== (state ?? 'none')) return refuse('decided');
  if (rule.requires === 'agreement' && !agreement?.by.trim()) return refuse('agreement-missing');
  return { ok: true, to: rule.to };
}
