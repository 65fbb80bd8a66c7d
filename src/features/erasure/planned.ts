import type { Action, Engagement } from '../../domain/action.js';
import { checkMove } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { refuse } from '../invitations/answer.js';
import { withdrawOffer } from '../mine/withdraw.js';
import { moveSeat } from '../sessions/seats.js';
import { readActionsOf } from '../shared/records.js';

/** What somebody is expected to do, or to answer. */
export interface Planned {
  readonly engagements: readonly { readonly action: Action; readonly engagement: Engagement }[];
  /** The sessions to which they have been invited. */
  readonly invitedTo: readonly Action[];
}

/** What is withdrawn with somebody: what they could withdraw themselves, and invitations without an answer. */
export async function readPlanned(reader: Reader, id: string, { clock }: Services): Promise<Planned> {
  const today = dayAt(clock.now());
  const mover = { id, coordinator: false };
  const own = await readActionsOf(reader, await reader.list('engagements', 'byEmployee', id));
  const invitations = await reader.list('invitations', 'byEmployee', id);
  const sent = invitations.filter(({ state }) => state === 'sent');
  const sessions = await Promise.all(sent.map(({ actionId }) => reader.get('actions', actionId)));
  const engaged = new Set(own.map(({ action }) => action.id));
  return {
    engagements: own.filter(
      ({ action, engagement }) => checkMove('withdraw', { mover, action, engagement, today }).ok,
    ),
    invitedTo: sessions.flatMap((action) =>
      action && action.state === 'open' && today < action.firstDay && !engaged.has(action.id) ? action : [],
    ),
  };
}

/** What is planned, in a few letters: whoever confirms has seen what they confirm. */
export const printPlanned = ({ engagements, invitedTo }: Planned, { ids }: Pick<Services, 'ids'>): string =>
  ids.derive(
    JSON.stringify([
      engagements.map(({ engagement: { id, state, since } }) => [id, state, since]).sort(),
      invitedTo.map(({ id }) => id).sort(),
    ]),
  );

/** Withdraws somebody from what is planned, as they would by hand: those concerned are told. */
export async function withdrawPlanned(id: string, services: Services): Promise<void> {
  const { engagements, invitedTo } = await services.store.read((reader) => readPlanned(reader, id, services));
  const actor: Actor = {
    id,
    teamsId: id,
    lang: 'fr',
    clientLang: 'fr',
    coordinator: false,
    admin: false,
    place: { conversationId: id, kind: 'personal' },
  };
  for (const { action } of engagements)
    await unlessRefused(
      action.origin === 'need'
        ? moveSeat(actor, action.id, 'leave', services)
        : withdrawOffer(actor, action.id, services),
    );
  for (const { id: sessionId } of invitedTo) await unlessRefused(refuse(actor, sessionId, services));
}

/** What cannot be withdrawn any more was decided, or has begun, since it was read. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
