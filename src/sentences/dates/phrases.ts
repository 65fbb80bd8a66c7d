import { addDays, type Day } from '../../domain/days.js';
import { compileTable } from '../patterns.js';
import {
  endOfMonth,
  firstSchoolWeek,
  lastSchoolWeek,
  lastWeekday,
  monthOf,
  monthsAfter,
  nextIsoWeek,
  nextMonth,
  nextWeekday,
  oneDay,
  type Period,
  partOfMonth,
  schoolWeek,
  toMonth,
  weekdayOfNextWeek,
  wholeMonth,
} from './calendar.js';
import { readDigitsRange, readMonths, readRange, readTwoDays, readWeekdays } from './read-range.js';
import { find, readDate, readDigits, slots, type Value } from './slots.js';

/** What a phrase means; `{}` if it states no day, nothing if it is no such phrase after all. */
type Read = (values: readonly Value[], today: Day) => Period | undefined;

const n = (values: readonly Value[]): number => find(values, 'number') ?? 1;
const w = (values: readonly Value[]): number => find(values, 'weekday') ?? 1;

const day =
  (more: number): Read =>
  (_, today) =>
    oneDay(addDays(today, more));
const days: Read = (v, today) => oneDay(addDays(today, n(v)));
/** "Huit jours" are a week, "quinze jours" two. */
const jours: Read = (v, today) => oneDay(addDays(today, n(v) === 8 ? 7 : n(v) === 15 ? 14 : n(v)));
const weeks: Read = (v, today) => oneDay(addDays(today, 7 * n(v)));
const weekdayPlus =
  (more: number): Read =>
  (v, today) =>
    oneDay(addDays(nextWeekday(today, w(v)), more));
const weekdayNextWeek: Read = (v, today) => oneDay(weekdayOfNextWeek(today, w(v)));
const weekdayBefore: Read = (v, today) => oneDay(lastWeekday(today, w(v)));
/** A day that does not exist, or is another weekday, states nothing. */
const date: Read = (v, today) => oneDay(readDate(v, today)) ?? {};
/** "Lundi 3 élèves" is no date. */
const dayNumber: Read = (v, today) => oneDay(readDate(v, today));
const digits: Read = (v, today) => oneDay(readDigits(v.at(-1)?.raw ?? '', today));

const week =
  (more: number): Read =>
  (_, today) =>
    schoolWeek(addDays(today, more));
const weekOf: Read = (v, today) => {
  const found = v.some(({ is }) => is === 'digits')
    ? readDigits(v.at(-1)?.raw ?? '', today)
    : readDate(v, today);
  return found === undefined ? undefined : schoolWeek(found);
};
const isoWeek: Read = (v, today) => {
  const monday = nextIsoWeek(today, n(v));
  return monday === undefined ? undefined : schoolWeek(monday);
};

type ToMonth = (values: readonly Value[], today: Day) => string;
const named: ToMonth = (v, today) => {
  const [m, y] = [find(v, 'month'), find(v, 'year')];
  if (m === undefined) return monthOf(today);
  return y === undefined ? nextMonth(today, m) : toMonth(y, m);
};
const following: ToMonth = (_, today) => monthsAfter(monthOf(today), 1);
const before: ToMonth = (_, today) => monthsAfter(monthOf(today), -1);
const whole =
  (which: ToMonth = named): Read =>
  (v, today) =>
    wholeMonth(which(v, today));
const part =
  (first: number, last?: number, which: ToMonth = named): Read =>
  (v, today) =>
    partOfMonth(which(v, today), first, last);
const end =
  (which: ToMonth = named): Read =>
  (v, today) =>
    endOfMonth(which(v, today));
/** The first or last whole week, Monday to Friday, of a month. */
const firstWeek: Read = (v, today) => firstSchoolWeek(named(v, today));
const lastWeek: Read = (v, today) => lastSchoolWeek(named(v, today));
const noDay: Read = () => ({});

