import { Info } from 'luxon';
import { schoolYearOf } from '../calendar/school-calendar.js';
import type { Day } from '../days.js';
import { parseUai } from '../schools/uai.js';

/** What somebody looks for among the requests. */
export type Query =
  | { readonly by: 'number'; readonly number: number }
  /** `2027-01` */
  | { readonly by: 'month'; readonly month: string }
  | { readonly by: 'uai'; readonly uai: string }
  /** The words of a person's or a school's name. */
  | { readonly by: 'name'; readonly words: readonly string[] };

/** Longer words are cut: nobody's name has one. */
const maxWordLength = 40;
const maxWords = 12;

/** The words of a text, folded for comparison: without case, accents and punctuation. */
export const foldWords = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word.slice(0, maxWordLength))
    .slice(0, maxWords);

/** The names of the months in both languages, each with its number. */
const months = new Map(
  ['fr', 'en'].flatMap((locale) =>
    Info.months('long', { locale }).map((name, i) => [foldWords(name).join(' '), i + 1] as const),
  ),
);

/** What may stand before a number: "n° 41", "demande 41", "request no. 41". */
const beforeNumber = new Set('n no nr numero number demande request seance session'.split(' '));

const toMonth = (year: string, month: number): Query | undefined =>
  month >= 1 && month <= 12 ? { by: 'month', month: `${year}-${String(month).padStart(2, '0')}` } : undefined;

/** The month of the school year in which `today` is. */
function toMonthOfYear(month: number, today: Day): Query | undefined {
  const [start = '', end = ''] = schoolYearOf(today).split('-');
  return toMonth(month >= 9 ? start : end, month);
}

function parseMonth([first = '', second, ...more]: readonly string[], today: Day): Query | undefined {
  if (more.length > 0) return undefined;
  if (second === undefined) return toMonthOfYear(months.get(first) ?? 0, today);
  if (/^\d{4}$/.test(second))
    return toMonth(second, months.get(first) ?? (/^\d{1,2}$/.test(first) ? Number(first) : 0));
  return /^\d{4}$/.test(first) && /^\d{1,2}$/.test(second) ? toMonth(first, Number(second)) : undefined;
}

/**
 * Reads what was typed: a number, a month (without a year, that of the school year of `today`), a UAI code, otherwise a
 * name. Nothing if there are no words.
 */
export function parseQuery(text: string, today: Day): Query | undefined {
  const words = foldWords(text);
  const last = words.at(-1);
  if (last === undefined) return undefined;
  if (/^\d{1,9}$/.test(last) && words.slice(0, -1).every((word) => beforeNumber.has(word)))
    return { by: 'number', number: Number(last) };
  const uai = words.length === 1 ? parseUai(last) : undefined;
  return parseMonth(words, today) ?? (uai ? { by: 'uai', uai } : { by: 'name', words });
}
