import type { Day } from '../../domain/days.js';
import {
  checkInvitationMove,
  type Invitation,
  type InvitationMove,
  invitationId,
} from '../../domain/engagements/invitations.js';
import { takeSeat } from '../../domain/engagements/seats.js';
import type { Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Request, type Services } from '../feature.js';
import { writeSeats } from '../sessions/write.js';
import { muteUntil } from '../shared/people.js';
import { engagementId, readRequest } from '../shared/records.js';
import { invitationRow, tellNext, writeInvitations } from './write.js';

export type AnswerNote = 'accepted' | 'filled' | 'changed' | 'refused' | 'postponed' | undefined;

export interface Answered {
  readonly request: Request;
  readonly invitation: Invitation;
  readonly note: AnswerNote;
}

/**
 * The invitation of the person who asks, and its session.
 * @throws Refusal if they are not invited
 */
export async function readOwnInvitation(
  tx: Pick<Transaction, 'get' | 'list'>,
  actor: Actor,
  id: string,
): Promise<{ readonly request: Request; readonly invitation: Invitation }> {
  const request = await readRequest(tx as Transaction, id);
  const invitation = await tx.get('invitations', invitationId(id, actor.id));
  if (!request || !invitation) throw new Refusal('refusal.outdated');
  return { request, invitation };
}

const isEngaged = ({ engagements }: Request, employeeId: string): boolean =>
  engagements.some(
    (e) => e.employeeId === employeeId && (e.state === 'approved' || e.state === 'waitlisted'),
  );

/**
 * Takes the seat of somebody who says yes, or a place on the waiting list if the session has filled meanwhile. Nothing
 * happens if it cannot be joined any more, or is not what the card showed: the card then says so.
 * @param seen the session's revision on the card
 */
export function accept(actor: Actor, id: string, seen: number, services: Services): Promise<Answered> {
  return services.store.transact(async (tx): Promise<Answered> => {
    const { request, invitation } = await readOwnInvitation(tx, actor, id);
    if (isEngaged(request, actor.id)) return { request, invitation, note: undefined };
    if ((request.action.revision ?? 0) !== seen) return { request, invitation, note: 'changed' };
    const now = services.clock.now();
    const today = dayAt(now);
    const person = { id: engagementId(id, actor.id), employeeId: actor.id };
    const result = takeSeat(request, person, actor, { now, today });
    if (!result.ok) return { request, invitation, note: undefined };
    const verdict = checkInvitationMove('accept', { mover: actor, invitation, today });
    const accepted: Invitation = verdict.ok ? { ...invitation, state: verdict.to } : invitation;
    const move = { move: 'accept', from: invitation.state, to: accepted.state, by: actor.id } as const;
    const own = verdict.ok ? [invitationRow(services.ids.next(), invitation, move)] : [];
    if (verdict.ok) await tx.put('invitations', accepted);
    await writeSeats(tx, services, request, result.session, result.moves, {
      own,
      informed: actor.id,
    });
    const note = result.moves[0]?.move === 'join' ? 'accepted' : 'filled';
    return { request: result.session, invitation: accepted, note };
  });
}

/**
 * Records a no, or a day before which they do not want to be asked, which becomes their preference. Saying it again
 * changes nothing.
 */
export function refuse(
  actor: Actor,
  id: string,
  services: Services,
  { notBefore }: { readonly notBefore?: Day } = {},
): Promise<Answered> {
  const move: InvitationMove = notBefore === undefined ? 'refuse' : 'postpone';
  return services.store.transact(async (tx): Promise<Answered> => {
    const { request, invitation } = await readOwnInvitation(tx, actor, id);
    const today = dayAt(services.clock.now());
    const verdict = checkInvitationMove(move, { mover: actor, invitation, today });
    const isOver = request.action.state !== 'open' || today >= request.action.firstDay;
    if (!verdict.ok || isOver || isEngaged(request, actor.id))
      return { request, invitation, note: undefined };
    const answered: Invitation = {
      ...invitation,
      state: verdict.to,
      ...(notBefore === undefined ? {} : { notBefore }),
    };
    const row = invitationRow(services.ids.next(), invitation, {
      move,
      from: invitation.state,
      to: verdict.to,
      by: actor.id,
    });
    await writeInvitations(tx, services, request, [{ invitation: answered, row }]);
    const person = notBefore === undefined ? undefined : await tx.get('people', actor.id);
    if (person && notBefore) await tx.put('people', muteUntil(person, 'invitations', notBefore));
    if (invitation.state === 'sent') await tellNext(tx, services, request, row.id);
    return { request, invitation: answered, note: notBefore === undefined ? 'refused' : 'postponed' };
  });
}
