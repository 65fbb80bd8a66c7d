import type { Action, Engagement, HistoryRow } from '../../domain/action.js';
import { checkMove } from '../../domain/engagements/moves.js';
import type { Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { authorCard } from './author-card.js';
import {
  engagementId,
  isStillPending,
  type Request,
  readActionsOf,
  readRequest,
  takeNextNumber,
  writeMove,
} from './records.js';
import { toRefusal } from './refusals.js';
import { isSameOffer } from './same-offer.js';
import { findSent } from './sent-form.js';

/** The part of an offer that a form provides. */
export type OfferDraft = Omit<
  Action,
  'id' | 'number' | 'origin' | 'state' | 'seats' | 'createdBy' | 'createdAt'
>;

/** A stored offer that its author may correct now, read again by its id. */
export async function readCorrectable(
  actor: Actor,
  id: string,
  services: Services,
): Promise<{ action: Action; engagement: Engagement }> {
  const request = await services.store.read((r) => readRequest(r, id));
  if (!request) throw new Refusal('refusal.outdated');
  const engagement = request.engagements.find((e) => e.employeeId === actor.id);
  if (!engagement || request.action.origin !== 'offer') throw new Refusal('refusal.notYours');
  const verdict = checkMove('correct', {
    mover: actor,
    action: request.action,
    engagement,
    today: dayAt(services.clock.now()),
  });
  if (!verdict.ok) throw await toRefusal(verdict.because, request.action, engagement, actor, services);
  return { action: request.action, engagement };
}

/**
 * Stores an offer, new or corrected, and enqueues its card for the coordinators' channel. Sending the same form again
 * changes nothing: it gives the same answer, and for other content says so.
 */
export async function storeOffer(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  draft: OfferDraft,
  services: Services,
): Promise<Card> {
  return services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    const sent = await findSent(tx, { id, formKey }, actor);
    if (before && before.action.origin !== 'offer') throw new Refusal('refusal.outdated');
    // A coordinator has sent it for somebody else, or for what is no offer.
    if (sent && before?.action.createdBy !== actor.id) throw new Refusal('refusal.outdated');
    if (sent && before) {
      const card = await authorCard(tx, before, actor.id, actor.lang, services);
      if (isSameOffer(before.action, draft)) return card;
      return { ...card, data: { ...card.data, note: services.textIn(actor.lang)('form.used') } };
    }
    const after = before
      ? await storeCorrected(tx, actor, before, formKey, draft, services)
      : await storeNew(tx, actor, id, formKey, draft, services);
    await postToCoordinators(tx, after, before && formKey, services);
    await enqueueAuthorCard(tx, actor, id, services);
    return authorCard(tx, after, actor.id, actor.lang, services);
  });
}

/** It waits for an answer, or for a change by its author. An approved one has been answered. */
const isOpen = ({ state }: Engagement): boolean => state === 'pending' || state === 'sent-back';

/**
 * Prevents one person from filling the coordinators' channel. Past offers do not count, as nothing can come of them.
 * @throws Refusal if the person has as many open offers as the convention allows
 */
async function requireOpenOfferLimit(
  tx: Transaction,
  actor: Actor,
  { convention, clock }: Services,
): Promise<void> {
  const { maxOpenOffers: count } = convention;
  const open = (await tx.list('engagements', 'byEmployee', actor.id)).filter(isOpen);
  if (open.length < count) return;
  const today = dayAt(clock.now());
  const toCome = (await readActionsOf(tx, open)).filter(({ action }) => action.lastDay >= today);
  if (toCome.length >= count) throw new Refusal('refusal.tooManyOffers', { count });
}

const enteredBy = ({ behalf }: Services): Pick<Action, 'enteredBy'> =>
  behalf ? { enteredBy: behalf.coordinatorId } : {};

