import { toLatin } from './look-alikes.js';

/** Words that differ from others only by their accents: "né" from "ne", "à" from "a", "élevé" from "élève". */
const homographs = /(?<!\p{L})(?:né(?:\(e\)|·e)?|à|élevée?s?)(?!\p{L})/giu;
const replacements: Readonly<Record<string, string>> = { n: 'nee', à: 'au', é: 'haut' };

/** Printable ASCII and line breaks only. */
const isAscii = (text: string): boolean => /^[\x20-\x7e\n]*$/.test(text);

/**
 * Normalises a text for the rules: digits of any script, letters of other scripts that look like Latin ones, accents,
 * ligatures, typographic dashes, spaces and apostrophes become plain ones, invisible characters are removed, "P.A.I."
 * becomes "PAI" and "L é a" "Lea". Case and line breaks stay.
 */
export function normalise(text: string): string {
  const read = isAscii(text) ? text : toPlain(text);
  return joinLetters(read.includes('.') ? joinInitials(read) : read);
}

const joinInitials = (text: string): string =>
  text.replace(/(?<![\p{L}.])(?:\p{L}\.){2,5}(?!\p{L})/gu, (letters) => letters.replaceAll('.', ''));

/** Single letters and digits, three or more, with the same sign or spaces between all of them. */
const apart =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}]( {1,3}| ?[.*_|·•~-] ?)[\p{L}\p{N}](?:\1[\p{L}\p{N}]){1,40}(?![\p{L}\p{N}])/gu;
/** Where a word or a number ends that has been joined. */
const seam = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu;

/** Joins the letters of words that were typed letter by letter; a number alone may be typed so. */
const joinLetters = (text: string): string =>
  text.replace(apart, (run) => {
    const characters = run.replace(/[^\p{L}\p{N}]/gu, '');
    return /\p{L}.{0,40}\p{L}.{0,40}\p{L}/u.test(characters) ? characters.replace(seam, ' ') : run;
  });

function toPlain(text: string): string {
  // NFKC expands U+FDFA, a single character, to eighteen letters.
  const read = toLatin(text.replaceAll('\ufdfa', ' ').normalize('NFKD'))
    .normalize('NFC')
    .replace(homographs, (word) => replacements[word.charAt(0).toLowerCase()] ?? word)
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '');
  if (isAscii(read)) return read;
  return read
    .replace(/œ/gi, 'oe')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[^\S\n]/g, ' ');
}
