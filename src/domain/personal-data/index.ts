import type { PersonalDataKind } from './kinds.js';
import { normalise } from './normalise.js';
import { findInShape } from './sentences.js';
import { toShape } from './shape.js';
import { findSigns, removeAllowed } from './signs.js';

export { findPersonalColumns, type PersonalColumn } from './columns.js';

/**
 * The first kind of personal data that a text seems to contain; nothing if there is none (article 7). Every free text
 * is checked before it is stored or logged. The result is the kind, never the words.
 *
 * In doubt it refuses, which costs little: the person corrects the text on the spot, and is told where to write
 * instead.
 * - Every phone number except 0 8xx and four-digit numbers: nothing shows whose number it is, and employees can be
 *   reached in Teams.
 * - Every e-mail address except a school's functional mailbox and shared ones (`contact@…`).
 * - "Mme Exemple", unless it is a place name ("rue du Dr Roux") or a word beside it marks her as a colleague:
 *   colleagues go by their first names here, teachers do not.
 * - A first name alone is harmless, as is "Camille de la RH"; with an age, a class, "élève" or "professeure" it
 *   identifies somebody.
 * - Health that is somebody's, not health as a subject: "métiers de la santé", "mission handicap".
 */
export function findPersonalData(text: string): PersonalDataKind | undefined {
  if (text === '') return undefined;
  const rest = removeAllowed(normalise(text));
  return findSigns(rest) ?? findInShape(toShape(rest));
}

/**
 * The same by digits and symbols only (a number, an address, a handle), for place names in imports: many contain
 * people's names without being about a person.
 */
export const findPersonalSigns = (text: string): PersonalDataKind | undefined =>
  findSigns(removeAllowed(normalise(text)));
