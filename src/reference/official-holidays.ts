import type { Day } from '../domain/action.js';
import type { SchoolHoliday } from '../domain/calendar.js';
import { addDays } from '../domain/convention.js';
import { groupBy } from './check-rows.js';
import { commonToAll, withoutDuplicates, withoutOverlaps } from './contradictions.js';
import { fillGaps, type ImpossibleRow, numbered } from './gaps.js';
import type { CalendarEntry } from './official-calendar.js';
import { lacking } from './school-holidays.js';

/** A holiday as the official file gives it. `verified` false: its end was not in the file. */
export interface OfficialHoliday extends SchoolHoliday {
  readonly verified: boolean;
}

export interface OfficialHolidays {
  /** Whole years of zones, in their order. */
  readonly years: readonly (readonly OfficialHoliday[])[];
  /** Zones' years that the file gives a part of only: left as they are. */
  readonly incomplete: readonly string[];
  /** Rows that cannot be true, those that were given among them. */
  readonly impossible: readonly ImpossibleRow[];
}

/** A holiday of one académie, and the rows it is from. */
export interface Found extends OfficialHoliday {
  readonly academie: string;
  readonly lines: readonly number[];
}

type Kept = SchoolHoliday & { readonly verified?: unknown };

/**
 * The holidays of each zone and school year that what the rows say amounts to.
 * @param unreadable rows that cannot be true by themselves
 * @param kept the holidays kept so far: they give the end of a summer of which the file has the start only, and what
 *   rows that are left out would have said
 */
export function holidaysOf(
  entries: readonly CalendarEntry[],
  unreadable: readonly ImpossibleRow[],
  kept: readonly Kept[],
): OfficialHolidays {
  const single = withoutDuplicates(entries);
  const ofZones = single.sound.flatMap((e) => e.zones.map((zone) => ({ ...e, zone })));
  const byYear = groupBy(ofZones, (e) => `${e.zone}\n${e.academie}\n${e.schoolYear}`);
  const all = [...byYear.values()].flatMap((year) => {
    const [{ zone, academie, schoolYear } = { zone: '', academie: '', schoolYear: '' }] = year;
    const next = byYear.get(`${zone}\n${academie}\n${yearAfter(schoolYear)}`) ?? [];
    return ofAcademie(year, next, kept);
  });

  const impossible = [...unreadable, ...single.impossible];
  const agreed = [...groupBy(all, (h) => `${h.schoolYear}, zone ${h.zone}`)].map(([name, rows]) => {
    const common = commonToAll(rows);
    const apart = withoutOverlaps(common.sound);
    impossible.push(...common.impossible, ...apart.impossible);
    return { name, zone: rows[0]?.zone ?? '', schoolYear: rows[0]?.schoolYear ?? '', found: apart.sound };
  });
  const gaps = impossible.flatMap((row) => row.gaps);

  const incomplete: string[] = [];
  const years = agreed.flatMap(({ name, zone, schoolYear, found }) => {
    const ofYear = (h: { readonly zone: string; readonly schoolYear: string; readonly local?: unknown }) =>
      h.zone === zone && h.schoolYear === schoolYear && !h.local;
    const { holidays, open } = fillGaps(
      found.map(asHoliday),
      gaps.filter(ofYear),
      kept.filter(ofYear).map(asHoliday),
    );
    const missing = open ? missingFor(open) : lacking({ zone, schoolYear }, holidays);
    if (missing) incomplete.push(`${name}: the file lacks ${missing}`);
    return missing ? [] : [holidays];
  });
  const nameOf = ([h]: readonly OfficialHoliday[]) => `${h?.schoolYear} ${h?.zone}`;
  return { years: years.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)), incomplete, impossible };
}

const missingFor = ({ line, period }: { readonly line: number; readonly period: string }): string =>
  `${period || 'what'} of line ${line}, which is left out`;

const yearAfter = (schoolYear: string): string => {
  const to = Number(schoolYear.slice(5));
  return `${to}-${to + 1}`;
};

type ZoneEntry = CalendarEntry & { readonly zone: string };

const asHoliday = ({
  schoolYear,
  zone,
  period,
  firstDayOff,
  lastDayOff,
  verified,
  toCheck,
}: Kept): OfficialHoliday => ({
  schoolYear,
  zone,
  period,
  firstDayOff,
  lastDayOff,
  verified: verified === true,
  ...(toCheck ? { toCheck } : {}),
});

/** The holidays of one académie's year: rows for several populations are joined, and the summer gets its end. */
function ofAcademie(year: readonly ZoneEntry[], next: readonly ZoneEntry[], kept: readonly Kept[]): Found[] {
  const byPeriod = groupBy(
    year.filter((e) => e.kind === 'period'),
    (e) => e.period,
  );
  const [start] = year
    .filter((e) => e.kind === 'summer-start')
    .sort((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  // The file has both when the end of a summer is announced.
  const withEnd = start && byPeriod.get(start.period);
  if (withEnd)
    byPeriod.set(start.period, [{ ...start, lastDayOff: withEnd[0]?.lastDayOff ?? '' }, ...withEnd]);
  const joined = [...byPeriod.values()].flatMap(join);
  if (
    !start ||
    withEnd ||
    joined.some((h) => h.firstDayOff <= start.firstDayOff && start.firstDayOff <= h.lastDayOff)
  )
    return joined;
  return [...joined, { ...found(start), ...summerEnd(start, next, kept) }];
}

const found = (e: ZoneEntry): Found => ({
  ...asHoliday({ ...e, verified: true }),
  academie: e.academie,
  lines: [e.line],
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
  // An own calendar may have two separate holidays of one name.
  return joined.map((h, i) => ({ ...h, period: numbered(h.period, i) }));
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);

/**
 * Where a summer ends of which the file has the start only: on the eve of the day pupils are back, on the day
 * teachers are, where it ended so far, or, for want of anything better, with the school year. Where a calendar is its
 * own pupils may be back in the middle of August: its days are then to be checked.
 */
function summerEnd(
  start: ZoneEntry,
  next: readonly ZoneEntry[],
  kept: readonly Kept[],
): Pick<OfficialHoliday, 'lastDayOff' | 'verified' | 'toCheck'> {
  const last = (kind: CalendarEntry['kind']) =>
    next
      .filter((e) => e.kind === kind && e.firstDayOff > start.firstDayOff)
      .map((e) => e.firstDayOff)
      .reduce<Day>(later, '');
  const [back, teachersBack] = [last('back'), last('teachers-back')];
  if (back) return { lastDayOff: addDays(back, -1), verified: true };
  if (teachersBack) return { lastDayOff: teachersBack, verified: false };
  const before = kept.find((h) => h.zone === start.zone && h.firstDayOff === start.firstDayOff && !h.toCheck);
  if (before) return { lastDayOff: before.lastDayOff, verified: before.verified === true };
  if (start.openUntil) return { lastDayOff: start.openUntil, verified: false, toCheck: true };
  return { lastDayOff: `${start.schoolYear.slice(5)}-08-31`, verified: false };
}
