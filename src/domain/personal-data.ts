/** What a text gives away about a pupil or a teacher (article 7 forbids collecting it). */
export type PersonalData = 'phone' | 'email' | 'birth-date' | 'ine' | 'health' | 'pupil';

/** A school's functional mailbox (`ce.0932030B@ac-creteil.fr`) is the school's, nobody's. */
const functionalMailbox = /\bce\.\d{7}[a-z]@ac-[a-z-]+\.fr\b/gi;

const patterns: readonly (readonly [PersonalData, RegExp])[] = [
  ['email', /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/iu],
  // French numbers, with or without country code, in pairs or together; the pairs must not be a date.
  ['phone', /(?<![\d/])(?:(?:\+|00)33[\s.\-()]*(?:0[\s.\-()]*)?|0)[1-9](?:[\s.-]?\d{2}){4}(?!\d)/u],
  ['phone', /(?<![\d/])0[1-9](?:\/\d{2}){4}(?![\d/])/u],
  ['phone', /(?<!\d)\+\d{2,3}[\s.\-()]*\d(?:[\s.\-()]*\d){7,11}(?!\d)/u],
  // The national pupil number: ten digits and a letter, or nine and two.
  ['ine', /(?<![\p{L}\p{N}])(?:\d{10}[a-z]|\d{9}[a-z]{2})(?![\p{L}\p{N}])/iu],
  [
    'birth-date',
    /(?<!\p{L})(?:née?|nés|nées|born|naissance|birth(?:day|date)?|dob)(?!\p{L})[^.\n]{0,20}?\d{1,2}[\s./-]+(?:\d{1,2}|\p{L}{3,9})[\s./-]+\d{2,4}/iu,
  ],
  ['birth-date', /(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:20(?:0[5-9]|1\d))(?!\d)/u],
  ['health', /(?<![\p{L}])(?:PAI|PPRE|PPS|MDPH|AESH|ULIS|TDAH|ADHD)(?![\p{L}])/u],
  [
    'health',
    /(?<!\p{L})(?:asthm|allerg[iy]|épilep|epilep|diab[eèé]t|handicap|autis|dyslexi|dyspraxi|dysphasi|wheelchair|fauteuil roulant|medication|traitement médical|maladie|disabled|disabilit)/iu,
  ],
  // A first name followed by an age: "Léa, 14 ans". With a class, "Camus (3e B)" could as well be a school.
  ['pupil', /(?<!\p{L})\p{Lu}\p{Ll}{2,}(?:[ -]\p{Lu}\p{Ll}+)?\s*[,(]\s*1[0-7]\s*(?:ans|years? old|yo)\b/u],
  [
    'pupil',
    /(?<!\p{L})(?:[éÉ]lève|pupil|student)\s+(?:nommée?\s+|named\s+|called\s+)?\p{Lu}\p{Ll}{2,}(?!\p{L})(?!\s+(?:de|of|en|in)\s)/u,
  ],
];

/**
 * The first kind of personal data that a text seems to hold, or nothing. Called before a text is stored or
 * logged, on every free text; it errs on the side of refusing.
 */
export function findPersonalData(text: string): PersonalData | undefined {
  const rest = text.normalize('NFC').replace(functionalMailbox, ' ');
  return patterns.find(([, pattern]) => pattern.test(rest))?.[0];
}
