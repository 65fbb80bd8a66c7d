import type { Convention } from '../../domain/convention.js';
import type { BrokenHours } from '../../domain/hours.js';
import type { BrokenLimit } from '../../domain/limits.js';
import type { Text } from '../../text/text.js';

/** What the convention says about the hours of a placement that do not keep a limit. */
export function hoursText(broken: BrokenHours, t: Text, { hours }: Pick<Convention, 'hours'>): string {
  const limits = { ...hours, earliest: t.dates.time(hours.earliest), latest: t.dates.time(hours.latest) };
  return t.at(`host.hours.${broken}`, limits);
}

export const limitText = (broken: BrokenLimit, t: Text, convention: Pick<Convention, 'hours'>): string =>
  broken.rule === 'places'
    ? t('host.placesError', { max: broken.max })
    : hoursText(broken.broken, t, convention);
