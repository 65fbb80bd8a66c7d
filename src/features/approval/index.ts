import { z } from 'zod';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { boundedId } from '../shared/bounded-text.js';
import { readText } from '../shared/client-values.js';
import { mayReadRequests } from '../shared/coordination.js';
import { findTextFault, remarkLength, ulid } from '../shared/form.js';
import { type Request, readRequest } from '../shared/records.js';
import { toRoleRefusal } from '../shared/refusals.js';
import { channelCard, decisionCard, decisionTextCard, requestCard } from './cards.js';
import { type Decision, decide, findAuthorEngagement } from './decide.js';

const idInput = z.looseObject({ id: ulid });

async function readOffer(id: string, services: Services): Promise<Request> {
  const request = await services.store.read((r) => readRequest(r, id));
  if (request?.action.origin !== 'offer') throw new Refusal('refusal.outdated');
  return request;
}

/** Decides, and shows the request as it is now. */
async function decideAndShow(actor: Actor, decision: Decision, services: Services): Promise<Card> {
  const after = await decide(actor, decision, services);
  return services.store.read((r) => requestCard(r, after, actor, services));
}

/** A decision with a text, which is given back if it is refused. */
const createTextDecision = (move: 'decline' | 'askChanges', field: 'reason' | 'changes') =>
  action({
    who: 'coordinator',
    input: idInput,
    run: async (actor, data, services) => {
      const text = readText(data[field])?.trim() ?? '';
      const t = services.textIn(actor.lang);
      const fault = text ? findTextFault(text, remarkLength, t) : { text: t(`approval.${field}Error`) };
      if (!fault) return decideAndShow(actor, { id: data.id, move, text }, services);
      const { action: offer } = await readOffer(data.id, services);
      return decisionTextCard(actor, offer, move, field, text, fault, services);
    },
  });

/** Coordinators decide in their channel on what employees offer (articles 2 and 3). */
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
      input: idInput,
      run: async (actor, { id }, services) => {
        const request = await readOffer(id, services);
        if (request.action.createdBy !== actor.id && !(await mayReadRequests(actor, services)))
          throw toRoleRefusal(actor, 'refusal.notCoordinator');
        return services.store.read((r) => requestCard(r, request, actor, services));
      },
    }),
    approve: action({
      who: 'coordinator',
      input: idInput.extend({ seen: boundedId(40).optional() }),
      run: (actor, { id, seen }, services) => decideAndShow(actor, { id, move: 'approve', seen }, services),
    }),
    decline: createTextDecision('decline', 'reason'),
    askChanges: createTextDecision('askChanges', 'changes'),
  },
  messages: {
    request: async (message, reader, services) => {
      const request = message.actionId ? await readRequest(reader, message.actionId) : undefined;
      // Withdrawn before its card reached the channel: there is nothing to decide.
      if (!request || (message.op === 'post' && findAuthorEngagement(request).state === 'withdrawn'))
        return undefined;
      return channelCard(reader, request, message.lang, services);
    },
    told: (message, reader, services) => decisionCard(message, reader, services),
  },
};
