import type { SchoolHoliday } from '../../domain/calendar/school-calendar.js';
import { groupBy, nationalZones } from '../files/check-rows.js';
import { isWithin } from './gaps.js';
import type { OfficialHoliday } from './official-entries.js';

/** A row of `data/school-holidays.json` with all its fields. */
export type HolidayRow = SchoolHoliday & { readonly [more: string]: unknown };

export interface Change {
  readonly kind: 'added' | 'moved' | 'confirmed' | 'removed';
  readonly text: string;
}

const keyOf = (h: SchoolHoliday): string => `${h.schoolYear}\n${h.zone}\n${h.period}`;
const yearOf = (h: SchoolHoliday): string => `${h.schoolYear}\n${h.zone}`;
const nameOf = (h: SchoolHoliday): string => `${h.schoolYear}, zone ${h.zone}, ${h.period}`;
const formatDays = (h: SchoolHoliday): string =>
  `${h.firstDayOff} to ${h.lastDayOff}${h.toCheck ? ', to be checked' : ''}`;

/**
 * Replaces the years that an import contains, each zone's year as a whole; all others stay. Days off that are in no
 * official calendar stay too, unless the import now has them.
 */
export function mergeHolidays(
  kept: readonly HolidayRow[],
  imported: readonly OfficialHoliday[],
): { rows: HolidayRow[]; changes: Change[] } {
  const years = groupBy(imported, yearOf);
  const before = new Map(kept.map((h) => [keyOf(h), h]));
  const after = new Set(imported.map(keyOf));
  const stays = (h: HolidayRow) =>
    !years.has(yearOf(h)) ||
    (h.local === true && !imported.some((i) => i.zone === h.zone && !i.toCheck && isWithin(h, i)));
  const rows = [
    ...kept.filter(stays),
    ...imported.map((h) => ({ ...otherFields(before.get(keyOf(h)), h), ...h })),
  ];
  const changes = [
    ...imported.flatMap((h) => describeChange(h, before.get(keyOf(h)))),
    ...kept
      .filter((h) => !stays(h) && !after.has(keyOf(h)))
      .map((h): Change => ({ kind: 'removed', text: `${nameOf(h)}: ${formatDays(h)}` })),
  ];
  return { rows: rows.sort(compareRows), changes };
}

/** The other fields of a row, without its marks "to be checked" and "by hand" and the source of its former days. */
function otherFields(
  row: HolidayRow | undefined,
  imported: OfficialHoliday,
): Readonly<Record<string, unknown>> {
  if (!row) return {};
  const { toCheck: _, local: __, source, ...more } = row;
  return source !== undefined && formatDays(row) === formatDays(imported) ? { ...more, source } : more;
}

function describeChange(h: OfficialHoliday, before: HolidayRow | undefined): Change[] {
  if (!before) return [{ kind: 'added', text: `${nameOf(h)}: ${formatDays(h)}` }];
  if (formatDays(before) !== formatDays(h))
    return [{ kind: 'moved', text: `${nameOf(h)}: ${formatDays(before)} → ${formatDays(h)}` }];
  if (before.verified !== h.verified)
    return [{ kind: 'confirmed', text: `${nameOf(h)}: ${formatDays(h)}${h.verified ? '' : ', no longer'}` }];
  return [];
}

/** By year, zone (national ones first) and day. */
function compareRows(a: HolidayRow, b: HolidayRow): number {
  const zoneRank = (h: HolidayRow) =>
    `${h.schoolYear}\n${nationalZones.includes(h.zone) ? 0 : 1}${h.zone}\n${h.firstDayOff}`;
  const [x, y] = [zoneRank(a), zoneRank(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
