import type { Convention } from '../../domain/convention/convention.js';
import { applyTerms } from '../../domain/convention/terms.js';
import type { Reader } from '../../ports.js';
import type { Services } from '../feature.js';

/**
 * Reads the convention in force: the one of the file, with the date of signature and the signed amendments that the
 * records hold (article 8). Wherever targets, kinds, years or deadlines are needed, they come from it.
 */
export const createConventionReader =
  (file: Convention): Services['conventionIn'] =>
  async (reader) => {
    const [terms, signed] = await Promise.all([
      reader.get('terms', 'convention'),
      reader.list('amendments', 'byState', 'signed'),
    ]);
    return applyTerms(file, terms, signed);
  };

/** The services with what is in force in a reading: the convention, and the events as coordinators have changed them. */
export async function readInForce(reader: Reader, services: Services): Promise<Services> {
  const [convention, calendar] = await Promise.all([
    services.conventionIn(reader),
    services.calendarIn(reader),
  ]);
  return { ...services, convention, calendar };
}
