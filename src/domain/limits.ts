import type { Action, PlacementKind } from './action.js';
import type { Convention } from './convention.js';
import { type BrokenHours, checkHours } from './hours.js';
import { datesOf, daysAWeek } from './placement.js';

/** A limit that the company's convention sets, and that a placement does not keep. */
export type BrokenLimit =
  | { readonly rule: 'places'; readonly max: number }
  | { readonly rule: 'hours'; readonly broken: BrokenHours };

export type Planned = Pick<Action, 'firstDay' | 'lastDay' | 'weekdays' | 'shared' | 'hours' | 'places'> & {
  readonly kind: PlacementKind;
};

/**
 * What the settings of the convention say against a placement's places and hours (article 3); nothing when they
 * allow them. A form keeps them; an amendment may change them afterwards.
 */
export function brokenLimit(
  planned: Planned,
  { maxPlaces, hours: limits }: Pick<Convention, 'maxPlaces' | 'hours'>,
): BrokenLimit | undefined {
  const { kind, hours, places = 1 } = planned;
  if (places > maxPlaces) return { rule: 'places', max: maxPlaces };
  if (!hours) return undefined;
  const week = daysAWeek(datesOf(planned, kind));
  const verdict = checkHours({ breakMinutes: 0, ...hours }, kind, week, limits);
  return verdict.ok ? undefined : { rule: 'hours', broken: verdict.broken };
}
