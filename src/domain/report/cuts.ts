import type { Action } from '../action.js';
import { eventOf, type MinistryEvent } from '../calendar/ministry-events.js';
import { type ActionLocation, unknown } from './location.js';

/**
 * The ways in which the figures of a year are divided. Each action is in exactly one row of each. That by school marks
 * REP and REP+; whether a school is rural, the official directory does not say.
 */
export const cuts = [
  'kind',
  'level',
  'region',
  'academie',
  'departement',
  'school',
  'event',
  'month',
  'site',
] as const;
export type Cut = (typeof cuts)[number];

/** The row of actions that belong to no event, or to no site. */
export const none = 'none';

/** The row of each cut in which an action is counted. */
export const cutKeys = (
  action: Action,
  location: ActionLocation,
  events: readonly MinistryEvent[],
): Record<Cut, string> => ({
  kind: action.kind,
  level: action.level ?? unknown,
  region: location.region,
  academie: location.academie,
  departement: location.departement,
  school: location.school,
  event: eventOf(action, events) ?? none,
  month: action.firstDay.slice(0, 7),
  site: action.site ?? none,
});
