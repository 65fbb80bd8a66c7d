import { DateTime } from 'luxon';
import type { Day, Instant, TimeOfDay } from '../domain/days.js';
import type { Lang } from '../records.js';

/** People read Paris time, whatever the server's time zone. */
export const zone = 'Europe/Paris';
const noBreak = '\u00a0';

const cache = new Map<string, string>();

/** Caches results by key. */
function memoise(key: string, make: () => string): string {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size > 2000) cache.clear();
  cache.set(key, made);
  return made;
}

/** The local time of an instant, to the minute: `2026-11-23T14:05`. */
const parisAt = (instant: Instant): string =>
  memoise(instant.slice(0, 16), () => DateTime.fromISO(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm"));

/** The day in Paris at an instant. */
export const dayAt = (instant: Instant): Day => parisAt(instant).slice(0, 10);

const format = (lang: Lang, day: Day, pattern: string): string =>
  memoise(`${lang}${pattern}${day}`, () => formatted(lang, day, pattern));

function formatted(lang: Lang, day: Day, pattern: string): string {
  const date = DateTime.fromISO(day, { zone: 'utc', locale: lang === 'fr' ? 'fr-FR' : 'en-GB' });
  let text = date.toFormat(pattern);
  if (lang === 'fr' && date.day === 1) text = text.replace(/\b1(?= |\u00a0|$)/, '1er');
  return text.replace(/(\d(?:er)?) (?=\p{L})/u, `$1${noBreak}`);
}

/** Days and times in a language: never ISO, never UTC. */
export interface Dates {
  /** lundi 11 janvier 2027 */
  long(day: Day): string;
  /** 11 janvier 2027 */
  short(day: Day): string;
  /** lundi 11 janvier */
  noYear(day: Day): string;
  /** lundi, for a day of this week */
  weekday(day: Day): string;
  /** lun. 11, for tight lists */
  tight(day: Day): string;
  /** janvier 2027 */
  month(day: Day): string;
  /** du lundi 11 au vendredi 15 janvier 2027; one day: lundi 11 janvier 2027 */
  range(first: Day, last: Day): string;
  /** du 11 au 15 janvier 2027; one day: 11 janvier 2027 */
  shortRange(first: Day, last: Day): string;
  /** Without the year: du 11 au 15 janvier */
  button(first: Day, last: Day): string;
  /** de 10 h à 11 h 30 */
  hours(from: TimeOfDay, until: TimeOfDay): string;
  /** 10 h */
  time(time: TimeOfDay): string;
  /** 4 h 30, for a number of minutes. */
  duration(minutes: number): string;
  /** lundi 23 novembre à 14 h 05 */
  instant(at: Instant): string;
  /** lundi 23 novembre 2026 à 14 h 05, for what is read years later */
  fullInstant(at: Instant): string;
}

const range = (lang: Lang, first: Day, last: Day, weekday: string, year: string) => {
  const full = `${weekday}d LLLL${year}`;
  if (first === last) return format(lang, last, full);
  const sameMonth = first.slice(0, 7) === last.slice(0, 7);
  const sameYear = first.slice(0, 4) === last.slice(0, 4);
  const start = sameMonth ? `${weekday}d` : sameYear ? `${weekday}d LLLL` : full;
  const [from, to] = [format(lang, first, start), format(lang, last, full)];
  return lang === 'fr' ? `du ${from} au ${to}` : `${from} to ${to}`;
};

const time = (lang: Lang, t: TimeOfDay) => {
  const [h = '0', m = '00'] = t.split(':');
  if (lang === 'en') return `${h}:${m}`;
  return `${Number(h)}${noBreak}h${m === '00' ? '' : noBreak + m}`;
};

const instant = (lang: Lang, at: Instant, pattern: string): string => {
  const [date = '', hours = ''] = parisAt(at).split('T');
  const day = format(lang, date, pattern);
  const clock = time(lang, hours);
  return lang === 'fr' ? `${day} à ${clock}` : `${day} at ${clock}`;
};

export const datesIn = (lang: Lang): Dates => ({
  long: (d) => format(lang, d, 'cccc d LLLL yyyy'),
  short: (d) => format(lang, d, 'd LLLL yyyy'),
  noYear: (d) => format(lang, d, 'cccc d LLLL'),
  weekday: (d) => format(lang, d, 'cccc'),
  tight: (d) => format(lang, d, 'ccc d'),
  month: (d) => format(lang, d, 'LLLL yyyy'),
  range: (a, b) => range(lang, a, b, 'cccc ', ' yyyy'),
  shortRange: (a, b) => range(lang, a, b, '', ' yyyy'),
  button: (a, b) => range(lang, a, b, '', ''),
  hours: (from, until) => {
    const [a, b] = [time(lang, from), time(lang, until)];
    return lang === 'fr' ? `de ${a} à ${b}` : `${a} to ${b}`;
  },
  time: (t) => time(lang, t),
  duration: (minutes) => {
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)}${noBreak}h${rest ? `${noBreak}${String(rest).padStart(2, '0')}` : ''}`;
  },
  instant: (at) => instant(lang, at, 'cccc d LLLL'),
  fullInstant: (at) => instant(lang, at, 'cccc d LLLL yyyy'),
});
