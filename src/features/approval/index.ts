import { z } from 'zod';
import type { Engagement } from '../../domain/action.js';
import { isExpected } from '../../domain/engagements/expected.js';
import { checkMove, type EngagementMove } from '../../domain/engagements/moves.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { describeBrokenRule } from '../host/broken-rule.js';
import { calendarLink } from '../reminders/calendar-link.js';
import { boundedId } from '../shared/bounded-text.js';
import { readText } from '../shared/client-values.js';
import { mayReadRequests } from '../shared/coordination.js';
import { findTextFault, remarkLength, ulid } from '../shared/form.js';
import { notify } from '../shared/people.js';
import { type Request, readRequest, writeMove } from '../shared/records.js';
import { toRefusal, toRoleRefusal } from '../shared/refusals.js';
import { channelCard, decisionCard, decisionTextCard, requestCard } from './cards.js';

const idInput = z.looseObject({ id: ulid });

type Decision = Extract<EngagementMove, 'approve' | 'decline' | 'askChanges'>;

/** The author's engagement, on which a coordinator decides. */
const findAuthorEngagement = ({ action, engagements }: Request): Engagement => {
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
 * Decides on an offer, once. Later decisions change nothing; the coordinator is told who decided first.
 * @param seen since when the offer had been as the card showed it; older cards do not say so
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
    const previous = findAuthorEngagement(before);
    const now = services.clock.now();
    const verdict = checkMove(move, {
      mover: actor,
      action: before.action,
      engagement: previous,
      today: dayAt(now),
      text,
      ownOfferApproval: services.convention.ownOfferApproval,
    });
    if (!verdict.ok) throw await toRefusal(verdict.because, before.action, previous, actor, services, tx);
    // The offer was corrected between the card and the click, and nobody approves what they have not read.
    if (seen !== undefined && seen !== previous.since)
      throw new Refusal('refusal.corrected', { number: String(before.action.number) });
    // The dates that a new calendar or an amendment has broken must be changed first.
    if (move === 'approve' && before.action.checked?.certainty === 'refused')
      throw new Refusal('refusal.notPossible', {
        number: String(before.action.number),
        why: describeBrokenRule(before.action, services.textIn(actor.lang), services),
      });
    const decision = { by: actor.id, at: now, ...(text ? { text } : {}) };
    const engagement: Engagement = { ...previous, state: verdict.to, since: now, decision };
    const request: Request = {
      // An offer without its author will not take place.
      action: move === 'decline' ? { ...before.action, state: 'cancelled' } : before.action,
      engagements: before.engagements.map((e) => (e === previous ? engagement : e)),
    };
    const historyId = services.ids.next();
    const row = {
      id: historyId,
      engagementId: previous.id,
      move,
      from: previous.state,
      to: verdict.to,
      by: actor.id,
    };
    await writeMove(tx, services, before, request, [{ ...row, ...(text ? { why: text } : {}) }]);
    const link =
      move === 'approve' && isExpected(request.action, engagement)
        ? await calendarLink(tx, services, request.action, previous.employeeId)
        : undefined;
    const data = { actionId: id, move, by: actor.id, at: now, text, ...(link ? { link } : {}) };
    await notify(tx, services, previous.employeeId, {
      key: `told:${historyId}`,
      message: 'approval.told',
      data,
    });
    return request;
  });
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
      if (!fault) return decide(actor, data.id, move, text, services);
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
      run: (actor, { id, seen }, services) => decide(actor, id, 'approve', '', services, seen),
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
