import type { Day } from '../../domain/days.js';
import { sessionState } from '../../domain/engagements/action-moves.js';
import { checkInvitationMove, type Invitation, invitationId } from '../../domain/engagements/invitations.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Request, type Services } from '../feature.js';
import { countFreeSeats } from '../sessions/row.js';
import { notify } from '../shared/people.js';
import { readRequest } from '../shared/records.js';
import { readCandidates } from './candidates.js';
import { invitationRow, writeInvitations } from './write.js';

/** Why nobody can be invited to a session now. */
export type Hindrance = 'cancelled' | 'over' | 'closed' | 'full';

export function findHindrance(request: Request, today: Day): Hindrance | undefined {
  const { action } = request;
  const state = sessionState(action, today);
  if (state === 'cancelled') return 'cancelled';
  if (action.state !== 'open' || today >= action.firstDay) return 'over';
  if (state === 'closed') return 'closed';
  return countFreeSeats(request) === 0 ? 'full' : undefined;
}

export interface InviteResult {
  readonly request: Request;
  /** How many of those who were chosen are invited now, by this click or the same one before. */
  readonly invited: number;
  /** Whom another coordinator has asked, or who cannot come any more. */
  readonly left: number;
}

/** Invites those of the chosen who can still be invited. The same click again changes nothing. */
export async function invite(
  actor: Actor,
  id: string,
  chosen: readonly string[],
  services: Services,
): Promise<InviteResult> {
  return services.store.transact(async (tx): Promise<InviteResult> => {
    const request = await readRequest(tx, id);
    if (request?.action.origin !== 'need') throw new Refusal('refusal.outdated');
    const { action } = request;
    const today = dayAt(services.clock.now());
    const before = await Promise.all(chosen.map((who) => tx.get('invitations', invitationId(id, who))));
    const same = before.filter((invitation) => invitation?.by === actor.id).length;
    if (findHindrance(request, today)) return { request, invited: same, left: chosen.length - same };
    const candidates = await readCandidates(tx, request, services, new Set(chosen));
    const written = candidates.flatMap(({ employeeId, availability }) => {
      const invitation = toInvitation(actor, request, employeeId, availability.id, services);
      const verdict = checkInvitationMove('invite', { mover: actor, invitation: undefined, today });
      if (!verdict.ok) return [];
      const move = { move: 'invite', from: 'none', to: verdict.to, by: actor.id } as const;
      return [{ invitation, row: invitationRow(services.ids.next(), invitation, move) }];
    });
    if (written.length > 0) await writeInvitations(tx, services, request, written);
    for (const { invitation } of written)
      await notify(tx, services, invitation.employeeId, {
        key: `invited:${invitation.id}`,
        message: 'invitations.invited',
        data: { invitation: invitation.id },
        actionId: action.id,
        by: actor.id,
      });
    const invited = written.length + same;
    return { request, invited, left: chosen.length - invited };
  });
}

function toInvitation(
  actor: Actor,
  { action }: Request,
  employeeId: string,
  availability: string,
  { clock }: Services,
): Invitation {
  const at = clock.now();
  return {
    id: invitationId(action.id, employeeId),
    actionId: action.id,
    employeeId,
    state: 'sent',
    by: actor.id,
    at,
    askedOn: dayAt(at),
    availability,
    revision: action.revision ?? 0,
  };
}
