import { daysBefore } from '../../domain/calendar/working-hours.js';
import { beginningOf } from '../../domain/engagements/confirmation.js';
import { isExpected } from '../../domain/engagements/expected.js';
import type { Reader } from '../../ports.js';
import { zone } from '../../text/dates.js';
import type { FeatureTask, PlannedTask, Request, Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { readRequest } from '../shared/records.js';
import { taskId } from '../shared/tasks.js';
import { calendarLink } from './calendar-link.js';

/** How many days before the first one people are reminded. */
const distances = [7, 1] as const;

/**
 * A reminder of each approved engagement a week before, of use until the one a day before, which is of use until the
 * action begins. What would have been due before it was first planned is left out: whoever has just been approved, or
 * has just been told another day, knows.
 */
export async function planReminders(
  { action, engagements }: Request,
  reader: Reader,
  { convention, calendar, clock }: Services,
): Promise<PlannedTask[]> {
  const plans = engagements.map(async (engagement): Promise<PlannedTask[]> => {
    if (!isExpected(action, engagement)) return [];
    const { employeeId } = engagement;
    const { firstDay } = action;
    const zoneOfPerson = (await reader.get('people', employeeId))?.timeZone ?? zone;
    const at = (days: number) => daysBefore(firstDay, days, zoneOfPerson, convention.messageHours, calendar);
    const tasks = distances.map(async (days, i): Promise<PlannedTask[]> => {
      const next = distances[i + 1];
      const until = next === undefined ? beginningOf(action, zone) : at(next);
      const occurrence = `${employeeId}:${firstDay}:${days}`;
      const task = { task: 'due', occurrence, employeeId, dueAt: at(days), until };
      const isInTime = task.dueAt > clock.now() && task.dueAt < until;
      return isInTime || (await reader.get('tasks', taskId('reminders', action.id, task))) ? [task] : [];
    });
    return (await Promise.all(tasks)).flat();
  });
  return (await Promise.all(plans)).flat();
}

/** Reminds somebody of their engagement. */
export const reminderTask: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId, employeeId = '', until }, key, services) {
    const request = await readRequest(tx, actionId);
    const engagement = request?.engagements.find((e) => e.employeeId === employeeId);
    if (!request || !engagement || !isExpected(request.action, engagement)) return;
    const link = await calendarLink(tx, services, request.action, employeeId);
    const { firstDay } = request.action;
    const data = { actionId, employeeId, firstDay, until, ...(link ? { link } : {}) };
    await notify(tx, services, employeeId, { key, message: 'reminders.due', data });
  },
};
