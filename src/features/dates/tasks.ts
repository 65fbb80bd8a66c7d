import {
  beginningOf,
  confirmationDeadline,
  secondQuestionTime,
  wasAskedInTime,
} from '../../domain/engagements/confirmation.js';
import type { Reader } from '../../ports.js';
import { zone } from '../../text/dates.js';
import type { FeatureTask, PlannedTask, Request, Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { isAhead } from '../shared/tasks.js';

/**
 * Who has not answered is asked once more on the last morning before its end; then the coordinators are told, and the
 * date stays: the school counts on it. Somebody asked on that very day is only listed.
 */
export async function planQuestions(
  { action, engagements }: Request,
  reader: Reader,
  services: Services,
): Promise<PlannedTask[]> {
  if (!action.availability || action.state !== 'open') return [];
  const own = engagements.find((e) => e.employeeId === action.createdBy);
  if (!own?.confirmBy || own.proposal) return [];
  const { employeeId, confirmBy } = own;
  const { messageHours } = services.convention;
  const occurrence = `${employeeId}:${confirmBy}:${action.revision ?? 0}`;
  const deadline = confirmationDeadline(confirmBy, messageHours, zone);
  const place = (await reader.get('people', employeeId))?.timeZone ?? zone;
  const again: PlannedTask = {
    task: 'again',
    occurrence,
    employeeId,
    dueAt: secondQuestionTime(confirmBy, deadline, place, messageHours, services.calendar),
    until: deadline,
  };
  const isAsked = wasAskedInTime(own) && (await isAhead(reader, 'dates', action.id, again, services));
  return [
    ...(isAsked ? [again] : []),
    { task: 'unanswered', occurrence, dueAt: deadline, until: beginningOf(action, zone) },
  ];
}

export const again: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId, employeeId = '' }, key, services) {
    await notify(tx, services, employeeId, { key, message: 'dates.again', actionId });
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
      actionId,
    });
  },
};
