import { groupBy, nationalZones } from '../files/check-rows.js';
import { isWithin, overlaps } from './gaps.js';
import type { CalendarEntry, FoundHoliday, Gap, ImpossibleRow, Span } from './official-entries.js';

/** What is left without rows that contradict one another, and those rows. */
export interface Agreed<T> {
  readonly sound: readonly T[];
  readonly impossible: readonly ImpossibleRow[];
}

const formatDays = ({ firstDayOff, lastDayOff }: Span): string => `${firstDayOff} to ${lastDayOff}`;

/** There is no telling which of several rows is right, so all are left out. */
const leaveOutAll = (
  lines: readonly number[],
  reason: string,
  gaps: readonly Omit<Gap, 'line'>[],
): ImpossibleRow[] =>
  lines.map((line, i) => ({ line, reason, gaps: i === 0 ? gaps.map((gap) => ({ ...gap, line })) : [] }));

/** From the first day of some holidays to the last of any. */
const toSpan = (holidays: readonly Span[]): Span => ({
  firstDayOff: holidays.map((h) => h.firstDayOff).reduce((a, b) => (a < b ? a : b)),
  lastDayOff: holidays.map((h) => h.lastDayOff).reduce((a, b) => (a > b ? a : b)),
});

/** Leaves out rows that give a holiday of one académie twice, for the same people, on different days. */
export function removeDuplicates(entries: readonly CalendarEntry[]): Agreed<CalendarEntry> {
  const holidays = entries.filter((e) => e.once && (e.kind === 'period' || e.kind === 'summer-start'));
  const groups = groupBy(holidays, (e) =>
    [e.academie, e.schoolYear, e.kind, e.period, e.population, ...e.zones].join('\n'),
  );
  const impossible = [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    const days = new Set(rows.map(formatDays));
    if (!first || days.size === 1) return [];
    const { academie, schoolYear, period, once, zones } = first;
    const gap = { schoolYear, period, once, span: toSpan(rows) };
    return leaveOutAll(
      rows.map((e) => e.line),
      `${academie} has ${period} of ${schoolYear} on several days: ${[...days].join('; ')}`,
      zones.filter((zone) => !nationalZones.includes(zone)).map((zone) => ({ ...gap, zone })),
    );
  });
  const lines = new Set(impossible.map(({ line }) => line));
  return { sound: entries.filter(({ line }) => !lines.has(line)), impossible };
}

/**
 * The holidays of a zone's year that its académies share. By law they have one calendar: where most of them have the
 * same days, those with others are left out; where there is no majority, all are.
 */
export function keepCommon(rows: readonly FoundHoliday[]): Agreed<FoundHoliday> {
  const impossible: ImpossibleRow[] = [];
  const sound = [...groupBy(rows, (h) => h.period).values()].flatMap((same): FoundHoliday[] => {
    // The end of a summer may be published for some of them only.
    const sure = same.some((h) => h.verified) ? same.filter((h) => h.verified) : same;
    const days = [...groupBy(sure, formatDays).values()].sort((a, b) => b.length - a.length);
    const [most = []] = days;
    const [common] = most;
    if (!common) return [];
    const { schoolYear, zone, period } = common;
    const name = `${period} of ${schoolYear}`;
    if (2 * most.length <= sure.length) {
      const sides = days.map(
        (side) => `${formatDays(side[0] ?? common)} in ${side.map((h) => h.academie).join(', ')}`,
      );
      const reason = `the académies of zone ${zone} do not agree on ${name}: ${sides.join('; ')}`;
      impossible.push(
        ...leaveOutAll(
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
          ...leaveOutAll(
            h.lines,
            `${h.academie} has ${name} from ${formatDays(h)}, and ${most.length} other académies of zone ${zone} from ${formatDays(common)}`,
            [],
          ),
        );
    return [{ ...common, lines: most.flatMap((h) => h.lines) }];
  });
  return { sound, impossible };
}

/**
 * The holidays of a zone's year without contradictions, in order. Days off within other holidays are part of them:
 * own calendars have some (Good Friday in the Easter holidays). Others that overlap are left out.
 */
export function removeOverlaps(year: readonly FoundHoliday[]): Agreed<FoundHoliday> {
  const own = !nationalZones.includes(year[0]?.zone ?? '');
  const sorted = year.toSorted((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  // Of two with the same days, the first one stays.
  const isPart = (h: FoundHoliday, at: number) =>
    own && sorted.some((other, i) => i !== at && isWithin(h, other) && (i < at || !isWithin(other, h)));
  const whole = sorted.filter((h, at) => !isPart(h, at));
  const overlapping = (h: FoundHoliday) => whole.filter((other) => other !== h && overlaps(h, other));
  const impossible = whole.flatMap((h) => {
    const [other] = overlapping(h);
    if (!other) return [];
    const { zone, schoolYear, period, firstDayOff, lastDayOff } = h;
    const gap = { zone, schoolYear, period, once: true, span: { firstDayOff, lastDayOff } };
    return leaveOutAll(
      h.lines,
      `${period} of ${schoolYear} in zone ${zone}, ${formatDays(h)}, overlaps ${other.period}, ${formatDays(other)}`,
      own ? [gap] : [],
    );
  });
  return { sound: whole.filter((h) => overlapping(h).length === 0), impossible };
}
