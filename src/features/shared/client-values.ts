/**
 * Reads the values of card inputs as clients actually send them: a switch as a boolean, a number as text, a date in
 * the client's format. A value that could mean something else is not read: a wrong record is worse than a question.
 */

/** Far above every limit that is checked; longer texts are cut before anything else reads them. */
const maxTextLength = 2_000;
/** More than any list of ours has. */
const maxChoices = 200;

/** Control characters except the line feed, bidirectional controls, and lone surrogates. */
const unprintable = /(?!\n)[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A text as it is stored: composed (NFC), without control characters and bidirectional controls. */
export const cleanText = (text: string): string =>
  text
    .slice(0, maxTextLength)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(unprintable, '')
    .normalize('NFC');

/** A single value as text: `''` if empty, nothing if it is not a text. */
export function readText(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return cleanText(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A value as its input shows it again, whether or not it could be read. */
export const asTyped = (value: unknown): string =>
  Array.isArray(value) ? (readChoices(value) ?? []).join(',') : (readText(value) ?? '');

/** A value on one line, to be parsed as a number, a day or a time, with every kind of space as a plain one. */
export function readLine(value: unknown): string | undefined {
  // A truncated value could parse as something else.
  if (typeof value === 'string' && value.length > maxTextLength) return undefined;
  return readText(value)?.replace(/\s+/g, ' ').trim();
}

const onValues = new Set(['true', '1', 'on', 'yes', 'oui', 'vrai']);
const offValues = new Set(['', 'false', '0', 'off', 'no', 'non', 'faux']);

/** A switch; off if it was not sent. */
export function readSwitch(value: unknown): boolean | undefined {
  const text = readLine(value)?.toLowerCase();
  if (text === undefined) return undefined;
  return onValues.has(text) ? true : offValues.has(text) ? false : undefined;
}

/** The values chosen in a list, without duplicates: an array, or joined by commas or semicolons. */
export function readChoices(value: unknown): string[] | undefined {
  const parts = (Array.isArray(value) ? value.slice(0, maxChoices + 1) : [value]).map(readLine);
  const chosen = new Set<string>();
  for (const part of parts) {
    if (part === undefined) return undefined;
    for (const choice of part.split(/[,;]/)) if (choice.trim()) chosen.add(choice.trim());
  }
  return chosen.size > maxChoices ? undefined : [...chosen];
}

/** A whole number, 0 or more, in digits only: not `1e1`, `0x10` or `+5`. */
export function readWhole(value: unknown): number | undefined {
  const digits = /^(\d{1,9})(?:[.,]0{1,9})?$/.exec(readLine(value) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
