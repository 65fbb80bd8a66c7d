import { startOfDay } from '../../domain/days.js';
import { confirmationDeadline } from '../../domain/engagements/confirmation.js';
import { checkInvitationMove, mayLapse } from '../../domain/engagements/invitations.js';
import { passerelle } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import type { FeatureTask, PlannedTask, Request, Services } from '../feature.js';
import { readRequest } from '../shared/records.js';
import { answerDayOf, invitationRow, readInvitations, tellNext, writeInvitations } from './write.js';

/** Invitations without an answer lapse at the end of their last day, all those of a day at once. */
export async function planLapses(
  request: Request,
  reader: Reader,
  services: Services,
): Promise<PlannedTask[]> {
  const { action } = request;
  if (action.origin !== 'need' || action.state !== 'open') return [];
  const days = (await readInvitations(reader, request)).flatMap(({ state, invitation }) => {
    const answerBy = answerDayOf(invitation, action, services);
    return state === 'sent' && mayLapse(invitation, answerBy) ? answerBy : [];
  });
  return [...new Set(days)].map((answerBy) => ({
    task: 'lapse',
    occurrence: answerBy,
    dueAt: confirmationDeadline(answerBy, services.convention.messageHours, zone),
    until: startOfDay(action.firstDay, zone),
  }));
}

export const lapse: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId }, key, services) {
    const request = await readRequest(tx, actionId);
    if (request?.action.state !== 'open') return;
    const { action } = request;
    const today = dayAt(services.clock.now());
    const written = (await readInvitations(tx, request)).flatMap(({ invitation, state }) => {
      const answerBy = answerDayOf(invitation, action, services);
      const verdict = checkInvitationMove('expire', { mover: passerelle, invitation, today, answerBy });
      if (state !== 'sent' || !mayLapse(invitation, answerBy) || !verdict.ok) return [];
      const move = { move: 'expire', from: state, to: verdict.to, by: passerelle.id } as const;
      const row = invitationRow(services.ids.next(), invitation, move);
      return [{ invitation: { ...invitation, state: verdict.to }, row }];
    });
    if (written.length === 0) return;
    await writeInvitations(tx, services, request, written);
    await tellNext(tx, services, request, key);
  },
};
