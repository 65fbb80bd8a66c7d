import type { Day } from '../../domain/days.js';
import type { Token } from '../tokens.js';
import { fromTo, type Period } from './calendar.js';
import { weekdays } from './calendar-words.js';
import { findPhrases } from './phrases.js';
import type { Value } from './slots.js';

export type { Period } from './calendar.js';

/** A phrase about days among the tokens of a sentence. */
export interface DatePhrase {
  readonly start: number;
  /** The index after its last token. */
  readonly end: number;
  /** Empty if it states no day: "every Tuesday". */
  readonly period: Period;
  /** Only the name of a weekday, which gives way to a date. */
  readonly isWeekday: boolean;
  /** Two numbers, which are hours if a day is named beside them: "9 February from 9 to 11". */
  readonly isBareRange: boolean;
}

const until = new Set(['jusqu', 'until', 'till', 'til', 'avant', 'before', 'by', 'ici']);
const since = new Set(['partir', 'from', 'starting', 'des', 'apres', 'after', 'onwards']);
/** What has begun states no day to come. */
const ago = new Set(['depuis', 'since']);
/** What may stand between these and the days. */
const fillers = new Set('le la l les the au aux a du de des d en of on mois'.split(' '));

/** The word before a phrase that makes it only a beginning or an end. */
function findLimit(
  tokens: readonly Token[],
  start: number,
): { at: number; is: 'since' | 'until' | 'ago' } | undefined {
  for (let at = start; at >= start - 3; at--) {
    const word = tokens[at]?.word ?? '';
    if (until.has(word) && tokens[at + 1]?.word !== 'hier') return { at, is: 'until' };
    // "Des 3e" is no beginning; "dès lundi" and "from Monday" are.
    if (since.has(word) && !(at === start && word === 'des' && tokens[at]?.raw.toLowerCase() !== 'dès'))
      return { at, is: 'since' };
    if (ago.has(word)) return { at, is: 'ago' };
    if (at < start && !fillers.has(word)) return undefined;
  }
  return undefined;
}

/** The phrase about days that begins at a token. */
function readPhrase(tokens: readonly Token[], start: number, today: Day): DatePhrase | undefined {
  for (const { end, values, result } of findPhrases(tokens, start)) {
    const period = result(values, today);
    if (period)
      return {
        start,
        end,
        period,
        isBareRange: isBareRange(values),
        isWeekday: end === start + 1 && weekdays.has(tokens[start]?.word ?? ''),
      };
  }
  return undefined;
}

const isBareRange = (values: readonly Value[]): boolean =>
  values.length === 2 && values.every(({ is }) => is === 'day');

/** A period that has begun starts today. */
const clip = ({ firstDay, lastDay }: Period, today: Day): Period =>
  firstDay && lastDay && firstDay < today && today <= lastDay
    ? { firstDay: today, lastDay }
    : { firstDay, lastDay };

/**
 * All phrases about days in a sentence.
 * @param isTaken whether a token has been understood as something else
 */
export function findDates(
  tokens: readonly Token[],
  today: Day,
  isTaken: (at: number) => boolean,
): DatePhrase[] {
  const found: DatePhrase[] = [];
  for (let at = 0; at < tokens.length; ) {
    const phrase = isTaken(at) ? undefined : readPhrase(tokens, at, today);
    if (!phrase || isTaken(phrase.end - 1)) {
      at++;
      continue;
    }
    const { firstDay, lastDay } = phrase.period;
    const limit = findLimit(tokens, phrase.start);
    const isRange = firstDay !== undefined && lastDay !== undefined;
    const period =
      limit?.is === 'until'
        ? { lastDay: lastDay ?? firstDay }
        : limit?.is === 'ago'
          ? {}
          : limit?.is === 'since' && !(isRange && limit.at === phrase.start)
            ? { firstDay }
            : clip(phrase.period, today);
    const last = found.at(-1);
    const whole = last && fromOneToOther(tokens, last, phrase);
    if (last && whole) found.splice(-1, 1, { ...last, end: phrase.end, period: whole, isWeekday: false });
    else found.push({ ...phrase, start: Math.min(limit?.at ?? at, at), period });
    at = phrase.end;
  }
  const isNamed = found.some(
    ({ isBareRange, period: { firstDay } }) => !isBareRange && firstDay !== undefined,
  );
  return isNamed ? found.filter(({ isBareRange }) => !isBareRange) : found;
}

const opens = new Set('entre between de du d from des'.split(' '));
const links = new Set('et and a to la le au the l'.split(' '));

/** "Entre mi-juin et fin juin", "from mid-June to the end of June": two phrases, and the days from one to the other. */
function fromOneToOther(tokens: readonly Token[], one: DatePhrase, other: DatePhrase): Period | undefined {
  const isOpen = [one.start - 1, one.start].some((at) => opens.has(tokens[at]?.word ?? ''));
  const link = tokens.slice(one.end, other.start);
  const isLinked = link.length > 0 && link.length < 3 && link.every(({ word }) => links.has(word));
  return isOpen && isLinked
    ? fromTo(one.period.firstDay, other.period.lastDay ?? other.period.firstDay)
    : undefined;
}

/**
 * The days that a sentence states: of several phrases, a beginning and an end together, or the one within the other;
 * none if they are at odds.
 */
export function joinPeriods(phrases: readonly DatePhrase[]): Period {
  const stated = phrases.filter(({ period: { firstDay, lastDay } }) => firstDay ?? lastDay);
  const dated = stated.filter(({ isWeekday }) => !isWeekday);
  const [first, ...more] = (dated.length > 0 ? dated : stated).map(({ period }) => period);
  return first === undefined ? {} : more.reduce(joinTwo, first);
}

function joinTwo(a: Period, b: Period): Period {
  if (a.firstDay === undefined || b.firstDay === undefined) {
    const firstDay = a.firstDay ?? b.firstDay;
    const lastDay = a.firstDay === undefined ? (a.lastDay ?? b.lastDay) : b.lastDay;
    return firstDay && lastDay && firstDay > lastDay ? {} : { firstDay, lastDay };
  }
  const isWithin = (inner: Period, outer: Period) =>
    outer.lastDay !== undefined &&
    inner.firstDay !== undefined &&
    outer.firstDay !== undefined &&
    outer.firstDay <= inner.firstDay &&
    (inner.lastDay ?? inner.firstDay) <= outer.lastDay;
  return isWithin(a, b) ? a : isWithin(b, a) ? b : {};
}
