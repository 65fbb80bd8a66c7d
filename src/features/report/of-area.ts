import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { type Area, everywhere } from '../../domain/report/area.js';
import type { Closing } from '../../domain/report/closing.js';
import { createReportCounter } from '../../domain/report/counter.js';
import type { YearReport } from '../../domain/report/figures.js';
import type { Services } from '../feature.js';
import { commitmentsOf, readShown, visitShown } from './shown.js';

/**
 * The report of a version, or without one that of today, in an area: of what is in its row of the cut by académie or
 * région, so that an action of several académies is in none of them.
 */
export function readOfArea(
  services: Services,
  year: ProgrammeYear,
  closing: Closing | undefined,
  area: Area,
): Promise<YearReport> {
  if (area === everywhere) return readShown(services, year, closing);
  return visitShown(services, year, closing, () => {
    const counter = createReportCounter(year, commitmentsOf(closing, services));
    return {
      visit(line) {
        if (line.keys.academie === area || line.keys.region === area) counter.add(line);
      },
      finish: counter.finish,
    };
  });
}
