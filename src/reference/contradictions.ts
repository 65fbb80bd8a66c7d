import { groupBy, nationalZones } from './check-rows.js';
import { type Gap, type ImpossibleRow, isWithin, overlaps, type Span } from './gaps.js';
import type { CalendarEntry } from './official-calendar.js';
import type { Found } from './official-holidays.js';

/** What is left once rows that contradict one another are left out, and these. */
export interface Agreed<T> {
  readonly sound: readonly T[];
  readonly impossible: readonly ImpossibleRow[];
}

const daysOf = ({ firstDayOff, lastDayOff }: Span): string => `${firstDayOff} to ${lastDayOff}`;

/** Nobody can tell which of several rows is right: all of them are left out. */
const allOf = (
  lines: readonly number[],
  reason: string,
  gaps: readonly Omit<Gap, 'line'>[],
): ImpossibleRow[] =>
  lines.map((line, i) => ({ line, reason, gaps: i === 0 ? gaps.map((gap) => ({ ...gap, line })) : [] }));

/** From the first day of some holidays to the last of any. */
const spanOf = (holidays: readonly Span[]): Span => ({
  firstDayOff: holidays.map((h) => h.firstDayOff).reduce((a, b) => (a < b ? a : b)),
  lastDayOff: holidays.map((h) => h.lastDayOff).reduce((a, b) => (a > b ? a : b)),
});

/** Leaves out the rows that say a holiday of one académie twice, for the same people, on different days. */
export function withoutDuplicates(entries: readonly CalendarEntry[]): Agreed<CalendarEntry> {
  const said = entries.filter((e) => e.once && (e.kind === 'period' || e.kind === 'summer-start'));
  const groups = groupBy(said, (e) =>
    [e.academie, e.schoolYear, e.kind, e.period, e.population, ...e.zones].join('\n'),
  );
  const impossible = [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    const days = new Set(rows.map(daysOf));
    if (!first || days.size === 1) return [];
    const { academie, schoolYear, period, once, zones } = first;
    const gap = { schoolYear, period, once, span: spanOf(rows) };
    return allOf(
      rows.map((e) => e.line),
      `${academie} has ${period} of ${schoolYear} on several days: ${[...days].join('; ')}`,
      zones.filter((zone) => !nationalZones.includes(zone)).map((zone) => ({ ...gap, zone })),
    );
  });
  const lines = new Set(impossible.map(({ line }) => line));
  return { sound: entries.filter(({ line }) => !lines.has(line)), impossible };
}

/**
 * The holidays of a zone's year that its académies have in common. They are one calendar by law: where most of them
 * have the same days, those with others are left out; where no days are those of most, all are.
 */
export function commonToAll(rows: readonly Found[]): Agreed<Found> {
  const impossible: ImpossibleRow[] = [];
  const sound = [...groupBy(rows, (h) => h.period).values()].flatMap((same): Found[] => {
    // The end of a summer may be out for some of them only.
    const sure = same.some((h) => h.verified) ? same.filter((h) => h.verified) : same;
    const days = [...groupBy(sure, daysOf).values()].sort((a, b) => b.length - a.length);
    const [most = []] = days;
    const [common] = most;
    if (!common) return [];
    const { schoolYear, zone, period } = common;
    const name = `${period} of ${schoolYear}`;
    if (2 * most.length <= sure.length) {
      const sides = days.map(
        (side) => `${daysOf(side[0] ?? common)} in ${side.map((h) => h.academie).join(', ')}`,
      );
      const reason = `the académies of zone ${zone} do not agree on ${name}: ${sides.join('; ')}`;
      impossible.push(
        ...allOf(
          same.flatMap((h) => h.lines).sort((a, b) => a - b),
          reason,
          [],
        ),
      );
      return [];
    }
    for (const h of same)
      if (h.firstDayOff !== common.firstDayOff || (h.verified && h.lastDayOff !== common.lastDayOff))
        impossible.push(
          ...allOf(
            h.lines,
            `${h.academie} has ${name} from ${daysOf(h)}, and ${most.length} other académies of zone ${zone} from ${daysOf(common)}`,
            [],
          ),
        );
    return [{ ...common, lines: most.flatMap((h) => h.lines) }];
  });
  return { sound, impossible };
}

/**
 * The holidays of a zone's year of which no two contradict one another, in their order. Days off inside other holidays
 * are part of them: an own calendar has such (Good Friday in the Easter holidays). Others that overlap are left out.
 */
export function withoutOverlaps(year: readonly Found[]): Agreed<Found> {
  const own = !nationalZones.includes(year[0]?.zone ?? '');
  const sorted = year.toSorted((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  // Of two that have the same days the first one stands.
  const isPart = (h: Found, at: number) =>
    own && sorted.some((other, i) => i !== at && isWithin(h, other) && (i < at || !isWithin(other, h)));
  const whole = sorted.filter((h, at) => !isPart(h, at));
  const overlapping = (h: Found) => whole.filter((other) => other !== h && overlaps(h, other));
  const impossible = whole.flatMap((h) => {
    const [other] = overlapping(h);
    if (!other) return [];
    const { zone, schoolYear, period, firstDayOff, lastDayOff } = h;
    const gap = { zone, schoolYear, period, once: true, span: { firstDayOff, lastDayOff } };
    return allOf(
      h.lines,
      `${period} of ${schoolYear} in zone ${zone}, ${daysOf(h)}, overlaps ${other.period}, ${daysOf(other)}`,
      own ? [gap] : [],
    );
  });
  return { sound: whole.filter((h) => overlapping(h).length === 0), impossible };
}
