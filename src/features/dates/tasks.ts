import { instantAt } from '../../domain/calendar/working-hours.js';
import { startOfDay } from '../../domain/days.js';
import { confirmationDeadline } from '../../domain/engagements/confirmation.js';
import type { Reader } from '../../ports.js';
import { zone } from '../../text/dates.js';
import type { FeatureTask, PlannedTask, Request, Services } from '../feature.js';
import { notify } from '../shared/people.js';

/**
 * Who has not answered is asked once more on the morning of the last day; at its end the coordinators are told, and the
 * date stays: the school counts on it. Somebody asked on that very day is only listed.
 */
export async function planQuestions(
  { action, engagements }: Request,
  reader: Reader,
  { convention }: Services,
): Promise<PlannedTask[]> {
  if (!action.availability || action.state !== 'open') return [];
  const own = engagements.find((e) => e.employeeId === action.createdBy);
  if (own?.state !== 'approved' || !own.confirmBy || own.proposal) return [];
  const { employeeId, confirmBy, askedOn = '' } = own;
  const { messageHours } = convention;
  const occurrence = `${employeeId}:${confirmBy}:${action.revision ?? 0}`;
  const deadline = confirmationDeadline(confirmBy, messageHours, zone);
  const place = (await reader.get('people', employeeId))?.timeZone ?? zone;
  const dueAt = instantAt(confirmBy, messageHours.usual, place);
  return [
    ...(askedOn < confirmBy ? [{ task: 'again', occurrence, employeeId, dueAt, until: deadline }] : []),
    { task: 'unanswered', occurrence, dueAt: deadline, until: startOfDay(action.firstDay, zone) },
  ];
}

export const again: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId, employeeId }, key, services) {
    if (employeeId === undefined) return;
    await notify(tx, services, employeeId, { key, message: 'dates.again', data: { actionId } });
  },
};

export const unanswered: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId }, key, services) {
    const channel = await tx.get('channels', 'coordinators');
    if (!channel) return;
    const { conversationId, lang } = channel;
    await services.enqueue(tx, {
      key,
      conversationId,
      lang,
      message: 'dates.unanswered',
      data: { actionId },
    });
  },
};
