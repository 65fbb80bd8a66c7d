/**
 * What the inputs of a card hold, read from what clients really send: a switch as a boolean, a number as text, a date
 * in the client's own format. Each reader gives nothing for a value that could mean anything else: a wrong record is
 * worse than a question.
 */
import { DateTime } from 'luxon';
import type { Day, TimeOfDay } from '../../domain/action.js';
import type { Lang } from '../../ports.js';
import { dayAt } from '../../text/dates.js';

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

/** A value on one line, to be read as a number, a day or a time: every kind of space is a space. */
function readLine(value: unknown): string | undefined {
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

export type DayRead =
  | { readonly day: Day }
  /** Nobody can tell which of the two it is. */
  | { readonly either: readonly [Day, Day] }
  | undefined;

const isoDate =
  /^(\d{4})([-/.])(\d\d)\2(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;
const dateInDigits = /^(\d\d?)([-/.])(\d\d?)\2(\d{4})$/;

/**
 * A day: ISO with or without a time, in digits with the year last, or in words (French or English).
 * @param clientLang the language of the client that sent it: with a French one the day comes first
 */
export function readDay(value: unknown, clientLang: Lang): DayRead {
  const text = readLine(value) ?? '';
  const iso = isoDate.exec(text);
  if (iso) return readIsoDay(iso);
  const digits = dateInDigits.exec(text);
  if (digits) {
    const [, first = '', , second = '', year = ''] = digits;
    const dayFirst = dayOf(year, second, first);
    if (clientLang === 'fr') return dayFirst && { day: dayFirst };
    const monthFirst = dayOf(year, first, second);
    if (dayFirst && monthFirst && dayFirst !== monthFirst) return { either: [dayFirst, monthFirst] };
    const day = dayFirst ?? monthFirst;
    return day && { day };
  }
  return readDayInWords(text);
}

/**
 * A time beside the day does not matter, unless it comes with an offset: then it is a moment, and only midnight, there
 * or in Paris, says which day was meant.
 */
function readIsoDay([
  text,
  year = '',
  ,
  month = '',
  date = '',
  time = '',
  offset = '',
]: RegExpExecArray): DayRead {
  const day = dayOf(year, month, date);
  if (!day || (time && !DateTime.fromISO(time).isValid)) return undefined;
  if (!offset || /^00:00(:00(\.0+)?)?$/.test(time)) return { day };
  const moment = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'Europe/Paris' });
  if (!moment.isValid || +moment !== +moment.startOf('day')) return undefined;
  return { day: dayAt(moment.toUTC().toISO()) };
}

const weekdays = ['', 'cccc ', 'ccc '];
const datesInWords = ['d LLLL yyyy', 'd LLL yyyy', 'LLLL d yyyy', 'LLL d yyyy'];
const wordFormats = weekdays.flatMap((weekday) => datesInWords.map((date) => weekday + date));

/** "lundi 18 janvier 2027", "18 Jan 2027", "January 18, 2027"; nothing when the weekday is not that of the date. */
function readDayInWords(text: string): DayRead {
  if (!/^[\p{L}\d .,]{8,40}$/u.test(text)) return undefined;
  const words = text
    .toLowerCase()
    .replaceAll(',', '')
    .replace(/^(le|on) /, '')
    .replace(/\b(\d\d?)(er|st|nd|rd|th)\b/, '$1');
  for (const locale of ['fr', 'en']) {
    for (const format of wordFormats) {
      const date = DateTime.fromFormat(words, format, { zone: 'utc', locale });
      if (date.isValid) return { day: date.toISODate() };
    }
  }
  return undefined;
}

function dayOf(year: string, month: string, day: string): Day | undefined {
  const date = DateTime.utc(Number(year), Number(month), Number(day));
  return date.isValid ? (date.toISODate() ?? undefined) : undefined;
}

const clockTimes = [
  /^(?<hour>\d\d?):(?<minute>\d\d)(?::\d\d(?:\.\d{1,9})?)?(?: ?(?<half>[ap])\.?m\.?)?$/,
  /^(?<hour>\d\d?) ?h(?: ?(?<minute>\d\d))?$/,
  /^(?<hour>\d\d?) ?(?<half>[ap])\.?m\.?$/,
];

/** A time of day: `9:00`, `09:00:00`, `17 h 30`, `5:30 PM`. */
export function readTime(value: unknown): TimeOfDay | undefined {
  // Beside a time, some clients send a day or the ISO letter for it.
  const text = (readLine(value) ?? '').toLowerCase().replace(/^(\d{4}-\d\d-\d\d)?t(?=\d)/, '');
  const said = clockTimes.flatMap((form) => form.exec(text)?.groups ?? [])[0];
  if (!said) return undefined;
  const [hour, minute] = [Number(said.hour), Number(said.minute ?? 0)];
  if (said.half && (hour < 1 || hour > 12)) return undefined;
  const hour24 = said.half ? (hour % 12) + (said.half === 'p' ? 12 : 0) : hour;
  if (hour24 > 23 || minute > 59) return undefined;
  return `${String(hour24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
