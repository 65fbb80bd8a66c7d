/** Words that only their accents tell from others: "né" from "ne", "à" from "a", "élevé" from "élève". */
const homographs = /(?<!\p{L})(?:né(?:\(e\)|·e)?|à|élevée?s?)(?!\p{L})/giu;
const instead: Readonly<Record<string, string>> = { n: 'nee', à: 'au', é: 'haut' };

/** Nothing but spaces, line breaks and signs of every keyboard. */
const isAscii = (text: string): boolean => /^[\x20-\x7e\n]*$/.test(text);

/**
 * A text as the rules read it, so that they need not know how else it can be written: full-width and Arabic
 * digits, accents, ligatures, typographic dashes, spaces and apostrophes become the plain ones, invisible
 * characters go, and "P.A.I." is "PAI". Case and line breaks stay.
 */
export function plain(text: string): string {
  const read = isAscii(text) ? text : withoutAccents(text);
  if (!read.includes('.')) return read;
  return read.replace(/(?<![\p{L}.])(?:\p{L}\.){2,5}(?!\p{L})/gu, (letters) => letters.replaceAll('.', ''));
}

function withoutAccents(text: string): string {
  const read = text
    // U+FDFA is one sign that becomes eighteen letters.
    .replaceAll('\ufdfa', ' ')
    .normalize('NFKC')
    .replace(homographs, (word) => instead[word.charAt(0).toLowerCase()] ?? word)
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '');
  if (isAscii(read)) return read;
  return read
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/œ/gi, 'oe')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[^\S\n]/g, ' ');
}
