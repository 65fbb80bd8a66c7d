import { z } from 'zod';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';
import { boundedId } from '../shared/bounded.js';
import { readsRequests } from '../shared/coordination.js';
import { pageInput } from '../shared/list.js';
import { notCoordinator } from '../shared/refusals.js';
import { type Dealt, putAside, sendAgain } from './deal.js';
import { pendingCard } from './list.js';
import { messageCard, undeliveredCard } from './undelivered.js';

/** A key of the outbox: that of a greeting holds a conversation's id, which may have 1,000 letters. */
const withKey = z.looseObject({ id: boundedId(1_100) });

/** The weekly message has the button for everybody in the coordinators' channel. */
async function readList(actor: Actor, page: number, services: Services): Promise<Card> {
  if (!(await readsRequests(actor, services))) throw notCoordinator(actor, 'refusal.notCoordinator');
  return pendingCard(actor, page, services);
}

/** What is left of the list after a click; all that waits once it is empty. */
async function afterwards(
  actor: Actor,
  id: string,
  dealt: Dealt,
  done: 'sentAgain' | 'putAside',
  services: Services,
): Promise<Card> {
  if (dealt === 'closed') return messageCard(actor, id, services);
  const left = await undeliveredCard(actor, 0, services, dealt === 'done' ? done : undefined);
  return left ?? pendingCard(actor, 0, services);
}

/** What waits for a coordinator: decisions, answers, and messages that did not arrive. */
export const pending: Feature = {
  name: 'pending',
  audience: 'coordinator',
  scopes: ['team', 'personal'],
  commands: { fr: ['à valider', 'voir les demandes'], en: ['pending', 'see the requests'] },
  readers: 'coordinators',
  open: (actor, services) => pendingCard(actor, 0, services),
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => readList(actor, 0, services),
    }),
    page: action({
      byRole: true,
      reads: true,
      input: pageInput,
      run: (actor, { page }, services) => readList(actor, page, services),
    }),
    undelivered: action({
      who: 'coordinator',
      reads: true,
      input: pageInput.partial(),
      run: async (actor, { page = 0 }, services) =>
        (await undeliveredCard(actor, page, services)) ?? pendingCard(actor, 0, services),
    }),
    message: action({
      who: 'coordinator',
      reads: true,
      input: withKey,
      run: (actor, { id }, services) => messageCard(actor, id, services),
    }),
    resend: action({
      who: 'coordinator',
      input: withKey,
      run: async (actor, { id }, services) =>
        afterwards(actor, id, await sendAgain(actor, id, services), 'sentAgain', services),
    }),
    dismiss: action({
      who: 'coordinator',
      input: withKey,
      run: async (actor, { id }, services) =>
        afterwards(actor, id, await putAside(actor, id, services), 'putAside', services),
    }),
  },
};
