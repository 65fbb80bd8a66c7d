import { type Action, type Engagement, isPlacement } from '../action.js';
import { countFilledPlaces } from './places.js';

type Places = Pick<Action, 'places' | 'filled'>;

/**
 * How many tripartite agreements a placement needs: one per filled place, or per offered place as long as none is
 * known to be filled (article 3).
 */
export const countExpectedAgreements = (action: Places): number =>
  countFilledPlaces(action) ?? action.places ?? 1;

/**
 * How many tripartite agreements a placement still lacks: signed by the school, the pupil and their family, and the
 * company, before the pupil comes (article 3).
 */
export const countMissingAgreements = (action: Places & Pick<Action, 'kind' | 'agreements'>): number =>
  isPlacement(action.kind) ? Math.max(0, countExpectedAgreements(action) - (action.agreements ?? 0)) : 0;

/**
 * Whether somebody may report how a placement's preparation stands (its agreements, its filled places): its host or a
 * coordinator, from its approval on; once it was held, to correct what the outcome contradicts.
 */
export function checkAgreements(
  mover: { readonly id: string; readonly coordinator: boolean },
  { kind, state }: Pick<Action, 'kind' | 'state'>,
  engagements: readonly Pick<Engagement, 'state' | 'employeeId'>[],
): { readonly ok: true } | { readonly ok: false; readonly because: 'not-now' | 'not-yours' } {
  const states = { open: ['approved'], held: ['approved', 'attended', 'absent'] };
  const possible = state === 'open' || state === 'held' ? states[state] : [];
  const host = engagements.find((e) => possible.includes(e.state));
  if (!isPlacement(kind) || !host) return { ok: false, because: 'not-now' };
  const may = mover.coordinator || host.employeeId === mover.id;
  return may ? { ok: true } : { ok: false, because: 'not-yours' };
}
