import type { Action, Engagement, HistoryRow } from '../../domain/action.js';
import {
  answerDay,
  type Invitation,
  type InvitationMove,
  invitationState,
} from '../../domain/engagements/invitations.js';
import type { Reader, Transaction } from '../../ports.js';
import type { Request, Services } from '../feature.js';
import { countFreeSeats } from '../sessions/row.js';
import { engagementId, enqueueRedraws } from '../shared/records.js';
import { planTasks } from '../shared/tasks.js';

type Row = Omit<HistoryRow, 'actionId' | 'at'>;

/** The history row of a move of an invitation. It names the engagement that would follow from a yes. */
export const invitationRow = (
  id: string,
  { actionId, employeeId }: Pick<Invitation, 'actionId' | 'employeeId'>,
  { move, from, to, by }: { move: InvitationMove; from: string; to: string; by: string },
): Row => ({ id, engagementId: engagementId(actionId, employeeId), move, from, to, by });

/** Writes invitations with their history, plans the tasks of their session anew, and updates the cards of the invited. */
export async function writeInvitations(
  tx: Transaction,
  services: Services,
  request: Request,
  written: readonly { readonly invitation: Invitation; readonly row: Row }[],
): Promise<void> {
  const at = services.clock.now();
  const actionId = request.action.id;
  for (const { invitation, row } of written) {
    await tx.put('invitations', invitation);
    await tx.add('history', { ...row, actionId, at });
  }
  await planTasks(tx, services, request);
  const by = written[0]?.row.by;
  await enqueueRedraws(tx, services, actionId, { by, message: 'invitations.invited' });
}

/** The invitations to a session, each with where it stands now. */
export async function readInvitations(
  reader: Reader,
  { action, engagements }: Request,
): Promise<{ readonly invitation: Invitation; readonly state: Invitation['state'] }[]> {
  const byEmployee = new Map<string, Engagement>(engagements.map((e) => [e.employeeId, e]));
  return (await reader.list('invitations', 'byAction', action.id)).map((invitation) => ({
    invitation,
    state: invitationState(invitation, byEmployee.get(invitation.employeeId)),
  }));
}

/** The last day on which an answer to an invitation is awaited, for its session as it is now. */
export const answerDayOf = (
  invitation: Invitation,
  action: Action,
  { convention, calendar }: Services,
): string => answerDay(invitation, action, convention.invitationDays, calendar);

/** Tells the coordinators that they can ask the next, once nobody is awaited any more and a seat is still free. */
export async function tellNext(
  tx: Transaction,
  services: Services,
  request: Request,
  occurrence: string,
): Promise<void> {
  if (countFreeSeats(request) === 0) return;
  if ((await readInvitations(tx, request)).some(({ state }) => state === 'sent')) return;
  const channel = await tx.get('channels', 'coordinators');
  if (!channel) return;
  const { conversationId, lang } = channel;
  await services.enqueue(tx, {
    key: `invitations.next:${occurrence}`,
    conversationId,
    lang,
    message: 'invitations.next',
    data: { actionId: request.action.id },
  });
}
