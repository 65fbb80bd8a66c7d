import { type Area, everywhere } from '../../domain/report/area.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { areaName } from '../shared/area.js';

/** That something is of the whole company, for whoever comes from a report of an area; empty for others. */
export const wholeText = (area: Area, t: Text, services: Services): string =>
  area === everywhere ? '' : t('report.whole', { area: areaName(area, t, services) });
