import type { Calendar } from '../calendar/school-calendar.js';
import { nextWorkingDay } from '../calendar/working-days.js';
import { instantAt, type MessageHours } from '../calendar/working-hours.js';
import { addDays, type Day, dayIn, type Instant, weekday } from '../days.js';

/** Somebody whom the company has named for an académie or a région académique (article 2, "déclinaison régionale"). */
export interface RegionalCoordinator {
  /** Their AAD object id. */
  readonly person: string;
  /** An académie by its code, or a région académique by its name. */
  readonly area: string;
}

/** The areas for which somebody is named. */
export const areasOf = (personId: string, named: readonly RegionalCoordinator[]): string[] =>
  named.filter(({ person }) => person === personId).map(({ area }) => area);

/** A month's card: `2026-12`, and from when until when it is sent. */
export interface MonthlyCard {
  readonly month: string;
  readonly at: Instant;
  readonly until: Instant;
}

/** So many days after its own a card is still sent: later it says little of what was to come. */
const daysLate = 7;

/**
 * The card of the month that is due: on its first Monday, or the next working day if that is a public holiday, at the
 * usual time.
 */
export function findMonthlyCard(
  now: Instant,
  zone: string,
  hours: MessageHours,
  calendar: Pick<Calendar, 'publicHoliday'>,
): MonthlyCard | undefined {
  const month = dayIn(zone, now).slice(0, 7);
  const day = nextWorkingDay(firstMonday(month), calendar);
  const at = instantAt(day, hours.usual, zone);
  const until = instantAt(addDays(day, daysLate), hours.usual, zone);
  return at <= now && now < until ? { month, at, until } : undefined;
}

/** @param month `2026-12` */
function firstMonday(month: string): Day {
  const first = `${month}-01`;
  return addDays(first, (8 - weekday(first)) % 7);
}
