import type { SchoolHoliday } from '../../domain/calendar/school-calendar.js';
import type { Day } from '../../domain/days.js';
import type { Columns, CsvRow } from '../files/read-csv.js';

/** The columns of `fr-en-calendrier-scolaire`, by label and by technical name. */
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

/** What a row says about the pupils of an académie. */
export interface CalendarEntry {
  readonly line: number;
  readonly academie: string;
  /** The zones it applies to: one, or those of an académie's territories. */
  readonly zones: readonly string[];
  /** As named in the file, folded. */
  readonly population: string;
  readonly schoolYear: string;
  /** `back`: pupils are at school from that day. `teachers-back`: teachers are, pupils are not yet. */
  readonly kind: 'period' | 'summer-start' | 'back' | 'teachers-back';
  readonly period: string;
  /** True for holidays, which occur once a year, unlike a day such as that of the abolition of slavery. */
  readonly once: boolean;
  readonly firstDayOff: Day;
  /** The same as the first if it lasts one day. */
  readonly lastDayOff: Day;
  /** Own calendars: the latest possible last day of a summer whose end is not published. */
  readonly openUntil?: Day;
}

/** A holiday from the official file. `verified` false: the file does not give its end. */
export interface OfficialHoliday extends SchoolHoliday {
  readonly verified: boolean;
}

/** A holiday of one académie, with the rows it comes from. */
export interface FoundHoliday extends OfficialHoliday {
  readonly academie: string;
  readonly lines: readonly number[];
}

/** Days from the first to the last, both included. */
export interface Span {
  readonly firstDayOff: Day;
  readonly lastDayOff: Day;
}

/**
 * What is unknown about a zone's year because a row was left out: whether certain days are off or, if there are none,
 * any.
 */
export interface Gap {
  readonly line: number;
  readonly zone: string;
  readonly schoolYear: string;
  readonly period: string;
  /** True for a period that occurs once a year: another row with its name gives its dates. */
  readonly once: boolean;
  readonly span?: Span;
}

/** A row that cannot be true, or cannot be understood. */
export interface ImpossibleRow {
  readonly line: number;
  /** What it is about, as far as it says so, unless the reason does. */
  readonly about?: string;
  readonly reason: string;
  readonly gaps: readonly Gap[];
}
