import { z } from 'zod';
import type { Engagement } from '../../domain/action.js';
import { checkMove, type EngagementMove } from '../../domain/moves.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { brokenBy } from '../host/broken.js';
import { boundedId } from '../shared/bounded.js';
import { readText } from '../shared/client-values.js';
import { readsRequests } from '../shared/coordination.js';
import { remarkLength, textFault, ulid } from '../shared/form.js';
import { tell } from '../shared/people.js';
import { type Request, readRequest, writeMove } from '../shared/records.js';
import { notCoordinator, refusalOf } from '../shared/refusals.js';
import { channelCard, requestCard, textCard, toldCard } from './cards.js';

const withId = z.looseObject({ id: ulid });

type Decision = Extract<EngagementMove, 'approve' | 'decline' | 'askChanges'>;

/** The engagement that a coordinator decides on: the author's. */
const authorsOf = ({ action, engagements }: Request): Engagement => {
  const found = engagements.find((e) => e.employeeId === action.createdBy);
  if (!found) throw new Refusal('refusal.outdated');
  return found;
};

async function readOffer(id: string, services: Services): Promise<Request> {
  const request = await services.store.read((r) => readRequest(r, id));
  if (request?.action.origin !== 'offer') throw new Refusal('refusal.outdated');
  return request;
}

/**
 * Decides on an offer, once. Whoever comes second is told who decided, and changes nothing.
 * @param seen since when the offer was as the card showed it; cards from before it do not say so
 * @throws Refusal with the rule that forbids it
 */
async function decide(
  actor: Actor,
  id: string,
  move: Decision,
  text: string,
  services: Services,
  seen?: string,
): Promise<Card> {
  const after = await services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    if (before?.action.origin !== 'offer') throw new Refusal('refusal.outdated');
    const was = authorsOf(before);
    const now = services.clock.now();
    const verdict = checkMove(move, {
      mover: actor,
      action: before.action,
      engagement: was,
      today: dayAt(now),
      text,
      ownOfferApproval: services.convention.ownOfferApproval,
    });
    if (!verdict.ok) throw await refusalOf(verdict.because, before.action, was, actor, services, tx);
    // It was corrected between the card and the click: nobody approves what they have not read.
    if (seen !== undefined && seen !== was.since)
      throw new Refusal('refusal.corrected', { number: String(before.action.number) });
    // What a new calendar or an amendment has broken is to be changed first.
    if (move === 'approve' && before.action.checked?.certainty === 'refused')
      throw new Refusal('refusal.notPossible', {
        number: String(before.action.number),
        why: brokenBy(before.action, services.textIn(actor.lang), services),
      });
    const decision = { by: actor.id, at: now, ...(text ? { text } : {}) };
    const engagement: Engagement = { ...was, state: verdict.to, since: now, decision };
    const request: Request = {
      // An offer nobody is part of any more will not take place.
      action: move === 'decline' ? { ...before.action, state: 'cancelled' } : before.action,
      engagements: before.engagements.map((e) => (e === was ? engagement : e)),
    };
    const historyId = services.ids.next();
    const row = { id: historyId, engagementId: was.id, move, from: was.state, to: verdict.to, by: actor.id };
    await writeMove(tx, services, before, request, [{ ...row, ...(text ? { why: text } : {}) }]);
    const data = { actionId: id, move, by: actor.id, at: now, text };
    await tell(tx, services, was.employeeId, { key: `told:${historyId}`, message: 'approval.told', data });
    return request;
  });
  return services.store.read((r) => requestCard(r, after, actor, services));
}

/** A decision with a text; the text is given back when it cannot be kept. */
const decideWithText = (move: 'decline' | 'askChanges', field: 'reason' | 'changes') =>
  action({
    who: 'coordinator',
    input: withId,
    run: async (actor, data, services) => {
      const text = readText(data[field])?.trim() ?? '';
      const t = services.textIn(actor.lang);
      const fault = text ? textFault(text, remarkLength, t) : { text: t(`approval.${field}Error`) };
      if (!fault) return decide(actor, data.id, move, text, services);
      const { action: offer } = await readOffer(data.id, services);
      return textCard(actor, offer, move, field, text, fault, services);
    },
  });

/** Coordinators decide on what employees offer, in their channel (articles 2 and 3). */
export const approval: Feature = {
  name: 'approval',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    view: action({
      byRole: true,
      reads: true,
      input: withId,
      run: async (actor, { id }, services) => {
        const request = await readOffer(id, services);
        if (request.action.createdBy !== actor.id && !(await readsRequests(actor, services)))
          throw notCoordinator(actor, 'refusal.notCoordinator');
        return services.store.read((r) => requestCard(r, request, actor, services));
      },
    }),
    approve: action({
      who: 'coordinator',
      input: withId.extend({ seen: boundedId(40).optional() }),
      run: (actor, { id, seen }, services) => decide(actor, id, 'approve', '', services, seen),
    }),
    decline: decideWithText('decline', 'reason'),
    askChanges: decideWithText('askChanges', 'changes'),
  },
  messages: {
    request: async (message, reader, services) => {
      const request = message.actionId ? await readRequest(reader, message.actionId) : undefined;
      // Taken back before the channel had its card: there is nothing to decide.
      if (!request || (message.op === 'post' && authorsOf(request).state === 'withdrawn')) return undefined;
      return channelCard(reader, request, message.lang, services);
    },
    told: (message, reader, services) => toldCard(message, reader, services),
  },
};
