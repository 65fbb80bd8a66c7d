import { z } from 'zod';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';
import { boundedId } from '../shared/bounded-text.js';
import { readSwitch } from '../shared/client-values.js';
import { mayReadRequests } from '../shared/coordination.js';
import { ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { toRoleRefusal } from '../shared/refusals.js';
import { openInput } from '../shared/start.js';
import { type Filter, filterText, parseFilter, readFilter, toFilter } from './filter.js';
import { filterCard, pendingCard } from './list.js';
import { dismiss, type HandlingResult, resend } from './resend.js';
import { decideSeveral, severalCard } from './several.js';
import { messageCard, undeliveredCard } from './undelivered.js';

/** A key of the outbox; that of a greeting contains a conversation id, which can have 1,000 letters. */
const keyInput = z.looseObject({ id: boundedId(1_100) });

/** In the coordinators' channel the weekly message has this button for everybody. */
async function requireReader(actor: Actor, services: Services): Promise<void> {
  if (!(await mayReadRequests(actor, services))) throw toRoleRefusal(actor, 'refusal.notCoordinator');
}

async function readList(actor: Actor, page: number, services: Services, filter?: Filter): Promise<Card> {
  await requireReader(actor, services);
  return pendingCard(actor, page, services, filter);
}

/** A page of the list as its buttons ask for it. */
const listInput = pageInput.extend({ filter: filterText });

/** What the buttons of the card for several offers carry. */
const severalInput = listInput.extend({ all: z.preprocess(readSwitch, z.boolean()) });
const severalForm = severalInput.extend({ formKey: ulid });

const decideSeveralAction = (move: 'approve' | 'decline') =>
  action({
    who: 'coordinator',
    input: severalForm,
    run: (actor, { filter, ...data }, services) =>
      decideSeveral(actor, move, { ...data, filter: parseFilter(filter, services) }, services),
  });

/** Draws the rest of the list after a click, or everything that is pending once it is empty. */
async function drawRemaining(
  actor: Actor,
  id: string,
  dealt: HandlingResult,
  done: 'sentAgain' | 'putAside',
  services: Services,
): Promise<Card> {
  if (dealt === 'closed') return messageCard(actor, id, services);
  const left = await undeliveredCard(actor, 0, services, dealt === 'done' ? done : undefined);
  return left ?? pendingCard(actor, 0, services);
}

/** The coordinators' desk: undelivered messages, decisions, one by one or several at once, and missing outcomes. */
export const pending: Feature = {
  name: 'pending',
  audience: 'coordinator',
  scopes: ['team', 'personal'],
  commands: { fr: ['à valider', 'voir les demandes'], en: ['pending', 'see the requests'] },
  readers: 'coordinators',
  open: (actor, services, start) => pendingCard(actor, 0, services, toFilter(start, services)),
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: openInput,
      run: (actor, { start }, services) => readList(actor, 0, services, toFilter(start, services)),
    }),
    page: action({
      byRole: true,
      reads: true,
      input: listInput,
      run: (actor, { page, filter }, services) =>
        readList(actor, page, services, parseFilter(filter, services)),
    }),
    chooseFilter: action({
      byRole: true,
      reads: true,
      input: listInput.partial(),
      run: async (actor, { filter }, services) => {
        await requireReader(actor, services);
        return filterCard(actor, parseFilter(filter, services), services);
      },
    }),
    filter: action({
      byRole: true,
      reads: true,
      input: z.looseObject({}),
      run: (actor, data, services) => readList(actor, 0, services, readFilter(data, services)),
    }),
    several: action({
      who: 'coordinator',
      reads: true,
      input: severalInput,
      run: (actor, { page, filter, all }, services) =>
        severalCard(actor, { page, filter: parseFilter(filter, services), all }, services),
    }),
    approveSeveral: decideSeveralAction('approve'),
    declineSeveral: decideSeveralAction('decline'),
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
      input: keyInput,
      run: (actor, { id }, services) => messageCard(actor, id, services),
    }),
    resend: action({
      who: 'coordinator',
      input: keyInput,
      run: async (actor, { id }, services) =>
        drawRemaining(actor, id, await resend(actor, id, services), 'sentAgain', services),
    }),
    dismiss: action({
      who: 'coordinator',
      input: keyInput,
      run: async (actor, { id }, services) =>
        drawRemaining(actor, id, await dismiss(actor, id, services), 'putAside', services),
    }),
  },
};
