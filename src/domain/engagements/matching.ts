import type { Action, HalfDay } from '../action.js';
import { type Day, eachDay, type TimeOfDay, weekday } from '../days.js';

/** Where the morning ends and the afternoon begins; in between, a session can belong to either. */
export interface HalfDayLimits {
  readonly morningUntil: TimeOfDay;
  readonly afternoonFrom: TimeOfDay;
}

/** A session to be filled. */
export type Need = Pick<
  Action,
  'id' | 'kind' | 'level' | 'academies' | 'firstDay' | 'lastDay' | 'hours' | 'halfDays' | 'weekdays'
>;
/** The period in which an employee is available. */
export type Availability = Pick<
  Action,
  'kind' | 'level' | 'academies' | 'firstDay' | 'lastDay' | 'halfDays' | 'state'
>;

/** The half-days that hours take up; without hours, the whole day. */
export function halfDaysOf(
  hours: Action['hours'],
  { morningUntil, afternoonFrom }: HalfDayLimits,
): readonly HalfDay[] {
  if (!hours) return ['am', 'pm'];
  const { from, until } = hours;
  const beginsInAfternoon = from >= afternoonFrom;
  if (beginsInAfternoon) return ['pm'];
  return until <= morningUntil ? ['am'] : ['am', 'pm'];
}

/** Why a day and its hours lie outside an availability, if they do. */
export type Outside = 'period' | 'half-day';

export function findOutside(
  { firstDay, lastDay, hours }: Pick<Action, 'firstDay' | 'lastDay' | 'hours'>,
  availability: Availability,
  limits: HalfDayLimits,
): Outside | undefined {
  if (firstDay < availability.firstDay || lastDay > availability.lastDay) return 'period';
  const free = availability.halfDays ?? [];
  return halfDaysOf(hours, limits).every((half) => free.includes(half)) ? undefined : 'half-day';
}

/**
 * Whether somebody's availability fits a session: its kind and level, one of its académies, its days and its half-days.
 * The académie of a school that is not in the list may be unknown: then none is asked for. A session without a level is
 * for every level.
 */
export const fits = (need: Need, availability: Availability, limits: HalfDayLimits): boolean =>
  availability.state === 'open' &&
  availability.halfDays !== undefined &&
  availability.kind === need.kind &&
  (need.level === undefined || availability.level === need.level) &&
  (need.academies.length === 0 || need.academies.some((code) => availability.academies.includes(code))) &&
  findOutside(need, availability, limits) === undefined;

/** Whether two actions take place at the same time. An availability takes place on no day. */
export function overlaps(a: Omit<Need, 'id'>, b: Omit<Need, 'id'>): boolean {
  if (a.halfDays || b.halfDays) return false;
  const [first, last] = [
    a.firstDay > b.firstDay ? a.firstDay : b.firstDay,
    a.lastDay < b.lastDay ? a.lastDay : b.lastDay,
  ];
  if (first > last) return false;
  const isOn = (day: Day, { weekdays }: Pick<Need, 'weekdays'>) =>
    !weekdays || weekdays.includes(weekday(day));
  if (!eachDay(first, last).some((day) => isOn(day, a) && isOn(day, b))) return false;
  if (!a.hours || !b.hours) return true;
  return a.hours.from < b.hours.until && b.hours.from < a.hours.until;
}

/** Somebody who could come, and how often they have been asked. */
export interface Volunteer {
  readonly employeeId: string;
  /** In this programme year. */
  readonly invitations: number;
  /** Approved or attended, in this programme year. */
  readonly engagements: number;
  /** The number of their availability: of two who were asked equally often, the first who offered comes first. */
  readonly number: number;
}

/** The least solicited first: by invitations, then by engagements. */
export const sortVolunteers = <V extends Volunteer>(volunteers: readonly V[]): V[] =>
  [...volunteers].sort(
    (a, b) => a.invitations - b.invitations || a.engagements - b.engagements || a.number - b.number,
  );
