import type { SchoolHoliday } from '../../domain/calendar/school-calendar.js';
import { addDays, type Day } from '../../domain/days.js';
import { groupBy } from '../files/check-rows.js';
import { keepCommon, removeDuplicates, removeOverlaps } from './contradictions.js';
import { fillGaps, numberPeriod } from './gaps.js';
import type { CalendarEntry, FoundHoliday, ImpossibleRow, OfficialHoliday } from './official-entries.js';
import { describeMissing } from './school-holidays.js';

export interface OfficialHolidays {
  /** Complete years of zones, in order. */
  readonly years: readonly (readonly OfficialHoliday[])[];
  /** Years of zones that are incomplete in the file and are left as they are. */
  readonly incomplete: readonly string[];
  /** Rows that cannot be true, including the given ones. */
  readonly impossible: readonly ImpossibleRow[];
}

type Kept = SchoolHoliday & { readonly verified?: unknown };

/**
 * The holidays of each zone and school year in the rows.
 * @param unreadable rows that cannot be true on their own
 * @param kept the current holidays: they give the end of a summer of which the file has only the start, and replace
 *   rows that are left out
 */
export function buildHolidays(
  entries: readonly CalendarEntry[],
  unreadable: readonly ImpossibleRow[],
  kept: readonly Kept[],
): OfficialHolidays {
  const single = removeDuplicates(entries);
  const ofZones = single.sound.flatMap((e) => e.zones.map((zone) => ({ ...e, zone })));
  const byYear = groupBy(ofZones, (e) => `${e.zone}\n${e.academie}\n${e.schoolYear}`);
  const all = [...byYear.values()].flatMap((year) => {
    const [{ zone, academie, schoolYear } = { zone: '', academie: '', schoolYear: '' }] = year;
    const next = byYear.get(`${zone}\n${academie}\n${yearAfter(schoolYear)}`) ?? [];
    return buildAcademieYear(year, next, kept);
  });

  const impossible = [...unreadable, ...single.impossible];
  const agreed = [...groupBy(all, (h) => `${h.schoolYear}, zone ${h.zone}`)].map(([name, rows]) => {
    const common = keepCommon(rows);
    const apart = removeOverlaps(common.sound);
    impossible.push(...common.impossible, ...apart.impossible);
    return { name, zone: rows[0]?.zone ?? '', schoolYear: rows[0]?.schoolYear ?? '', found: apart.sound };
  });
  const gaps = impossible.flatMap((row) => row.gaps);

  const incomplete: string[] = [];
  const years = agreed.flatMap(({ name, zone, schoolYear, found }) => {
    const isSameYear = (h: {
      readonly zone: string;
      readonly schoolYear: string;
      readonly local?: unknown;
    }) => h.zone === zone && h.schoolYear === schoolYear && !h.local;
    const { holidays, open } = fillGaps(
      found.map(toHoliday),
      gaps.filter(isSameYear),
      kept.filter(isSameYear).map(toHoliday),
    );
    const missing = open ? describeMissingFor(open) : describeMissing({ zone, schoolYear }, holidays);
    if (missing) incomplete.push(`${name}: the file lacks ${missing}`);
    return missing ? [] : [holidays];
  });
  const nameOf = ([h]: readonly OfficialHoliday[]) => `${h?.schoolYear} ${h?.zone}`;
  return { years: years.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)), incomplete, impossible };
}

const describeMissingFor = ({ line, period }: { readonly line: number; readonly period: string }): string =>
  `${period || 'what'} of line ${line}, which is left out`;

const yearAfter = (schoolYear: string): string => {
  const to = Number(schoolYear.slice(5));
  return `${to}-${to + 1}`;
};

type ZoneEntry = CalendarEntry & { readonly zone: string };

const toHoliday = ({
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

/** The holidays of an académie's year: rows for several populations are joined, and the summer gets its end. */
function buildAcademieYear(
  year: readonly ZoneEntry[],
  next: readonly ZoneEntry[],
  kept: readonly Kept[],
): FoundHoliday[] {
  const byPeriod = groupBy(
    year.filter((e) => e.kind === 'period'),
    (e) => e.period,
  );
  const [start] = year
    .filter((e) => e.kind === 'summer-start')
    .sort((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  // The file has both once the end of a summer is announced.
  const withEnd = start && byPeriod.get(start.period);
  if (withEnd)
    byPeriod.set(start.period, [{ ...start, lastDayOff: withEnd[0]?.lastDayOff ?? '' }, ...withEnd]);
  const joined = [...byPeriod.values()].flatMap(joinOverlapping);
  if (
    !start ||
    withEnd ||
    joined.some((h) => h.firstDayOff <= start.firstDayOff && start.firstDayOff <= h.lastDayOff)
  )
    return joined;
  return [...joined, { ...toFound(start), ...findSummerEnd(start, next, kept) }];
}

const toFound = (e: ZoneEntry): FoundHoliday => ({
  ...toHoliday({ ...e, verified: true }),
  academie: e.academie,
  lines: [e.line],
});

/** Joins overlapping rows of a period, for two populations, into the longest. */
function joinOverlapping(rows: readonly ZoneEntry[]): FoundHoliday[] {
  const sorted = rows.map(toFound).sort((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  const joined: FoundHoliday[] = [];
  for (const h of sorted) {
    const before = joined.at(-1);
    if (!before || before.lastDayOff < h.firstDayOff) joined.push(h);
    else
      joined[joined.length - 1] = {
        ...before,
        lastDayOff: laterDay(before.lastDayOff, h.lastDayOff),
        lines: [...before.lines, ...h.lines],
      };
  }
  // Own calendars may have two separate holidays of one name.
  return joined.map((h, i) => ({ ...h, period: numberPeriod(h.period, i) }));
}

const laterDay = (a: Day, b: Day): Day => (a > b ? a : b);

/**
 * The end of a summer of which the file has only the start: the day before pupils are back, the day teachers are, the
 * current end, or else the end of the school year. In own calendars pupils may be back in mid-August, so those days
 * are to be checked.
 */
function findSummerEnd(
  start: ZoneEntry,
  next: readonly ZoneEntry[],
  kept: readonly Kept[],
): Pick<OfficialHoliday, 'lastDayOff' | 'verified' | 'toCheck'> {
  const findLatest = (kind: CalendarEntry['kind']) =>
    next
      .filter((e) => e.kind === kind && e.firstDayOff > start.firstDayOff)
      .map((e) => e.firstDayOff)
      .reduce<Day>(laterDay, '');
  const [back, teachersBack] = [findLatest('back'), findLatest('teachers-back')];
  if (back) return { lastDayOff: addDays(back, -1), verified: true };
  if (teachersBack) return { lastDayOff: teachersBack, verified: false };
  const before = kept.find((h) => h.zone === start.zone && h.firstDayOff === start.firstDayOff && !h.toCheck);
  if (before) return { lastDayOff: before.lastDayOff, verified: before.verified === true };
  if (start.openUntil) return { lastDayOff: start.openUntil, verified: false, toCheck: true };
  return { lastDayOff: `${start.schoolYear.slice(5)}-08-31`, verified: false };
}
