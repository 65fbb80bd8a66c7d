import type { Day } from '../domain/action.js';
import type { SchoolHoliday } from '../domain/calendar.js';
import { addDays } from '../domain/convention.js';
import { groupBy, nationalZones } from './check-rows.js';
import type { CalendarEntry } from './official-calendar.js';
import { lacking } from './school-holidays.js';

/** A holiday as the official file gives it. `verified` false: its end was not in the file. */
export interface OfficialHoliday extends SchoolHoliday {
  readonly verified: boolean;
}

export interface OfficialHolidays {
  readonly holidays: readonly OfficialHoliday[];
  /** Zones' years that the file gives a part of only: left as they are. */
  readonly incomplete: readonly string[];
  /** Académies of one zone that disagree, with their rows. */
  readonly faults: readonly string[];
}

/** A holiday of one académie, and the rows it is from. */
interface Found extends OfficialHoliday {
  readonly academie: string;
  readonly lines: readonly number[];
}

/**
 * The holidays of each zone and school year that what the rows say amounts to.
 * @param known the holidays kept so far: they give the end of a summer of which the file has the start only
 */
export function holidaysOf(
  entries: readonly CalendarEntry[],
  known: readonly (SchoolHoliday & { readonly verified?: unknown })[],
): OfficialHolidays {
  const found = entries.flatMap((e) => e.zones.map((zone) => ({ ...e, zone })));
  const byYear = groupBy(found, (e) => `${e.zone}\n${e.academie}\n${e.schoolYear}`);
  const all = [...byYear.values()].flatMap((year) => {
    const [{ zone, academie, schoolYear } = { zone: '', academie: '', schoolYear: '' }] = year;
    const next = byYear.get(`${zone}\n${academie}\n${yearAfter(schoolYear)}`) ?? [];
    return ofAcademie(year, next, known);
  });

  const faults: string[] = [];
  const incomplete: string[] = [];
  const holidays: OfficialHoliday[] = [];
  for (const [name, rows] of groupBy(all, (h) => `${h.schoolYear}, zone ${h.zone}`)) {
    const disagreeing = [...groupBy(rows, (h) => h.period).values()].flatMap(disagreement);
    faults.push(...disagreeing.map((text) => `${name}, ${text}`));
    const year = disjoint(onePerPeriod(rows));
    const [first] = year;
    const missing = first && lacking(first, year);
    if (missing) incomplete.push(`${name}: the file lacks ${missing}`);
    else if (disagreeing.length === 0) holidays.push(...year);
  }
  return { holidays, incomplete, faults };
}

const yearAfter = (schoolYear: string): string => {
  const to = Number(schoolYear.slice(5));
  return `${to}-${to + 1}`;
};

type ZoneEntry = CalendarEntry & { readonly zone: string };

/** The holidays of one académie's year: rows for several populations are joined, and the summer gets its end. */
function ofAcademie(
  year: readonly ZoneEntry[],
  next: readonly ZoneEntry[],
  known: readonly (SchoolHoliday & { readonly verified?: unknown })[],
): Found[] {
  const joined = [
    ...groupBy(
      year.filter((e) => e.kind === 'period'),
      (e) => e.period,
    ).values(),
  ].flatMap(join);
  const [start] = year
    .filter((e) => e.kind === 'summer-start')
    .sort((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  // The file has both when the end of a summer is announced.
  if (!start || joined.some((h) => h.firstDayOff <= start.firstDayOff && start.firstDayOff <= h.lastDayOff))
    return joined;
  return [...joined, { ...found(start), ...summerEnd(start, next, known) }];
}

const found = ({ schoolYear, zone, period, firstDayOff, lastDayOff, academie, line }: ZoneEntry): Found => ({
  schoolYear,
  zone,
  period,
  firstDayOff,
  lastDayOff,
  verified: true,
  academie,
  lines: [line],
});

/** Overlapping rows of one period, for two populations, are one: as long as both. */
function join(rows: readonly ZoneEntry[]): Found[] {
  const sorted = rows.map(found).sort((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  const joined: Found[] = [];
  for (const h of sorted) {
    const before = joined.at(-1);
    if (!before || before.lastDayOff < h.firstDayOff) joined.push(h);
    else
      joined[joined.length - 1] = {
        ...before,
        lastDayOff: later(before.lastDayOff, h.lastDayOff),
        lines: [...before.lines, ...h.lines],
      };
  }
  // Two separate holidays of one name: an own calendar may have them, and each needs a name.
  return joined.map((h, i) => (i === 0 ? h : { ...h, period: `${h.period} (${i + 1})` }));
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);

/**
 * Where a summer ends of which the file has the start only: on the eve of the day pupils are back, on the day
 * teachers are, where it ended so far, or, for want of anything better, with the school year.
 */
function summerEnd(
  start: ZoneEntry,
  next: readonly ZoneEntry[],
  known: readonly (SchoolHoliday & { readonly verified?: unknown })[],
): { lastDayOff: Day; verified: boolean } {
  const last = (kind: CalendarEntry['kind']) =>
    next
      .filter((e) => e.kind === kind && e.firstDayOff > start.firstDayOff)
      .map((e) => e.firstDayOff)
      .reduce<Day>(later, '');
  const [back, teachersBack] = [last('back'), last('teachers-back')];
  if (back) return { lastDayOff: addDays(back, -1), verified: true };
  if (teachersBack) return { lastDayOff: teachersBack, verified: false };
  const kept = known.find((h) => h.zone === start.zone && h.firstDayOff === start.firstDayOff);
  if (kept) return { lastDayOff: kept.lastDayOff, verified: kept.verified === true };
  return { lastDayOff: `${start.schoolYear.slice(5)}-08-31`, verified: false };
}

/** What is said when the académies of a zone have one period on different days; nothing when they agree. */
function disagreement(rows: readonly Found[]): string[] {
  const days = groupBy(rows, (h) => `${h.firstDayOff} to ${h.lastDayOff}`);
  if (days.size === 1) return [];
  const sides = [...days].map(
    ([when, same]) =>
      `${when} in ${same.map((h) => `${h.academie} (line ${h.lines.join(', ')})`).join(', ')}`,
  );
  return [`${rows[0]?.period}: ${sides.join('; ')}`];
}

const onePerPeriod = (rows: readonly Found[]): OfficialHoliday[] =>
  [...groupBy(rows, (h) => h.period).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { academie: _, lines: __, ...holiday } = first;
    return [holiday];
  });

/** Days off inside other holidays are part of them: an own calendar has such (Good Friday in the Easter holidays). */
function disjoint(year: readonly OfficialHoliday[]): OfficialHoliday[] {
  const sorted = year.toSorted((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  if (nationalZones.includes(sorted[0]?.zone ?? '')) return sorted;
  const kept: OfficialHoliday[] = [];
  for (const h of sorted) {
    const before = kept.at(-1);
    if (!before || before.lastDayOff < h.firstDayOff) kept.push(h);
    else if (before.lastDayOff < h.lastDayOff)
      kept.push({ ...h, firstDayOff: addDays(before.lastDayOff, 1) });
  }
  return kept;
}
