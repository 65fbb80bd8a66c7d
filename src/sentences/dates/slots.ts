import type { Day } from '../../domain/days.js';
import { weekday } from '../../domain/days.js';
import type { Token } from '../tokens.js';
import { nextDate, nextDayNumber, toDay } from './calendar.js';
import {
  doubtfulMonths,
  doubtfulWeekdays,
  englishMonths,
  everyWeekday,
  months,
  numbers,
  weekdays,
} from './calendar-words.js';

/** What a slot of a phrase has read: a day of the month, a month, a year, a weekday, a number, a date in digits. */
export interface Value {
  readonly is: 'day' | 'month' | 'year' | 'weekday' | 'number' | 'digits' | 'other';
  readonly n: number;
  readonly raw: string;
}

const value = (is: Value['is'], n: number | undefined, { raw }: Token): Value | undefined =>
  n === undefined ? undefined : { is, n, raw };

/** A number in digits or words. */
export const toNumber = ({ type, word, raw }: Token): number | undefined =>
  type === 'number' ? Number(word) : type === 'word' && !/^à$/i.test(raw) ? numbers.get(word) : undefined;

/** A day of the month: "12", "1er", "3rd". "3e" is a level of pupils. */
function toDayOfMonth({ type, word }: Token): number | undefined {
  if (word === 'premier') return 1;
  const counts = type === 'number' || (type === 'ordinal' && /(1er|st|nd|rd|th)$/.test(word));
  const n = counts ? Number.parseInt(word, 10) : 0;
  return n >= 1 && n <= 31 ? n : undefined;
}

const named = (t: Token, names: ReadonlyMap<string, number>): number | undefined =>
  t.type === 'word' ? names.get(t.word) : undefined;

/** The slots of phrases about days. */
export const slots = {
  d: (t: Token) => value('day', toDayOfMonth(t), t),
  m: (t: Token) => value('month', named(t, months), t),
  /** A month in English. */
  em: (t: Token) => (englishMonths.has(t.word) ? value('month', named(t, months), t) : undefined),
  /** A month by itself, which is no other word. */
  month: (t: Token) =>
    !doubtfulMonths.has(t.word) || /^(March|MARCH)$/.test(t.raw)
      ? value('month', named(t, months), t)
      : undefined,
  y: (t: Token) =>
    t.type === 'number' && /^20\d\d$/.test(t.word) ? value('year', Number(t.word), t) : undefined,
  w: (t: Token) => value('weekday', named(t, weekdays), t),
  weekday: (t: Token) => (doubtfulWeekdays.has(t.word) ? undefined : value('weekday', named(t, weekdays), t)),
  every: (t: Token) => (everyWeekday.has(t.word) ? value('other', 0, t) : undefined),
  n: (t: Token) => value('number', toNumber(t), t),
  digits: (t: Token) => (t.type === 'date' ? value('digits', 0, t) : undefined),
  /** J+3 */
  plus: (t: Token) =>
    t.type === 'after' ? value('number', Number(t.word.replace(/\D/g, '')), t) : undefined,
} satisfies Record<string, (token: Token) => Value | undefined>;

export const find = (values: readonly Value[], is: Value['is']): number | undefined =>
  values.find((v) => v.is === is)?.n;

/** "12/03", "12.03.27" or "2027-03-12": the day comes before the month. */
export function readDigits(raw: string, today: Day): Day | undefined {
  const [a = 0, b = 0, c] = raw.split(/[-/.]/).map(Number);
  if (a > 31) return toDay(a, b, c ?? 0);
  if (c === undefined) return nextDate(today, b, a);
  return toDay(c < 100 ? 2000 + c : c, b, a);
}

/** A day of a month with its year, or the next; nothing if a weekday is named that it is not. */
export function readDate(values: readonly Value[], today: Day): Day | undefined {
  const [d, m, y, w] = (['day', 'month', 'year', 'weekday'] as const).map((is) => find(values, is));
  if (d === undefined) return undefined;
  const inYear = m !== undefined && (y === undefined ? nextDate(today, m, d) : toDay(y, m, d));
  const day = m === undefined ? nextDayNumber(today, d) : inYear || undefined;
  return day && w !== undefined && weekday(day) !== w ? undefined : day;
}
