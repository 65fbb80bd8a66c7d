import type { HalfDay } from '../domain/action.js';
import type { TimeOfDay } from '../domain/days.js';
import { compileTable } from './patterns.js';
import type { Token } from './tokens.js';

/** The hours and half-days that a sentence states. */
export interface Hours {
  readonly from?: TimeOfDay;
  readonly until?: TimeOfDay;
  readonly halfDays?: HalfDay[];
}

interface Time {
  readonly hour: number;
  readonly minute: number;
  readonly half: 'a' | 'p' | '';
  /** Written as a time of day, and not only as a number. */
  readonly sure: boolean;
}

/** "14h", "14 h 30", "14:30", "2.30 pm" */
function readTime({ type, word }: Token): Time | undefined {
  if (word === 'midi' || word === 'noon') return { hour: 12, minute: 0, half: '', sure: true };
  if (type !== 'hour' && type !== 'number') return undefined;
  const [hour = 99, minute = 0] = (word.match(/\d+/g) ?? []).map(Number);
  const half = (/([ap])\.?m$/.exec(word)?.[1] ?? '') as Time['half'];
  return hour < 24 && minute < 60 ? { hour, minute, half, sure: type === 'hour' } : undefined;
}

const slots = {
  t: (token: Token) => (token.type === 'number' ? undefined : readTime(token)),
  /** Also a bare number, which its neighbour makes a time. */
  bare: readTime,
};

const to = 'a|to|until|till|et|and|jusqu|-';

/** Phrases about hours: what they give of their times. The longest at a word wins, then the first. */
const table = [
  [`de|d|from|entre|between? {t} ${to} a? {bare}`, 'both'],
  [`de|d|from|entre|between? {bare} ${to} a? {t}`, 'both'],
  // "9 to 12", "9–11"
  ['from|between? {bare} to|- {bare}', 'both'],
  ['between|entre {bare} and|et {bare}', 'both'],
  ['jusqu|until|till a? {t}', 'until'],
  ['a|at|vers|around|about|from|des {t}', 'from'],
  ['{t}', 'alone'],
  // "Pendant 2h", "une intervention d'1h" are lengths.
  ['pendant|durant|for|d|duree|dure {t}', 'nothing'],
] as const;
type States = (typeof table)[number][1];
const findTimes = compileTable<Time, States>(table, slots);

/** A later hour without "pm" is in the same half of the day as the earlier: "2-4pm". */
function toTimeOfDay({ hour, minute, half }: Time, other?: Time): TimeOfDay {
  const inHalf = half || (other && other.half === 'p' && hour < other.hour % 12 ? 'p' : '');
  const hour24 = inHalf ? (hour % 12) + (inHalf === 'p' ? 12 : 0) : hour;
  return `${String(hour24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function readHours(times: readonly Time[], states: States): Hours | undefined {
  const [a, b] = times;
  if (!a || states === 'nothing') return {};
  if (states === 'until') return { until: toTimeOfDay(a) };
  // "2h" alone is a length.
  if (states === 'alone' && a.hour < 7 && a.half === '') return {};
  if (states === 'from' || states === 'alone') return { from: toTimeOfDay(a) };
  if (!b) return {};
  const [from, until] = [toTimeOfDay(a, b), toTimeOfDay(b)];
  // Hours of school, for two bare numbers: "2 à 4" may be anything.
  const isSure = a.sure || b.sure || (a.hour >= 8 && b.hour <= 18);
  return from < until && isSure ? { from, until } : undefined;
}

/** Words for parts of the day, and courtesy that names one: "bonne matinée". */
const halves: Readonly<Record<string, HalfDay>> = {
  matin: 'am',
  matins: 'am',
  matinee: 'am',
  matinees: 'am',
  morning: 'am',
  mornings: 'am',
  aprem: 'pm',
  aprems: 'pm',
  afternoon: 'pm',
  afternoons: 'pm',
};
const courtesy = new Set(['bon', 'bonne', 'belle', 'good']);
const wholeDay = /(toute|all|whole|full|entire) (la )?(journee|day)|journee (entiere|complete)/;

/**
 * The hours that a sentence states, and the tokens that do.
 * @param isTaken whether a token has been understood as something else, such as a date
 */
export function findHours(
  tokens: readonly Token[],
  isTaken: (at: number) => boolean,
): { hours: Hours; used: ReadonlySet<number> } {
  let found: Hours = {};
  const used = new Set<number>();
  const days = new Set<HalfDay>();
  tokens.forEach(({ word }, at) => {
    const isAfternoon = /^midis?$/.test(word) && tokens[at - 1]?.word === 'apres';
    const half = isAfternoon ? 'pm' : halves[word];
    if (!half || isTaken(at) || courtesy.has(tokens[isAfternoon ? at - 2 : at - 1]?.word ?? '')) return;
    days.add(half);
    used.add(at).add(isAfternoon ? at - 1 : at);
  });
  const isFree = (at: number) => !isTaken(at) && !used.has(at);
  for (let at = 0; at < tokens.length; at++) {
    if (!isFree(at)) continue;
    const hours = findTimes(tokens, at)
      .filter(({ end }) => tokens.slice(at, end).every((_, i) => isFree(at + i)))
      .map(({ values, result, end }) => ({ read: readHours(values, result), end }))
      .find(({ read }) => read !== undefined);
    if (!hours) continue;
    found = { ...hours.read, ...found };
    for (; at < hours.end; at++) used.add(at);
    at--;
  }
  const text = tokens.map((t) => t.word).join(' ');
  if (wholeDay.test(text)) for (const half of ['am', 'pm'] as const) days.add(half);
  const halfDays = (['am', 'pm'] as const).filter((half) => days.has(half));
  return { hours: { ...found, ...(halfDays.length > 0 ? { halfDays } : {}) }, used };
}
