import type { Action, Kind } from '../../domain/action.js';
import { addDays, type Day } from '../../domain/days.js';

/** The choices in forms for meetings: a company visit lasts one day, or two consecutive ones (article 2). */
export const meetingChoices = [
  'classroom-talk',
  'careers-fair',
  'company-visit',
  'company-visit-two-days',
  'immersion',
] as const;
export type MeetingChoice = (typeof meetingChoices)[number];

export const kindOfChoice = (choice: MeetingChoice): Kind =>
  choice === 'company-visit-two-days' ? 'company-visit' : choice;

/** The last day of a meeting that begins on a day. */
export const lastDayOfChoice = (choice: MeetingChoice, firstDay: Day): Day =>
  choice === 'company-visit-two-days' ? addDays(firstDay, 1) : firstDay;

/** The choice that a stored meeting corresponds to. */
export const toChoice = ({
  kind,
  firstDay,
  lastDay,
  halfDays,
}: Pick<Action, 'kind' | 'firstDay' | 'lastDay' | 'halfDays'>): string =>
  kind === 'company-visit' && !halfDays && lastDay > firstDay ? 'company-visit-two-days' : kind;
