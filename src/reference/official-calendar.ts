import { DateTime } from 'luxon';
import type { Day } from '../domain/action.js';
import { type Academie, holidayZone, inDepartement } from '../domain/calendar.js';
import { addDays, mondayOf } from '../domain/convention.js';
import { findPersonalSigns } from '../domain/personal-data/index.js';
import { folded } from '../domain/schools/words.js';
import { isSchoolYear } from './check-rows.js';
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
  readonly schoolYear: string;
  /** `back`: pupils are at school from that day. `teachers-back`: pupils are not yet. */
  readonly kind: 'period' | 'summer-start' | 'back' | 'teachers-back';
  readonly period: string;
  readonly firstDayOff: Day;
  /** The same as the first for what is one day only. */
  readonly lastDayOff: Day;
}

export type ReadEntry = CalendarEntry | { readonly leftOut: LeftOut } | { readonly fault: string };

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
 * Reads one row of the official file. Its dates are midnight in Paris, and its end is the day classes resume.
 * @param academies by their folded names (`academiesByName`)
 * @param oldest the first school year to keep
 */
export function readEntry(
  row: CalendarRow,
  academies: ReadonlyMap<string, Academie>,
  oldest: string,
): ReadEntry {
  const fault = faultAt(row);
  // An own calendar keeps the names of its periods as they are.
  if (findPersonalSigns(row.description))
    return fault('its description looks like personal data, which is not collected here (article 7)');
  const academie = academies.get(folded(row.academie));
  if (academie && civilYearZones.includes(holidayZone(academie)))
    return { leftOut: 'of a territory whose school year is the civil year' };
  const { schoolYear } = row;
  if (!isSchoolYear(schoolYear)) return fault(`"${schoolYear}" is no school year such as 2026-2027`);
  if (schoolYear < oldest) return { leftOut: 'of a school year before the first one kept' };
  if (!academie) return fault(`"${row.academie}" is no académie of data/academies.json`);
  if (academie.zone && folded(row.zones) !== folded(`zone ${academie.zone}`))
    return fault(
      `${academie.name} is in "${row.zones}", and in zone ${academie.zone} in data/academies.json`,
    );
  return ofPupils(row, academie);
}

const faultAt = (row: CalendarRow) => (text: string) => ({ fault: `line ${row.line}: ${text}` });

/** What a row says of pupils of the second degree, or of the day their teachers are back. */
function ofPupils(row: CalendarRow, academie: Academie): ReadEntry {
  const [population, description] = [folded(row.population), folded(row.description)];
  const teachers = population.startsWith('enseignant') || description.includes('enseignant');
  const back = /\brentree\b/.test(description);
  const teachersBack = description.startsWith('prerentree') || (back && teachers);
  if (teachers && !teachersBack) return { leftOut: 'of teachers' };
  if (/premier degre|\becoles?\b/.test(population) && !population.includes('second degre'))
    return { leftOut: 'of primary schools' };
  const kind = teachersBack ? 'teachers-back' : back ? 'back' : 'period';
  return onDays(row, academie, kind);
}

function onDays(row: CalendarRow, academie: Academie, kind: CalendarEntry['kind']): ReadEntry {
  const fault = faultAt(row);
  const start = parisDay(row.start);
  const end = row.end === '' ? start : parisDay(row.end);
  if (!start || !end)
    return fault(`"${start ? row.end : row.start}" is no date such as 2026-10-16T22:00:00+00:00`);
  if (end < start) return fault(`it ends on ${end}, before it starts on ${start}`);
  const entry: CalendarEntry = {
    line: row.line,
    academie: academie.name,
    zones: zonesMeant(folded(row.population), academie),
    schoolYear: row.schoolYear,
    kind,
    period: periodOf(row.description),
    firstDayOff: start,
    lastDayOff: start,
  };
  const oneDay = start === end;
  if (kind !== 'period') return entry;
  if (oneDay && isSummerStart(row.description, entry)) return { ...entry, kind: 'summer-start' };
  if (academie.zone && !(periods as readonly string[]).includes(entry.period))
    return { leftOut: 'of no known period' };
  if (entry.period === bridge) return { ...entry, ...bridgeDays(start, end) };
  // The ministry says that pupils leave after class on the day of the start. It is a Saturday but for a few; a
  // weekday counts as off all the same: at worst a day that was possible is refused, never the other way round.
  return { ...entry, lastDayOff: oneDay ? start : addDays(end, -1) };
}

/** A year far ahead has a row `Début des Vacances d'Été`, of one day. */
const isSummerStart = (description: string, { period, firstDayOff }: CalendarEntry): boolean =>
  period === 'Été' ||
  (folded(description).startsWith('debut') && ['06', '07', '08'].includes(firstDayOff.slice(5, 7)));

const bridge = "Pont de l'Ascension";

/** Some years give the Friday only. Ascension Thursday and the weekend are off in any case. */
function bridgeDays(start: Day, resumes: Day): { firstDayOff: Day; lastDayOff: Day } {
  const monday = mondayOf(start);
  const [thursday, sunday] = [addDays(monday, 3), addDays(monday, 6)];
  return {
    firstDayOff: thursday < start ? thursday : start,
    lastDayOff: resumes > sunday ? addDays(resumes, -1) : sunday,
  };
}

/**
 * The zones a row is for. In Guadeloupe the column of the population may name the territory instead; a population
 * that is not known is taken for everybody, because one day off too many does less harm than one too few.
 */
function zonesMeant(population: string, academie: Academie): string[] {
  const main = holidayZone(academie);
  const others = Object.keys(academie.otherZones ?? {}).map((d) => holidayZone(inDepartement(academie, d)));
  const all = [main, ...others];
  const named = all.filter((zone) => population.includes(folded(zone)));
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

/** The day on which a moment is midnight in Paris, or about midnight: overseas may be given by its own clock. */
function parisDay(text: string): Day | undefined {
  const moment = DateTime.fromISO(text, { zone: 'Europe/Paris' });
  return moment.isValid ? (moment.plus({ hours: 11 }).toISODate() ?? undefined) : undefined;
}
