import type { Action, PlacementKind } from '../action.js';
import { type BrokenHours, checkHours, type HoursLimits } from './hours.js';
import { maxDaysPerWeek, toPlacementDates } from './placement.js';

/** A limit of the company's convention that a placement exceeds. */
export type BrokenLimit =
  | { readonly rule: 'places'; readonly max: number }
  | { readonly rule: 'hours'; readonly broken: BrokenHours };

export type PlannedPlacement = Pick<
  Action,
  'firstDay' | 'lastDay' | 'weekdays' | 'shared' | 'hours' | 'places'
> & {
  readonly kind: PlacementKind;
};

/**
 * The limit of the convention that a placement's places or hours exceed (article 3); nothing if they are within the
 * limits. Forms enforce the limits, but an amendment may change them later.
 */
export function findBrokenLimit(
  planned: PlannedPlacement,
  { maxPlaces, hours: limits }: { readonly maxPlaces: number; readonly hours: HoursLimits },
): BrokenLimit | undefined {
  const { kind, hours, places = 1 } = planned;
  if (places > maxPlaces) return { rule: 'places', max: maxPlaces };
  if (!hours) return undefined;
  const week = maxDaysPerWeek(toPlacementDates(planned, kind));
  const verdict = checkHours({ breakMinutes: 0, ...hours }, kind, week, limits);
  return verdict.ok ? undefined : { rule: 'hours', broken: verdict.broken };
}
