import { plain } from './plain.js';
import { findSentences } from './sentences.js';
import { shapeOf } from './shape.js';
import { findSigns, withoutAllowed } from './signs.js';

export { type PersonalColumn, personalColumns } from './columns.js';

/** What a text can give away about a pupil or a teacher. */
export const personalData = [
  'phone',
  'email',
  'birth-date',
  'ine',
  'nir',
  'health',
  'pupil',
  'teacher',
  'address',
  'handle',
] as const;
export type PersonalData = (typeof personalData)[number];

/**
 * The first kind of personal data that a text seems to hold, or nothing (article 7). Called on every free text before
 * it is stored or logged. It says what kind, never the words.
 *
 * In doubt it refuses, because nothing is lost: a person mends a text in place, and knows where to write instead.
 * - Every phone number but 0 8xx and numbers of four digits: whose a number is cannot be seen, and employees are
 *   found in Teams.
 * - Every e-mail address but a school's functional mailbox and those that several people answer (`contact@…`).
 * - "Mme Exemple", unless a place is called so ("rue du Dr Roux") or a word beside it says she is a colleague:
 *   colleagues go by their first names here, teachers do not.
 * - A first name alone is harmless, and so is "Camille de la RH"; with an age, a class, "élève" or "professeure"
 *   it is somebody.
 * - Health when somebody has it, not as a subject: "métiers de la santé", "mission handicap".
 */
export function findPersonalData(text: string): PersonalData | undefined {
  if (text === '') return undefined;
  const rest = withoutAllowed(plain(text));
  return findSigns(rest) ?? findSentences(shapeOf(rest));
}

/**
 * The same by digits and signs alone (a number, an address, a handle), for names of places in imports: these are full
 * of people's names that are nobody's.
 */
export const findPersonalSigns = (text: string): PersonalData | undefined =>
  findSigns(withoutAllowed(plain(text)));
