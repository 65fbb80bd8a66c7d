import { daysBefore } from '../../domain/calendar/working-hours.js';
import { startOfDay } from '../../domain/days.js';
import { countMissingAgreements } from '../../domain/placements/agreements.js';
import type { Reader } from '../../ports.js';
import { zone } from '../../text/dates.js';
import type { FeatureTask, PlannedTask, Request, Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { readRequest } from '../shared/records.js';

const findHost = ({ action, engagements }: Request) =>
  action.state === 'open' && countMissingAgreements(action) > 0
    ? engagements.find((e) => e.state === 'approved')
    : undefined;

/**
 * A reminder of missing agreements at each of the distances that the settings give, until the next one is due; the last
 * one until the placement starts. A placement approved late gets those that are still to come, and the one it is late for.
 */
export async function planReminders(
  request: Request,
  reader: Reader,
  { convention, calendar }: Services,
): Promise<PlannedTask[]> {
  const host = findHost(request);
  if (!host) return [];
  const { firstDay } = request.action;
  const zoneOfHost = (await reader.get('people', host.employeeId))?.timeZone ?? zone;
  const at = (days: number) => daysBefore(firstDay, days, zoneOfHost, convention.messageHours, calendar);
  const distances = [...convention.agreementReminders].sort((a, b) => b - a);
  return distances.flatMap((days, i) => {
    const next = distances[i + 1];
    const until = next === undefined ? startOfDay(firstDay, zoneOfHost) : at(next);
    if (until <= host.since) return [];
    const occurrence = `${host.employeeId}:${firstDay}:${days}`;
    return [{ task: 'due', occurrence, employeeId: host.employeeId, dueAt: at(days), until }];
  });
}

/** Reminds the host and the coordinators of missing agreements. */
export const reminderTask: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId }, key, services) {
    const request = await readRequest(tx, actionId);
    const host = request && findHost(request);
    if (!host) return;
    const message = { message: 'agreements.due', data: { actionId } };
    await notify(tx, services, host.employeeId, { ...message, key: `${key}:host` });
    const channel = await tx.get('channels', 'coordinators');
    if (!channel) return;
    const { conversationId, lang } = channel;
    await services.enqueue(tx, { ...message, key: `${key}:coordinators`, conversationId, lang });
  },
};
