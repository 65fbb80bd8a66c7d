import type { SchoolHoliday } from '../domain/calendar.js';
import { groupBy, nationalZones } from './check-rows.js';
import { isWithin } from './gaps.js';
import type { OfficialHoliday } from './official-holidays.js';

/** A row of `data/school-holidays.json`, with all it says. */
export type HolidayRow = SchoolHoliday & { readonly [more: string]: unknown };

export interface Change {
  readonly kind: 'added' | 'moved' | 'confirmed' | 'removed';
  readonly text: string;
}

const keyOf = (h: SchoolHoliday): string => `${h.schoolYear}\n${h.zone}\n${h.period}`;
const yearOf = (h: SchoolHoliday): string => `${h.schoolYear}\n${h.zone}`;
const nameOf = (h: SchoolHoliday): string => `${h.schoolYear}, zone ${h.zone}, ${h.period}`;
const daysOf = (h: SchoolHoliday): string =>
  `${h.firstDayOff} to ${h.lastDayOff}${h.toCheck ? ', to be checked' : ''}`;

/**
 * Puts the years of an import in the place of those kept: a zone's year is replaced as a whole, and what the import
 * does not speak of stays. Days off that are in no official calendar stay too, unless the import has them now.
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
    ...imported.map((h) => ({ ...moreOf(before.get(keyOf(h)), h), ...h })),
  ];
  const changes = [
    ...imported.flatMap((h) => changeOf(h, before.get(keyOf(h)))),
    ...kept
      .filter((h) => !stays(h) && !after.has(keyOf(h)))
      .map((h): Change => ({ kind: 'removed', text: `${nameOf(h)}: ${daysOf(h)}` })),
  ];
  return { rows: rows.sort(inOrder), changes };
}

/** What else a row says; not that it is to be checked or by hand, nor where other days were from. */
function moreOf(row: HolidayRow | undefined, imported: OfficialHoliday): Readonly<Record<string, unknown>> {
  if (!row) return {};
  const { toCheck: _, local: __, source, ...more } = row;
  return source !== undefined && daysOf(row) === daysOf(imported) ? { ...more, source } : more;
}

function changeOf(h: OfficialHoliday, before: HolidayRow | undefined): Change[] {
  if (!before) return [{ kind: 'added', text: `${nameOf(h)}: ${daysOf(h)}` }];
  if (daysOf(before) !== daysOf(h))
    return [{ kind: 'moved', text: `${nameOf(h)}: ${daysOf(before)} → ${daysOf(h)}` }];
  if (before.verified !== h.verified)
    return [{ kind: 'confirmed', text: `${nameOf(h)}: ${daysOf(h)}${h.verified ? '' : ', no longer'}` }];
  return [];
}

/** By year, zone (the national ones first) and day. */
function inOrder(a: HolidayRow, b: HolidayRow): number {
  const rank = (h: HolidayRow) =>
    `${h.schoolYear}\n${nationalZones.includes(h.zone) ? 0 : 1}${h.zone}\n${h.firstDayOff}`;
  const [x, y] = [rank(a), rank(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
