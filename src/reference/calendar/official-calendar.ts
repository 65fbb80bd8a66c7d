import { type Academie, holidayZone, narrowToDepartement } from '../../domain/calendar/school-calendar.js';
import { findPersonalSigns } from '../../domain/personal-data/index.js';
import { fold } from '../../domain/schools/words.js';
import { isSchoolYear } from '../files/check-rows.js';
import { findGaps } from './gaps.js';
import { latestSummerEnd, quoteCell, readDays } from './official-days.js';
import type { CalendarEntry, CalendarRow, ImpossibleRow } from './official-entries.js';
import { periods } from './school-holidays.js';

/** Why a row gives no holiday; none of these is a fault. */
export type LeftOut =
  | 'of teachers'
  | 'of primary schools'
  | 'of a school year before the first one kept'
  | 'of a territory whose school year is the civil year'
  | 'of no known period';

export type ReadEntry =
  | CalendarEntry
  | { readonly leftOut: LeftOut }
  | { readonly impossible: ImpossibleRow };

/**
 * In the southern hemisphere, with a school year from February to December, which does not fit Passerelle's years.
 */
const civilYearZones = ['Nouvelle-Calédonie', 'Wallis-et-Futuna'];

/** The periods by a word of their name; winter in the southern hemisphere is not the zones' winter. */
const periodsByWord: readonly (readonly [string, (typeof periods)[number]])[] = [
  ['toussaint', 'Toussaint'],
  ['noel', 'Noël'],
  ['hiver', 'Hiver'],
  ['printemps', 'Printemps'],
  ['ascension', "Pont de l'Ascension"],
  ['ete', 'Été'],
];

/**
 * Reads one row of the official file.
 * @param academies by their folded names (`indexAcademiesByName`)
 * @param oldest the first school year to keep
 */
export function readEntry(
  row: CalendarRow,
  academies: ReadonlyMap<string, Academie>,
  oldest: string,
): ReadEntry {
  const { line, schoolYear } = row;
  const academie = academies.get(fold(row.academie));
  const national = academie?.zone !== undefined;
  const kind = kindOf(row);
  // Own calendars keep the names of their periods.
  const period = findPersonalSigns(row.description) ? '' : toPeriod(row.description);
  // Faults of irrelevant rows are not reported.
  if (academie && civilYearZones.includes(holidayZone(academie)))
    return { leftOut: 'of a territory whose school year is the civil year' };
  if (isSchoolYear(schoolYear) && schoolYear < oldest)
    return { leftOut: 'of a school year before the first one kept' };
  if (kind === 'teachers') return { leftOut: 'of teachers' };
  const population = fold(row.population);
  if (isOfPrimary(population)) return { leftOut: 'of primary schools' };
  if (kind === 'period' && national && period !== '' && !(periods as readonly string[]).includes(period))
    return { leftOut: 'of no known period' };

  const days = readDays(row, kind, period, academie);
  // The column of the zone may also name an own calendar.
  const whose = academie ?? academies.get(fold(row.zones));
  const zones = whose ? findZones(population, whose) : [];
  const once = national || /^(?:debut|grandes|vacances)\b/.test(fold(row.description));
  const reason = row.misshapen ?? findFault(row, period, academies) ?? days.reason;
  if (academie && reason === undefined && days.kind) {
    const open = national ? {} : { openUntil: latestSummerEnd(schoolYear, academie) };
    return { line, academie: academie.name, zones, population, schoolYear, period, once, ...days, ...open };
  }
  const span = days.kind ? { firstDayOff: days.firstDayOff, lastDayOff: days.lastDayOff } : days.span;
  const gaps = whose && !whose.zone ? findGaps(zones, { line, schoolYear, period, once, span }) : [];
  const about = row.misshapen ? '' : rowName(row);
  return { impossible: { line, ...(about ? { about } : {}), reason: reason ?? '', gaps } };
}

/** Names a row for reports; never repeats what looks like personal data. */
export const rowName = ({ academie, description, schoolYear }: CalendarRow): string =>
  [academie, description, schoolYear].filter((text) => text !== '' && !findPersonalSigns(text)).join(', ');

/** What a row is about: days of pupils, the day they or their teachers are back, or nothing relevant. */
function kindOf(row: CalendarRow): CalendarEntry['kind'] | 'teachers' {
  const [population, description] = [fold(row.population), fold(row.description)];
  const teachers = population.startsWith('enseignant') || description.includes('enseignant');
  const back = /\brentree\b/.test(description);
  if (description.startsWith('prerentree') || (back && teachers)) return 'teachers-back';
  if (teachers) return 'teachers';
  return back ? 'back' : 'period';
}

/** A row may be about primary schools and collèges, whose pupils of 3e then have these days off. */
const isOfPrimary = (population: string): boolean =>
  /premier degre|\becoles?\b/.test(population) && !/second degre|college|lycee/.test(population);

/** What is wrong with the words of a row; nothing if they say who, when and what. */
function findFault(
  row: CalendarRow,
  period: string,
  academies: ReadonlyMap<string, Academie>,
): string | undefined {
  const academie = academies.get(fold(row.academie));
  if (row.academie === '') return 'it names no académie';
  if (!academie) return `${quoteCell(row.academie)} is no académie of data/academies.json`;
  if (row.zones === '') return 'it names no zone';
  const own = academies.get(fold(row.zones)) === academie;
  if (academie.zone ? fold(row.zones) !== fold(`zone ${academie.zone}`) : !own)
    return `${academie.name} is in ${quoteCell(row.zones)}, and ${academie.zone ? `in zone ${academie.zone}` : 'a zone of its own'} in data/academies.json`;
  if (!isSchoolYear(row.schoolYear))
    return row.schoolYear === ''
      ? 'it names no school year'
      : `${quoteCell(row.schoolYear)} is no school year such as 2026-2027`;
  if (row.description === '') return 'it does not say which holiday it is';
  if (period === '')
    return 'its description looks like personal data, which is not collected here (article 7)';
  return undefined;
}

/**
 * The zones that a row is for. In Guadeloupe the column of the population may name territories instead, or the
 * académie without one of them (`Guadeloupe sauf Saint-Martin`). An unknown population means everybody, because one
 * day off too many does less harm than one too few.
 */
function findZones(population: string, academie: Academie): string[] {
  const main = holidayZone(academie);
  const others = Object.keys(academie.otherZones ?? {}).map((d) =>
    holidayZone(narrowToDepartement(academie, d)),
  );
  const all = [main, ...others];
  const namedIn = (text: string) => all.filter((zone) => text.includes(fold(zone)));
  const [, but = ''] = population.split(/\b(?:sauf|hors|excepte)\b/);
  const without = namedIn(but);
  if (without.length > 0) return all.filter((zone) => !without.includes(zone));
  const named = namedIn(population);
  return named.length > 0 ? named : all;
}

/** `Vacances de la Toussaint` is `Toussaint`; periods that the zones do not have keep their names. */
function toPeriod(description: string): string {
  const words = fold(description).split(' ');
  const known = words.includes('austral') ? undefined : periodsByWord.find(([word]) => words.includes(word));
  if (known) return known[1];
  const name = description
    .replace(/^début des\s+/i, '')
    .replace(/^vacances\s+(?:de la\s+|de l['’]\s*|d['’]\s*|des\s+|du\s+|de\s+)?/i, '')
    .trim();
  return name.charAt(0).toUpperCase() + name.slice(1);
}
