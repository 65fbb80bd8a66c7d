import { plain } from './plain.js';
import { findSentences } from './sentences.js';
import { shapeOf } from './shape.js';
import { findSigns, withoutAllowed } from './signs.js';

/** What a text can give away about a pupil or a teacher (article 7 forbids collecting it). */
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
 * The first kind of personal data that a text seems to hold, or nothing. Called before a text is stored or
 * logged, on every free text and every cell of an import.
 */
export function findPersonalData(text: string): PersonalData | undefined {
  const rest = withoutAllowed(plain(text));
  return findSigns(rest) ?? findSentences(shapeOf(rest));
}
