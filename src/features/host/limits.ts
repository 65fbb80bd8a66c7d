import type { PlacementKind } from '../../domain/action.js';
import type { Convention } from '../../domain/convention/convention.js';
import { type BrokenHours, type HoursLimits, requiredRestHours } from '../../domain/placements/hours.js';
import type { BrokenLimit } from '../../domain/placements/limits.js';
import type { Text } from '../../text/text.js';

/** The parameters of texts about the limits of a placement's hours. */
export function hoursParams(kind: PlacementKind, t: Text, limits: HoursLimits) {
  const rest = requiredRestHours(kind, limits);
  return {
    ...limits,
    earliest: t.dates.time(limits.earliest),
    latest: t.dates.time(limits.latest),
    breakFrom: t.dates.duration(60 * limits.breakFrom),
    rest: t.dates.duration(60 * rest),
    span: t.dates.duration(60 * (24 - rest)),
  };
}

/** The limit that the hours of a placement exceed, in words. */
export const hoursText = (
  broken: BrokenHours,
  kind: PlacementKind,
  t: Text,
  { hours }: Pick<Convention, 'hours'>,
): string => t.at(`host.hours.${broken}`, hoursParams(kind, t, hours));

export const limitText = (
  broken: BrokenLimit,
  kind: PlacementKind,
  t: Text,
  convention: Pick<Convention, 'hours'>,
): string =>
  broken.rule === 'places'
    ? t('host.placesError', { max: broken.max })
    : hoursText(broken.broken, kind, t, convention);
