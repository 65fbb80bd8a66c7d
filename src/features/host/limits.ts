import type { PlacementKind } from '../../domain/action.js';
import type { Convention } from '../../domain/convention.js';
import { type BrokenHours, type HoursLimits, restOf } from '../../domain/hours.js';
import type { BrokenLimit } from '../../domain/limits.js';
import type { Text } from '../../text/text.js';

/** The limits of a placement's hours, as the texts name them. */
export function hoursSaid(kind: PlacementKind, t: Text, limits: HoursLimits) {
  const rest = restOf(kind, limits);
  return {
    ...limits,
    earliest: t.dates.time(limits.earliest),
    latest: t.dates.time(limits.latest),
    breakFrom: t.dates.duration(60 * limits.breakFrom),
    rest: t.dates.duration(60 * rest),
    span: t.dates.duration(60 * (24 - rest)),
  };
}

/** What the hours of a placement do not keep. */
export const hoursText = (
  broken: BrokenHours,
  kind: PlacementKind,
  t: Text,
  { hours }: Pick<Convention, 'hours'>,
): string => t.at(`host.hours.${broken}`, hoursSaid(kind, t, hours));

export const limitText = (
  broken: BrokenLimit,
  kind: PlacementKind,
  t: Text,
  convention: Pick<Convention, 'hours'>,
): string =>
  broken.rule === 'places'
    ? t('host.placesError', { max: broken.max })
    : hoursText(broken.broken, kind, t, convention);
