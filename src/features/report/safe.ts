import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import type { Closing } from '../../domain/report/closing.js';
import { listUnions } from '../../domain/report/form.js';
import { toReportField } from '../../domain/report/form-field.js';
import { createSafeCounter, type SafeReport } from '../../domain/report/safe-report.js';
import type { Services } from '../feature.js';
import { commitmentsOf, visitShown } from './shown.js';

/** The figures of a year as they may leave the company: of a version, or without one as they are now. */
export function readSafe(
  services: Services,
  year: ProgrammeYear,
  closing: Closing | undefined,
): Promise<SafeReport> {
  const { minPupilsShown, form } = services.convention;
  const unions = listUnions(form.map(toReportField));
  return visitShown(services, year, closing, () => {
    const counter = createSafeCounter(year, commitmentsOf(closing, services), minPupilsShown, unions);
    return { visit: counter.add, finish: counter.finish };
  });
}
