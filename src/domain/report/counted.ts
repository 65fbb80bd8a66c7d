import { type Action, type Corrected, type Engagement, isPlacement } from '../action.js';
import { type Academie, type Calendar, classifyDay } from '../calendar/school-calendar.js';
import { type Day, eachDay, weekday } from '../days.js';
import { countFilledPlaces } from '../placements/places.js';
import { type Cut, cutKeys } from './cuts.js';
import { type ActionLocation, locateAction, type ReportContext } from './location.js';

/** Of an action, what its figures and the list of actions need. */
export interface CountedAction
  extends Pick<Action, 'id' | 'number' | 'kind' | 'firstDay' | 'lastDay' | 'places' | 'hosting'> {
  readonly corrected?: Omit<Corrected, 'by'>;
}

/** What one action and its engagements add to the figures of its year: a line of the report. */
export interface Counted {
  readonly action: CountedAction;
  /** `planned`: to come, with an approved engagement. `not-held`: only the places that were offered count. */
  readonly state: 'held' | 'planned' | 'not-held';
  /** Those who attended; of an action to come, those who are approved. */
  readonly employees: readonly string[];
  /** Pupils met or hosted, once for the action. */
  readonly pupils: number;
  /** Pupils' places of a placement, and those that are filled. */
  readonly offered: number;
  readonly filled: number;
  /** Days on which the pupils of a placement come, and those days times the pupils hosted. */
  readonly presenceDays: number;
  readonly personDays: number;
  /** UAI codes, and keys of names that were typed (`schoolKey`). */
  readonly schools: readonly string[];
  /** The schools that were only typed: their keys and names. */
  readonly typedSchools: readonly (readonly [key: string, name: string])[];
  /** The row of each cut in which it is counted. */
  readonly keys: Readonly<Record<Cut, string>>;
}

const isEngaged = ({ state }: Engagement): boolean =>
  state === 'approved' || state === 'attended' || state === 'absent';

/** Whether an action may count for a report; otherwise its changes cannot change one. */
export const mayCount = (action: Action, engagements: readonly Engagement[]): boolean =>
  action.state === 'held' || engagements.some(isEngaged);

/**
 * What an action counts for in a report (articles 2, 3 and 5); nothing for one that is cancelled, still undecided, or
 * an availability without a day.
 */
export function countAction(
  action: Action,
  engagements: readonly Engagement[],
  context: ReportContext,
): Counted | undefined {
  const state = stateOf(action, engagements);
  if (!state) return undefined;
  const counts = { held: 'attended', planned: 'approved', 'not-held': undefined }[state];
  const employees = engagements.filter((e) => e.state === counts).map((e) => e.employeeId);
  const placement = isPlacement(action.kind);
  const held = state === 'held';
  const pupils = held ? (action.outcome?.pupils ?? 0) : 0;
  const offered = placement ? (action.places ?? 0) : 0;
  // Until the schools' places are entered, each pupil who came has filled one.
  const filled = placement ? (countFilledPlaces(action) ?? Math.min(offered, pupils)) : 0;
  const { location, presenceDays } = placeAction(action, context);
  return {
    action,
    state,
    employees,
    pupils,
    offered,
    filled,
    presenceDays,
    personDays: presenceDays * pupils,
    schools: location.schools,
    typedSchools: location.typedSchools,
    keys: cutKeys(action, location, context.calendar.events),
  };
}

/** Where an action counts, and on how many days the pupils of a placement come: what directories and calendars decide. */
export function placeAction(
  action: Action,
  context: ReportContext,
): { readonly location: ActionLocation; readonly presenceDays: number } {
  const location = locateAction(action, context);
  const presenceDays = isPlacement(action.kind)
    ? countPresenceDays(action, location.calendarOf, context.calendar)
    : 0;
  return { location, presenceDays };
}

function stateOf(action: Action, engagements: readonly Engagement[]): Counted['state'] | undefined {
  if (action.state === 'held') return 'held';
  if (action.state === 'open' && !action.halfDays)
    return engagements.some((e) => e.state === 'approved') ? 'planned' : undefined;
  return action.state === 'not-held' && engagements.some(isEngaged) ? 'not-held' : undefined;
}

/** Results by calendar: the placements of a year have few different weeks. */
const presences = new WeakMap<object, Map<string, number>>();

/**
 * The days on which pupils come: weekdays of the placement that are neither public holidays nor days off of the school
 * (article 3). Without a single académie, only national public holidays are taken off.
 */
function countPresenceDays(
  { firstDay, lastDay, weekdays }: Pick<Action, 'firstDay' | 'lastDay' | 'weekdays'>,
  academie: Academie | undefined,
  calendar: Calendar,
): number {
  const known = presences.get(calendar) ?? new Map<string, number>();
  presences.set(calendar, known);
  const key = [firstDay, lastDay, weekdays, academie?.code, academie?.departements].join('|');
  const found = known.get(key);
  if (found !== undefined) return found;
  const isWorked = (day: Day): boolean =>
    academie
      ? ['school-day', 'unknown'].includes(classifyDay(day, academie, calendar).kind)
      : calendar.publicHoliday(day, '75') === undefined;
  const days = eachDay(firstDay, lastDay).filter(
    (day) => weekday(day) <= 5 && (!weekdays || weekdays.includes(weekday(day))) && isWorked(day),
  );
  if (known.size > 5_000) known.clear();
  known.set(key, days.length);
  return days.length;
}
