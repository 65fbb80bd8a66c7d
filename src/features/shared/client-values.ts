/**
 * What the inputs of a card hold, read from what clients really send: a switch as a boolean, a number as text, a date
 * in the client's own format. Each reader gives nothing for a value that could mean anything else: a wrong record is
 * worse than a question.
 */

/** Far above every limit that is checked; what is longer is cut before anything looks at it. */
const longestText = 2_000;
/** More choices than any list of ours has. */
const mostChoices = 200;

/** Control characters except the line feed, what turns the direction of writing, and halves of a character. */
const unwritable = /(?!\n)[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A text as it is kept: composed (NFC), with neither control characters nor changes of direction in it. */
export const cleanText = (text: string): string =>
  text
    .slice(0, longestText)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(unwritable, '')
    .normalize('NFC');

/** A single value as text: `''` when nothing was given, nothing when it is no text. */
export function readText(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return cleanText(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A value as its input shows it again, whether or not it can be read. */
export const asTyped = (value: unknown): string =>
  Array.isArray(value) ? (readChoices(value) ?? []).join(',') : (readText(value) ?? '');

/** A value on one line, to be read as a number, a day or a time: every kind of space is a space. */
export function readLine(value: unknown): string | undefined {
  // What was cut could read as something else.
  if (typeof value === 'string' && value.length > longestText) return undefined;
  return readText(value)?.replace(/\s+/g, ' ').trim();
}

const on = new Set(['true', '1', 'on', 'yes', 'oui', 'vrai']);
const off = new Set(['', 'false', '0', 'off', 'no', 'non', 'faux']);

/** A switch; one that was not sent is off. */
export function readSwitch(value: unknown): boolean | undefined {
  const text = readLine(value)?.toLowerCase();
  if (text === undefined) return undefined;
  return on.has(text) ? true : off.has(text) ? false : undefined;
}

/** The values chosen in a list, each once: an array, or joined by commas or semicolons. */
export function readChoices(value: unknown): string[] | undefined {
  const parts = (Array.isArray(value) ? value.slice(0, mostChoices + 1) : [value]).map(readLine);
  const chosen = new Set<string>();
  for (const part of parts) {
    if (part === undefined) return undefined;
    for (const choice of part.split(/[,;]/)) if (choice.trim()) chosen.add(choice.trim());
  }
  return chosen.size > mostChoices ? undefined : [...chosen];
}

/** A whole number, 0 or more, in digits: not `1e1`, `0x10` or `+5`. */
export function readWhole(value: unknown): number | undefined {
  const digits = /^(\d{1,9})(?:[.,]0{1,9})?$/.exec(readLine(value) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
