import type { Action, Engagement, HistoryRow } from '../../domain/action.js';
import { checkMove } from '../../domain/moves.js';
import type { Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { authorCard } from './author-card.js';
import {
  engagementId,
  nextNumber,
  type Request,
  readRequest,
  stillWaits,
  withActions,
  writeMove,
} from './records.js';
import { refusalOf } from './refusals.js';

/** What a form says about an offer; the rest is the bot's. */
export type Draft = Omit<Action, 'id' | 'number' | 'origin' | 'state' | 'seats' | 'createdBy' | 'createdAt'>;

/** A stored offer that its author may correct now, read again by its id. */
export async function correctable(
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
  if (!verdict.ok) throw await refusalOf(verdict.because, request.action, engagement, actor, services);
  return { action: request.action, engagement };
}

/**
 * Stores an offer, new or corrected, and owes its card to the coordinators' channel. Sending the same form
 * again changes nothing and gives the same answer.
 */
export async function sendOffer(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  draft: Draft,
  services: Services,
): Promise<Card> {
  return services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    const sent = await tx.get('history', formKey);
    if (sent && (sent.by !== actor.id || sent.actionId !== id)) throw new Refusal('refusal.outdated');
    if (sent && before) return authorCard(tx, before, actor.id, actor.lang, services);
    if (before && before.action.origin !== 'offer') throw new Refusal('refusal.outdated');
    const after = before
      ? await corrected(tx, actor, before, formKey, draft, services)
      : await created(tx, actor, id, formKey, draft, services);
    await postToCoordinators(tx, after, before && formKey, services);
    await oweAuthorCard(tx, actor, id, services);
    return authorCard(tx, after, actor.id, actor.lang, services);
  });
}

/** Waits for an answer, or for its author to change it. What is approved has been answered. */
const isOpen = ({ state }: Engagement): boolean => state === 'pending' || state === 'sent-back';

/**
 * Nobody fills the coordinators' channel alone. Offers whose days are over do not count: nothing can come of them.
 * @throws Refusal when the person has as many open offers as the convention allows
 */
async function requireRoom(tx: Transaction, actor: Actor, { convention, clock }: Services): Promise<void> {
  const { maxOpenOffers: count } = convention;
  const open = (await tx.list('engagements', 'byEmployee', actor.id)).filter(isOpen);
  if (open.length < count) return;
  const today = dayAt(clock.now());
  const toCome = (await withActions(tx, open)).filter(({ action }) => action.lastDay >= today);
  if (toCome.length >= count) throw new Refusal('refusal.tooManyOffers', { count });
}

async function created(
  tx: Transaction,
  actor: Actor,
  id: string,
  formKey: string,
  draft: Draft,
  services: Services,
): Promise<Request> {
  await requireRoom(tx, actor, services);
  const now = services.clock.now();
  // The draft comes last: V8 is slow at a literal that goes on after a spread.
  const action: Action = {
    id,
    number: await nextNumber(tx),
    origin: 'offer',
    state: 'open',
    seats: 1,
    createdBy: actor.id,
    createdAt: now,
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

async function corrected(
  tx: Transaction,
  actor: Actor,
  before: Request,
  formKey: string,
  draft: Draft,
  services: Services,
): Promise<Request> {
  const was = before.engagements.find((e) => e.employeeId === actor.id);
  if (!was) throw new Refusal('refusal.notYours');
  const now = services.clock.now();
  const verdict = checkMove('correct', {
    mover: actor,
    action: before.action,
    engagement: was,
    today: dayAt(now),
  });
  if (!verdict.ok) throw await refusalOf(verdict.because, before.action, was, actor, services, tx);
  const { id, number, origin, state, seats, createdBy, createdAt } = before.action;
  const action: Action = { ...draft, id, number, origin, state, seats, createdBy, createdAt };
  const { decision: _, ...rest } = was;
  const engagement: Engagement = { ...rest, state: verdict.to, since: now, firstDay: action.firstDay };
  const request = { action, engagements: before.engagements.map((e) => (e === was ? engagement : e)) };
  const row = {
    id: formKey,
    engagementId: was.id,
    move: 'correct',
    from: was.state,
    to: verdict.to,
    by: actor.id,
  };
  await writeMove(tx, services, before, request, [row]);
  return request;
}

/** A corrected offer gets a card of its own: an update in place notifies nobody. */
async function postToCoordinators(
  tx: Transaction,
  { action }: Request,
  correction = '',
  services: Services,
): Promise<void> {
  const channel = await tx.get('channels', 'coordinators');
  if (!channel) return;
  const keyOf = ({ id, move }: HistoryRow) => requestKey(action.id, move === 'offer' ? '' : id);
  if (correction && (await stillWaits(tx, action.id, keyOf))) return;
  await postRequest(tx, action, channel, services, { by: action.createdBy, again: correction });
}

const requestKey = (actionId: string, again: string): string => `request:${actionId}${again && `:${again}`}`;

/**
 * Owes the card of a request to a channel, once per request and occasion.
 * @param by whose doing it is; nobody's when a channel is given all that is open
 * @param again the occasion, when it is not the first one: a correction, another channel
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
  await services.owe(tx, { key, conversationId, message, lang, ...about });
}

/** The answer shows the card already: what Teams keeps of it can wait, and be what a second thought made of it. */
const authorCardAfterMs = 5_000;

/** The form's own message becomes the author's card, and follows the request from then on. */
async function oweAuthorCard(
  tx: Transaction,
  actor: Actor,
  actionId: string,
  services: Services,
): Promise<void> {
  if (!actor.activityId || actor.place.kind !== 'personal') return;
  // Teams numbers messages within a conversation.
  const target = `author:${actor.place.conversationId}:${actor.activityId}`;
  const dueAt = new Date(Date.parse(services.clock.now()) + authorCardAfterMs).toISOString();
  await services.owe(tx, {
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