const to = 'au|a|to|until|jusqu|through|-';
const from = 'du|de|des|from|entre|between|d';
const the = 'le|la|les|the|on|du|des|au';
const beginning = 'debut|early|beginning|start';
const ending = 'fin|end|late';
const middle = 'mi|mid|milieu|middle';
const of = 'de|du|d|of|the|le|l|au|mois';
const weekWord = 'semaine|semaines|sem|week|wk|wc';

/**
 * Phrases about days in French and English. Of those that match at a word, the longest wins, then the first.
 * `{d}` is a day of the month, `{m}` a month, `{month}` one that is no other word, `{w}` and `{weekday}` the same of
 * weekdays, `{every}` a weekday in the plural, `{y}` a year, `{n}` a number, `{digits}` a date in digits.
 */
const table: readonly (readonly [pattern: string, read: Read])[] = [
  ['aujourd hui', day(0)],
  ['today|tonight|aujourdhui|auj', day(0)],
  ['ce soir|matin|midi', day(0)],
  ['cet apres midi', day(0)],
  ['cet|cette aprem', day(0)],
  ['this morning|afternoon|evening', day(0)],
  ['demain|dem|tomorrow|tmrw|tomorow|tmr', day(1)],
  ['apres demain', day(2)],
  ['the? day after tomorrow', day(2)],
  ['hier|yesterday', day(-1)],
  ['avant hier', day(-2)],
  ['the? day before yesterday', day(-2)],
  ['{plus}', days],
  ['d? ici? dans|sous|in|d {n} jours|jour|j', jours],
  ['in|within {n} days|day', days],
  ['{n} days|day from now', days],
  ['dans|sous|in|within|d {n} of? semaines|semaine|weeks|week', weeks],
  ['{n} weeks|week from now', weeks],
  ['dans|sous une quinzaine', day(14)],
  ['in a fortnight', day(14)],
  ['{weekday}', weekdayPlus(0)],
  ['ce|this|on|coming {weekday} qui? vient?', weekdayPlus(0)],
  ['{w} prochain|prochaine|pro|proch', weekdayNextWeek],
  ['next|nxt {w}', weekdayNextWeek],
  ['{w} of? next week', weekdayNextWeek],
  ['{w} de? la? semaine prochaine|pro', weekdayNextWeek],
  ['{w} en huit', weekdayPlus(7)],
  ['{w} en quinze', weekdayPlus(14)],
  ['{w} week', weekdayPlus(7)],
  ['a week on {w}', weekdayPlus(7)],
  ['{w} fortnight', weekdayPlus(14)],
  ['{w} dernier|passe', weekdayBefore],
  ['last {w}', weekdayBefore],
  ['le|the|du {d}', dayNumber],
  ['on the {d}', dayNumber],
  ['le|the|on|du|au {w} the? {d}', dayNumber],
  ['{w} {d}', dayNumber],
  [`${the}? {w}? the? {d} of? {m} {y}?`, date],
  [`${the}? {w}? the? {em} the? {d} {y}?`, date],
  [`${the}? {w}? {digits}`, digits],
  [`${from}? le|la|the? {w}? {d} {m}? {y}? ${to} le|au|the? {w}? {d} {m} {y}?`, readRange],
  [`${from} le|la|the? {w}? {d} ${to} le|au|the? {w}? {d}`, readRange],
  ['entre|between le|the? {w}? {d} {m}? {y}? et|and le|the? {w}? {d} {m}? {y}?', readRange],
  [`from|between? {w}? {em} the? {d} ${to}|and {w}? {em}? the? {d} {y}?`, readRange],
  [`${from}? le|the? {d} ${to} le|the? {digits}`, readDigitsRange],
  [`${from}? le|the? {digits} ${to} le|the? {digits}`, readDigitsRange],
  ['entre|between le|the? {digits} et|and le|the? {digits}', readDigitsRange],
  [`${from} {w} ${to}|et|and {w}`, readWeekdays],
  ['{weekday} to|- {weekday}', readWeekdays],
  ['le|les|on|the? {w}? {d} {m}? et|and le|the? {w}? {d} of? {m} {y}?', readTwoDays],
  ['le|les|on|the? {w}? {d} {m}? ou|or le|the? {w}? {d} of? {m} {y}?', noDay],
  ['le|on|the? {digits} ou|or|et|and le|the? {digits}', noDay],
  ['{weekday} ou|or|et|and {weekday}', noDay],
  ['le {weekday} ou|et le? {weekday}', noDay],
  ['{month} {y}?', whole()],
  [`en|in|courant|during|de|d|mois|of|pour|for|en|${from}|jusqu|avant|before|until|by {m} {y}?`, whole()],
  ['{m} {y}', whole()],
  ['au|le|du? mois de|d {m} {y}?', whole()],
  ['le|du? courant|during de|du|le? mois? de|d? {m} {y}?', whole()],
  ['ce mois ci?', whole()],
  ['this month', whole()],
  ['courant du|de? mois', whole()],
  ['le|du? mois prochain|pro|suivant', whole(following)],
  ['next|nxt month', whole(following)],
  ['le|du? mois dernier|passe', whole(before)],
  ['last month', whole(before)],
  [`le|au|the? ${beginning} ${of}? mois? de|d? {m} {y}?`, part(1, 10)],
  [`le|la|a|the? ${middle} ${of}? mois? de|d? {m} {y}?`, part(10, 20)],
  [`la|a|the? ${ending} ${of}? mois? de|d? {m} {y}?`, end()],
  [`la|a|the? ${ending} ${of} the? mois|month`, end()],
  [`la|a|the? ${ending} ${of} mois prochain|pro`, end(following)],
  [`the? ${ending} of next month`, end(following)],
  [`le|au? ${beginning} ${of} mois prochain|pro`, part(1, 10, following)],
  ['la? premiere|1ere|1re quinzaine de|d|du? {m} {y}?', part(1, 15)],
  ['la? deuxieme|seconde|2e|2eme|2nde|2de quinzaine de|d|du? {m} {y}?', part(16)],
  [`la|the? premiere|1ere|1re|first|1st ${weekWord} de|d|of|in {m} {y}?`, firstWeek],
  [`la|the? derniere|last ${weekWord} de|d|of|in {m} {y}?`, lastWeek],
  ['the? last ten days of|in {m} {y}?', end()],
  ['les dix derniers jours de|d {m} {y}?', end()],
  ['the? first|1st half|fortnight of|in {m} {y}?', part(1, 15)],
  ['the? second|2nd|latter|last half|fortnight of|in {m} {y}?', part(16)],
  [`${from}? {m} ${to}|et|and {m} {y}?`, readMonths],
  ['en|in? {m} ou|or|puis en|in? {m} {y}?', readMonths],
  ['{month} {month} {y}?', readMonths],
  ['cette semaine', week(0)],
  ['this|later this? week', week(0)],
  ['la? semaine|sem prochaine|pro|proch|suivante|apres', week(7)],
  ['the? next|nxt week|wk', week(7)],
  ['the? week after next', week(14)],
  ['la? semaine derniere|passee', week(-7)],
  ['last week', week(-7)],
  [
    `la|the? ${weekWord} du|of|de|beginning|commencing|starting|from the|on|lundi|monday? {d} {m}? {y}?`,
    weekOf,
  ],
  [`la|the? ${weekWord} of|beginning|commencing|starting {em} {d} {y}?`, weekOf],
  [`la|the? ${weekWord} du|of|de {digits}`, weekOf],
  ['en|la? semaine|sem|week|wk n? {n}', isoWeek],
  ['s|w {n}', isoWeek],
  ['tous|toutes|chaque|every|each|any les? {weekday}', noDay],
  ['n importe quel|quelle {weekday}', noDay],
  ['on|par? un|a|one|any {weekday}', noDay],
  ['un|a|one|any {weekday}', noDay],
  ['les|tous|on|des|de? les? {every}', noDay],
  ['le {weekday}', noDay],
  ['vacances|conges de|d|des? {m}', noDay],
];

/** The phrases that begin at a token. */
export const findPhrases = compileTable<Value, Read>(table, slots);
