import type { Action, Day, Kind } from '../../domain/action.js';
import { addDays } from '../../domain/convention.js';

/** What the forms of a meeting propose: a company visit lasts one day, or two in a row (article 2). */
export const meetingChoices = [
  'classroom-talk',
  'careers-fair',
  'company-visit',
  'company-visit-two-days',
  'immersion',
] as const;
export type MeetingChoice = (typeof meetingChoices)[number];

/** The kind that a choice stands for. */
export const kindOfChoice = (choice: MeetingChoice): Kind =>
  choice === 'company-visit-two-days' ? 'company-visit' : choice;

/** The last day of a meeting that begins on a day. */
export const lastDayOfChoice = (choice: MeetingChoice, firstDay: Day): Day =>
  choice === 'company-visit-two-days' ? addDays(firstDay, 1) : firstDay;

/** The choice that a stored meeting was made with. */
export const choiceOf = ({
  kind,
  firstDay,
  lastDay,
  halfDays,
}: Pick<Action, 'kind' | 'firstDay' | 'lastDay' | 'halfDays'>): string =>
  kind === 'company-visit' && !halfDays && lastDay > firstDay ? 'company-visit-two-days' : kind;
