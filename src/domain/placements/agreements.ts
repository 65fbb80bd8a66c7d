import { type Action, type Engagement, isPlacement } from '../action.js';
import type { Mover } from '../engagements/moves.js';

/**
 * How many tripartite agreements a placement still lacks: one per place, signed by the school, the pupil and their
 * family, and the company, before the pupil comes (article 3).
 */
export const countMissingAgreements = ({ kind, places = 1, agreements = 0 }: Action): number =>
  isPlacement(kind) ? Math.max(0, places - agreements) : 0;

/**
 * Whether somebody may report how many agreements of a placement are signed: its host or a coordinator, from its
 * approval until its last day.
 */
export function checkAgreements(
  mover: Mover,
  { kind, state }: Pick<Action, 'kind' | 'state'>,
  engagements: readonly Pick<Engagement, 'state' | 'employeeId'>[],
): { readonly ok: true } | { readonly ok: false; readonly because: 'not-now' | 'not-yours' } {
  const host = engagements.find((e) => e.state === 'approved');
  if (!isPlacement(kind) || state !== 'open' || !host) return { ok: false, because: 'not-now' };
  const may = mover.coordinator || host.employeeId === mover.id;
  return may ? { ok: true } : { ok: false, because: 'not-yours' };
}
