import {
  type Academie,
  type Calendar,
  type SecondeFortnight,
  schoolYearOf,
} from '../calendar/school-calendar.js';
import { addDays, type Day, daysBetween, mondayOf } from '../days.js';
import {
  checkPlacements,
  expectFortnight,
  findFortnight,
  type PlacementDates,
  splitIntoWeeks,
  troisiemeDays,
} from './placement.js';

/** How many weeks from the requested dates others are still worth proposing. */
const maxWeeksAway = 16;

/**
 * Finds the nearest dates that all académies allow: whole weeks before and after the requested ones, at most one of
 * each, never before tomorrow. For 2de: the fortnight, or its two weeks if it is shared.
 * @param last the last day that may be requested
 */
export function findNearestDates(
  dates: PlacementDates,
  academies: readonly Academie[],
  calendar: Calendar,
  today: Day,
  last: Day = '9999-12-31',
): PlacementDates[] {
  const isPossible = (d: PlacementDates) =>
    d.firstDay > today &&
    d.lastDay <= last &&
    checkPlacements(d, academies, calendar).every((v) => v.outcome !== 'refused');
  if (dates.kind === 'placement-2de') {
    const nearest = sortFortnights(dates.firstDay, calendar).flatMap(({ firstDay, lastDay }) =>
      dates.shared ? splitIntoWeeks(firstDay, lastDay) : [{ firstDay, lastDay }],
    );
    const all = nearest.map((days) => ({ ...dates, ...days })).filter(isPossible);
    return all.slice(0, dates.shared ? 2 : 1);
  }
  const weeks = dates.kind === 'placement-3e' ? countWeeksFor3e(dates) : countWholeWeeks(dates);
  const monday = mondayOf(dates.firstDay);
  const shiftByWeeks = (shift: number): PlacementDates => {
    const firstDay = addDays(monday, 7 * shift);
    return { ...dates, firstDay, lastDay: addDays(firstDay, 7 * weeks - 3) };
  };
  const shifts = Array.from({ length: maxWeeksAway }, (_, i) => i + 1);
  const nearest = [[0], shifts.map((i) => -i), shifts].map((side) => side.map(shiftByWeeks).find(isPossible));
  return nearest.filter((d) => d !== undefined).slice(0, 2);
}

/** The known fortnights of 2de and the expected one of the requested year, nearest first. */
function sortFortnights(wish: Day, calendar: Calendar): SecondeFortnight[] {
  const year = schoolYearOf(wish);
  const expected = findFortnight(year, calendar) ? [] : [expectFortnight(year)];
  const distance = ({ firstDay }: SecondeFortnight) => Math.abs(daysBetween(wish, firstDay));
  return [...calendar.secondeFortnights, ...expected].sort((a, b) => distance(a) - distance(b));
}

/** Pupils who come one or two days a week need several weeks. */
const countWeeksFor3e = ({ weekdays }: PlacementDates): number =>
  Math.ceil(troisiemeDays.min / Math.min(troisiemeDays.min, weekdays?.length || troisiemeDays.min));

const countWholeWeeks = ({ firstDay, lastDay }: PlacementDates): number =>
  Math.min(4, Math.max(1, Math.round(daysBetween(firstDay, lastDay) / 7)));
