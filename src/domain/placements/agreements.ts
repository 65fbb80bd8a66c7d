import { type Action, type Engagement, isPlacement } from '../action.js';

type Places = Pick<Action, 'places' | 'filled'>;

/** The places of a placement that schools have filled; nothing as long as none is entered. */
export const countFilledPlaces = ({ filled = [] }: Places): number | undefined =>
  filled.length === 0 ? undefined : filled.reduce((sum, { places }) => sum + places, 0);

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
 * Whether somebody may report what a placement's preparation has come to (its agreements, its filled places): its host
 * or a coordinator, from its approval until its outcome.
 */
export function checkAgreements(
  mover: { readonly id: string; readonly coordinator: boolean },
  { kind, state }: Pick<Action, 'kind' | 'state'>,
  engagements: readonly Pick<Engagement, 'state' | 'employeeId'>[],
): { readonly ok: true } | { readonly ok: false; readonly because: 'not-now' | 'not-yours' } {
  const host = engagements.find((e) => e.state === 'approved');
  if (!isPlacement(kind) || state !== 'open' || !host) return { ok: false, because: 'not-now' };
  const may = mover.coordinator || host.employeeId === mover.id;
  return may ? { ok: true } : { ok: false, because: 'not-yours' };
}