async function storeNew(
  tx: Transaction,
  actor: Actor,
  id: string,
  formKey: string,
  draft: OfferDraft,
  services: Services,
): Promise<Request> {
  await requireOpenOfferLimit(tx, actor, services);
  const now = services.clock.now();
  // The draft comes last: V8 is slow at literals that continue after a spread.
  const action: Action = {
    id,
    number: await takeNextNumber(tx),
    origin: 'offer',
    state: 'open',
    seats: 1,
    createdBy: actor.id,
    createdAt: now,
    ...enteredBy(services),
    ...draft,
  };
  const engagement: Engagement = {
    id: engagementId(id, actor.id),
    actionId: id,
    employeeId: actor.id,
    state: 'pending',
    since: now,
    firstDay: action.firstDay,
  };
  const request = { action, engagements: [engagement] };
  const row = {
    id: formKey,
    engagementId: engagement.id,
    move: 'offer',
    from: 'none',
    to: 'pending',
    by: actor.id,
  };
  await writeMove(tx, services, undefined, request, [row]);
  return request;
}

async function storeCorrected(
  tx: Transaction,
  actor: Actor,
  before: Request,
  formKey: string,
  draft: OfferDraft,
  services: Services,
): Promise<Request> {
  const previous = before.engagements.find((e) => e.employeeId === actor.id);
  if (!previous) throw new Refusal('refusal.notYours');
  const now = services.clock.now();
  const verdict = checkMove('correct', {
    mover: actor,
    action: before.action,
    engagement: previous,
    today: dayAt(now),
  });
  if (!verdict.ok) throw await toRefusal(verdict.because, before.action, previous, actor, services, tx);
  const { id, number, origin, state, seats, createdBy, createdAt } = before.action;
  const entered = enteredBy(services);
  const action: Action = { ...draft, id, number, origin, state, seats, createdBy, createdAt, ...entered };
  const { decision: _, ...rest } = previous;
  const engagement: Engagement = { ...rest, state: verdict.to, since: now, firstDay: action.firstDay };
  const request = { action, engagements: before.engagements.map((e) => (e === previous ? engagement : e)) };
  const row = {
    id: formKey,
    engagementId: previous.id,
    move: 'correct',
    from: previous.state,
    to: verdict.to,
    by: actor.id,
  };
  await writeMove(tx, services, before, request, [row]);
  return request;
}

/** A corrected offer gets a new card, because updating one in place notifies nobody. */
async function postToCoordinators(
  tx: Transaction,
  { action }: Request,
  correction = '',
  services: Services,
): Promise<void> {
  const channel = await tx.get('channels', 'coordinators');
  if (!channel) return;
  const keyOf = ({ id, move }: HistoryRow) => requestKey(action.id, move === 'offer' ? '' : id);
  if (correction && (await isStillPending(tx, action.id, keyOf))) return;
  await postRequest(tx, action, channel, services, { by: action.createdBy, again: correction });
}

const requestKey = (actionId: string, again: string): string => `request:${actionId}${again && `:${again}`}`;

/**
 * Enqueues the card of a request for a channel, once per request and occasion.
 * @param by the person who caused it; nobody when a channel gets everything that is open
 * @param again the occasion, unless it is the first one: a correction, another channel
 */
export async function postRequest(
  tx: Transaction,
  action: Action,
  channel: { conversationId: string; lang: 'fr' | 'en' },
  services: Services,
  { by, again = '' }: { by?: string; again?: string },
): Promise<void> {
  const key = requestKey(action.id, again);
  const message = action.origin === 'offer' ? 'approval.request' : 'sessions.published';
  const { conversationId, lang } = channel;
  const about = { actionId: action.id, ...(by ? { by } : {}) };
  await services.enqueue(tx, { key, conversationId, message, lang, ...about });
}

/**
 * The response already shows the card, so the update that makes Teams keep it can wait, and may include a correction
 * made meanwhile.
 */
const authorCardDelayMs = 5_000;

/** Turns the form's own message into the author's card, which then follows the request. */
async function enqueueAuthorCard(
  tx: Transaction,
  actor: Actor,
  actionId: string,
  services: Services,
): Promise<void> {
  if (!actor.activityId || actor.place.kind !== 'personal') return;
  // Teams numbers messages within a conversation.
  const target = `author:${actor.place.conversationId}:${actor.activityId}`;
  const dueAt = new Date(Date.parse(services.clock.now()) + authorCardDelayMs).toISOString();
  await services.enqueue(tx, {
    key: `update:${target}`,
    op: 'update',
    target,
    dueAt,
    conversationId: actor.place.conversationId,
    activityId: actor.activityId,
    message: 'mine.request',
    lang: actor.lang,
    actionId,
  });
}
