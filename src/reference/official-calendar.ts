import type { Day } from '../domain/action.js';
import { type Academie, holidayZone, inDepartement } from '../domain/calendar.js';
import { findPersonalSigns } from '../domain/personal-data/index.js';
import { folded } from '../domain/schools/words.js';
import { isSchoolYear } from './check-rows.js';
import { gapsOf, type ImpossibleRow } from './gaps.js';
import { latestSummer, quoted, readDays } from './official-days.js';
import type { Columns, CsvRow } from './read-csv.js';
import { periods } from './school-holidays.js';

/** The columns of `fr-en-calendrier-scolaire`, by their label and by their technical name. */
export const calendarColumns = {
  description: ['Description'],
  population: ['Population'],
  start: ['Date de début', 'start_date'],
  end: ['Date de fin', 'end_date'],
  academie: ['Académies', 'location'],
  zones: ['Zones'],
  schoolYear: ['annee_scolaire', 'Année scolaire'],
} satisfies Columns<string>;
export type CalendarRow = CsvRow<keyof typeof calendarColumns>;

/** Why a row gives no holiday; none of these is a fault. */
export type LeftOut =
  | 'of teachers'
  | 'of primary schools'
  | 'of a school year before the first one kept'
  | 'of a territory whose school year is the civil year'
  | 'of no known period';

/** What one row says of the pupils of an académie. */
export interface CalendarEntry {
  readonly line: number;
  readonly academie: string;
  /** The zones that follow it: one, or those of an académie's territories. */
  readonly zones: readonly string[];
  /** As the file calls it, folded. */
  readonly population: string;
  readonly schoolYear: string;
  /** `back`: pupils are at school from that day. `teachers-back`: pupils are not yet. */
  readonly kind: 'period' | 'summer-start' | 'back' | 'teachers-back';
  readonly period: string;
  /** True of holidays, which a year has once, and not of a day such as that of the abolition of slavery. */
  readonly once: boolean;
  readonly firstDayOff: Day;
  /** The same as the first for what is one day only. */
  readonly lastDayOff: Day;
  /** Of an own calendar: the last day that its summer can have, when its end is not out. */
  readonly openUntil?: Day;
}

export type ReadEntry =
  | CalendarEntry
  | { readonly leftOut: LeftOut }
  | { readonly impossible: ImpossibleRow };

/** South of the equator, with a school year from February to December: the years of Passerelle cannot hold it. */
const civilYearZones = ['Nouvelle-Calédonie', 'Wallis-et-Futuna'];

/** The periods by the word that tells them; a winter of the south is not the one of the zones. */
const byWord: readonly (readonly [string, (typeof periods)[number]])[] = [
  ['toussaint', 'Toussaint'],
  ['noel', 'Noël'],
  ['hiver', 'Hiver'],
  ['printemps', 'Printemps'],
  ['ascension', "Pont de l'Ascension"],
  ['ete', 'Été'],
];

/**
 * Reads one row of the official file.
 * @param academies by their folded names (`academiesByName`)
 * @param oldest the first school year to keep
 */
export function readEntry(
  row: CalendarRow,
  academies: ReadonlyMap<string, Academie>,
  oldest: string,
): ReadEntry {
  const { line, schoolYear } = row;
  const academie = academies.get(folded(row.academie));
  const national = academie?.zone !== undefined;
  const kind = kindOf(row);
  // An own calendar keeps the names of its periods as they are.
  const period = findPersonalSigns(row.description) ? '' : periodOf(row.description);
  // What is wrong with a row that does not matter here is nobody's concern.
  if (academie && civilYearZones.includes(holidayZone(academie)))
    return { leftOut: 'of a territory whose school year is the civil year' };
  if (isSchoolYear(schoolYear) && schoolYear < oldest)
    return { leftOut: 'of a school year before the first one kept' };
  if (kind === 'teachers') return { leftOut: 'of teachers' };
  const population = folded(row.population);
  if (isOfPrimary(population)) return { leftOut: 'of primary schools' };
  if (kind === 'period' && national && period !== '' && !(periods as readonly string[]).includes(period))
    return { leftOut: 'of no known period' };

  const days = readDays(row, kind, period, academie);
  // The column of the zone names an own calendar too.
  const whose = academie ?? academies.get(folded(row.zones));
  const zones = whose ? zonesMeant(population, whose) : [];
  const once = national || /^(?:debut|grandes|vacances)\b/.test(folded(row.description));
  const reason = row.misshapen ?? faultOf(row, period, academies) ?? days.reason;
  if (academie && reason === undefined && days.kind) {
    const open = national ? {} : { openUntil: latestSummer(schoolYear, academie) };
    return { line, academie: academie.name, zones, population, schoolYear, period, once, ...days, ...open };
  }
  const span = days.kind ? { firstDayOff: days.firstDayOff, lastDayOff: days.lastDayOff } : days.span;
  const gaps = whose && !whose.zone ? gapsOf(zones, { line, schoolYear, period, once, span }) : [];
  const about = row.misshapen ? '' : rowName(row);
  return { impossible: { line, ...(about ? { about } : {}), reason: reason ?? '', gaps } };
}

