import { z } from 'zod';
import { programmeYear } from '../../domain/convention/programme-year.js';
import type { Area } from '../../domain/report/area.js';
import { type Figures, noFigures, type YearReport } from '../../domain/report/figures.js';
import { dayAt } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { readReport } from '../report/read.js';
import { readSafe } from '../report/safe.js';

const count = z.int().min(0);

/** What is done in an area this year, as a reader may see it; the message keeps it until it is sent. */
export const areaFigures = z.object({
  actions: count,
  pupils: count,
  employees: count,
  /** Pupils' places; only for coordinators. */
  places: z.object({ offered: count, filled: count }).optional(),
  /** The figures are too small to be shown. */
  hidden: z.boolean(),
});
export type AreaFigures = z.infer<typeof areaFigures>;

/**
 * The figures of an area in the year of today, as the report has them in its cut by place. Who is no coordinator gets
 * what may leave the company: no small figure, none from which one could be computed, and no places.
 */
export async function readFigures(
  services: Services,
  area: Area,
  coordinator: boolean,
): Promise<AreaFigures> {
  const year = programmeYear(dayAt(services.clock.now()), services.convention);
  const cut = services.calendar.academies.some(({ code }) => code === area) ? 'academie' : 'region';
  const rowOf = ({ cuts }: YearReport): Figures => cuts[cut].get(area) ?? noFigures;
  if (coordinator) {
    const { actions, pupils, employees, offered, filled } = rowOf(await readReport(services, year));
    return { actions, pupils, employees, places: { offered, filled }, hidden: false };
  }
  const { report, hidden } = await readSafe(services, year, undefined);
  if (hidden.rows[cut].has(area)) return { actions: 0, pupils: 0, employees: 0, hidden: true };
  const { actions, pupils, employees } = rowOf(report);
  return { actions, pupils, employees, hidden: false };
}
