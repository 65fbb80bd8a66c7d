import { DateTime } from 'luxon';
import type { Day, TimeOfDay } from '../domain/days.js';
import type { Lang } from '../records.js';
import { dayAt } from './dates.js';

export type DayRead =
  | { readonly day: Day }
  /** Either of the two; it is ambiguous. */
  | { readonly either: readonly [Day, Day] }
  | undefined;

const isoDate =
  /^(\d{4})([-/.])(\d\d)\2(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;
const dateInDigits = /^(\d\d?)([-/.])(\d\d?)\2(\d{4})$/;

/**
 * A day: ISO with or without a time, in digits with the year last, or in words (French or English).
 * @param clientLang the language of the client that sent it: in French, the day comes before the month
 */
export function readDay(text: string, clientLang: Lang): DayRead {
  const iso = isoDate.exec(text);
  if (iso) return readIsoDay(iso);
  const digits = dateInDigits.exec(text);
  if (digits) {
    const [, first = '', , second = '', year = ''] = digits;
    const dayFirst = dayOf(year, second, first);
    const monthFirst = clientLang === 'fr' ? undefined : dayOf(year, first, second);
    if (dayFirst && monthFirst && dayFirst !== monthFirst) return { either: [dayFirst, monthFirst] };
    const day = dayFirst ?? monthFirst;
    return day === undefined ? undefined : { day };
  }
  return readDayInWords(text);
}

/**
 * A time after the day is ignored, unless it has an offset. Then it is an instant, and only midnight, there or in
 * Paris, tells which day was meant.
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

/** "lundi 18 janvier 2027", "18 Jan 2027", "January 18, 2027"; nothing if the weekday does not match the date. */
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
export function readTime(text: string): TimeOfDay | undefined {
  // Some clients add a day, or the ISO letter, to a time.
  const time = text.toLowerCase().replace(/^(\d{4}-\d\d-\d\d)?t(?=\d)/, '');
  const parts = clockTimes.map((form) => form.exec(time)?.groups).find((groups) => groups);
  if (!parts) return undefined;
  const [hour, minute] = [Number(parts.hour), Number(parts.minute ?? 0)];
  if (parts.half && (hour < 1 || hour > 12)) return undefined;
  const hour24 = parts.half ? (hour % 12) + (parts.half === 'p' ? 12 : 0) : hour;
  if (hour24 > 23 || minute > 59) return undefined;
  return `${String(hour24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