/** Whose row it is and of what, to be told; what looks like personal data is not repeated. */
export const rowName = ({ academie, description, schoolYear }: CalendarRow): string =>
  [academie, description, schoolYear].filter((text) => text !== '' && !findPersonalSigns(text)).join(', ');

/** What a row is about: the days of pupils, the day they or their teachers are back, or nothing of these. */
function kindOf(row: CalendarRow): CalendarEntry['kind'] | 'teachers' {
  const [population, description] = [folded(row.population), folded(row.description)];
  const teachers = population.startsWith('enseignant') || description.includes('enseignant');
  const back = /\brentree\b/.test(description);
  if (description.startsWith('prerentree') || (back && teachers)) return 'teachers-back';
  if (teachers) return 'teachers';
  return back ? 'back' : 'period';
}

/** A row may be of primary schools and collèges: pupils of 3e have these days off. */
const isOfPrimary = (population: string): boolean =>
  /premier degre|\becoles?\b/.test(population) && !/second degre|college|lycee/.test(population);

/** What is wrong with the words of a row; nothing when it says who, when and what. */
function faultOf(
  row: CalendarRow,
  period: string,
  academies: ReadonlyMap<string, Academie>,
): string | undefined {
  const academie = academies.get(folded(row.academie));
  if (row.academie === '') return 'it names no académie';
  if (!academie) return `${quoted(row.academie)} is no académie of data/academies.json`;
  if (row.zones === '') return 'it names no zone';
  const own = academies.get(folded(row.zones)) === academie;
  if (academie.zone ? folded(row.zones) !== folded(`zone ${academie.zone}`) : !own)
    return `${academie.name} is in ${quoted(row.zones)}, and ${academie.zone ? `in zone ${academie.zone}` : 'a zone of its own'} in data/academies.json`;
  if (!isSchoolYear(row.schoolYear))
    return row.schoolYear === ''
      ? 'it names no school year'
      : `${quoted(row.schoolYear)} is no school year such as 2026-2027`;
  if (row.description === '') return 'it does not say which holiday it is';
  if (period === '')
    return 'its description looks like personal data, which is not collected here (article 7)';
  return undefined;
}

/**
 * The zones a row is for. In Guadeloupe the column of the population may name territories instead, or the académie
 * without one of them (`Guadeloupe sauf Saint-Martin`); a population that is not known is taken for everybody, because
 * one day off too many does less harm than one too few.
 */
function zonesMeant(population: string, academie: Academie): string[] {
  const main = holidayZone(academie);
  const others = Object.keys(academie.otherZones ?? {}).map((d) => holidayZone(inDepartement(academie, d)));
  const all = [main, ...others];
  const namedIn = (text: string) => all.filter((zone) => text.includes(folded(zone)));
  const [, but = ''] = population.split(/\b(?:sauf|hors|excepte)\b/);
  const without = namedIn(but);
  if (without.length > 0) return all.filter((zone) => !without.includes(zone));
  const named = namedIn(population);
  return named.length > 0 ? named : all;
}

/** `Vacances de la Toussaint` is `Toussaint`; what the zones do not have keeps its own name. */
function periodOf(description: string): string {
  const words = folded(description).split(' ');
  const known = words.includes('austral') ? undefined : byWord.find(([word]) => words.includes(word));
  if (known) return known[1];
  const name = description
    .replace(/^début des\s+/i, '')
    .replace(/^vacances\s+(?:de la\s+|de l['’]\s*|d['’]\s*|des\s+|du\s+|de\s+)?/i, '')
    .trim();
  return name.charAt(0).toUpperCase() + name.slice(1);
}
