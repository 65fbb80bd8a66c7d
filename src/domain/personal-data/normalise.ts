/** Words that differ from others only by their accents: "né" from "ne", "à" from "a", "élevé" from "élève". */
const homographs = /(?<!\p{L})(?:né(?:\(e\)|·e)?|à|élevée?s?)(?!\p{L})/giu;
const replacements: Readonly<Record<string, string>> = { n: 'nee', à: 'au', é: 'haut' };

/** Printable ASCII and line breaks only. */
const isAscii = (text: string): boolean => /^[\x20-\x7e\n]*$/.test(text);

/**
 * Normalises a text for the rules: full-width and Arabic digits, accents, ligatures, typographic dashes, spaces and
 * apostrophes become plain ones, invisible characters are removed, and "P.A.I." becomes "PAI". Case and line breaks
 * stay.
 */
export function normalise(text: string): string {
  const read = isAscii(text) ? text : stripAccents(text);
  if (!read.includes('.')) return read;
  return read.replace(/(?<![\p{L}.])(?:\p{L}\.){2,5}(?!\p{L})/gu, (letters) => letters.replaceAll('.', ''));
}

function stripAccents(text: string): string {
  const read = text
    // NFKC expands U+FDFA, a single character, to eighteen letters.
    .replaceAll('\ufdfa', ' ')
    .normalize('NFKC')
    .replace(homographs, (word) => replacements[word.charAt(0).toLowerCase()] ?? word)
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
