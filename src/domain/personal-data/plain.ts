/** Words that only their accents tell from others: "né" from "ne", "à" from "a", "élevé" from "élève". */
const homographs: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})né(?:\(e\)|·e)?(?!\p{L})/giu, 'nee'],
  [/(?<!\p{L})à(?!\p{L})/giu, 'au'],
  [/(?<!\p{L})élevée?s?(?!\p{L})/giu, 'haut'],
];

/**
 * A text as the rules read it, so that they need not know how else it can be written: full-width and Arabic
 * digits, accents, ligatures, typographic dashes, spaces and apostrophes become the plain ones, invisible
 * characters go, and "P.A.I." is "PAI". Case and line breaks stay.
 */
export const plain = (text: string): string =>
  homographs
    .reduce(
      (read, [word, instead]) => read.replace(word, instead),
      // U+FDFA is one sign that becomes eighteen letters.
      text.replaceAll('\ufdfa', ' ').normalize('NFKC'),
    )
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/œ/gi, 'oe')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[^\S\n]/g, ' ')
    .replace(/(?<![\p{L}.])(?:\p{L}\.){2,5}(?!\p{L})/gu, (letters) => letters.replaceAll('.', ''));
