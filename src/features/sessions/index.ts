import { z } from 'zod';
import type { Reader } from '../../ports.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { chooseAreaCard, withChosenArea } from '../shared/area.js';
import { readText, readWhole } from '../shared/client-values.js';
import { findTextFault, remarkLength, ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { type Request, readRequest } from '../shared/records.js';
import { openInput } from '../shared/start.js';
import { sessionCard } from './card.js';
import { cancelSession, requireMove, setClosed } from './changes.js';
import { askAgain, giveBack, planConfirmations, unconfirmedCard } from './confirmation.js';
import { editInput, openEdit, stayInput, submitEdit, submitStay } from './edit.js';
import { freedCard } from './freed.js';
import { sessionsListCard } from './list.js';
import { type ManageNote, manageCard } from './manage.js';
import { newsCard } from './news.js';
import { moveSeat } from './seats.js';
import { seriesCard } from './series-card.js';

const idInput = z.looseObject({ id: ulid });

async function readSession(reader: Reader, id: string): Promise<Request> {
  const request = await readRequest(reader, id);
  if (request?.action.origin !== 'need') throw new Refusal('refusal.outdated');
  return request;
}

const seatAction = (kind: 'join' | 'leave' | 'confirm') =>
  action({
    // Cards of an earlier version do not say which revision they show.
    input: idInput.extend({ seen: z.preprocess(readWhole, z.int().optional()) }),
    run: async (actor, { id, seen }, services): Promise<Card> => {
      const { request, note } = await moveSeat(actor, id, kind, services, { seen });
      return services.store.read((r) =>
        sessionCard(r, request, { viewer: actor, note }, actor.lang, services),
      );
    },
  });

const manage = (actor: Actor, request: Request, services: Services, note?: ManageNote): Promise<Card> =>
  services.store.read((r) => manageCard(r, request, actor, services, { note }));

const closeAction = (move: 'close' | 'reopen') =>
  action({
    who: 'coordinator',
    input: idInput,
    run: async (actor, { id }, services) => {
      const note = move === 'close' ? 'closed' : 'reopened';
      return manage(actor, await setClosed(actor, id, move, services), services, note);
    },
  });

/** Cancels with a reason, which is given back if it cannot be sent. */
async function cancel(
  actor: Actor,
  data: Record<string, unknown> & { id: string },
  services: Services,
): Promise<Card> {
  const value = readText(data.reason)?.trim() ?? '';
  const t = services.textIn(actor.lang);
  const fault = value ? findTextFault(value, remarkLength, t) : { text: t('sessions.cancelError') };
  if (!fault)
    return manage(actor, await cancelSession(actor, data.id, value, services), services, 'cancelled');
  return services.store.read(async (r) => {
    const request = await requireMove(actor, await readSession(r, data.id), 'cancel', services);
    return manageCard(r, request, actor, services, { refused: { value, fault } });
  });
}

/** Sessions published by coordinators: one click takes a seat or a place on the waiting list, or gives it back. */
export const sessions: Feature = {
  name: 'sessions',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['séances'], en: ['sessions'] },
  open: (actor, services, start) => sessionsListCard(actor, 0, services, start),
  actions: {
    open: action({
      input: openInput,
      run: (actor, { start }, services) => sessionsListCard(actor, 0, services, start),
    }),
    page: action({
      input: pageInput,
      run: (actor, { page, start, ...data }, services) =>
        sessionsListCard(actor, page, services, withChosenArea(start, data, services)),
    }),
    chooseArea: action({
      input: openInput,
      run: async (actor, { start }, services) => {
        const eyebrow = services.textIn(actor.lang)('sessions.listEyebrow');
        return chooseAreaCard(actor, { eyebrow, verb: 'sessions.page', start }, services);
      },
    }),
    view: action({
      byRole: true,
      reads: true,
      input: idInput,
      run: (actor, { id }, services) =>
        services.store.read(async (r) =>
          sessionCard(r, await readSession(r, id), { viewer: actor }, actor.lang, services),
        ),
    }),
    join: seatAction('join'),
    leave: seatAction('leave'),
    confirm: seatAction('confirm'),
    manage: action({
      who: 'coordinator',
      reads: true,
      input: idInput,
      run: (actor, { id }, services) =>
        services.store.read(async (r) => manageCard(r, await readSession(r, id), actor, services)),
    }),
    edit: action({
      who: 'coordinator',
      reads: true,
      input: idInput,
      run: (actor, { id }, services) => openEdit(actor, id, services),
    }),
    save: action({ who: 'coordinator', input: editInput, run: submitEdit }),
    stay: action({ who: 'coordinator', input: stayInput, run: submitStay }),
    close: closeAction('close'),
    reopen: closeAction('reopen'),
    cancel: action({ who: 'coordinator', input: idInput, run: cancel }),
  },
  messages: {
    published: async (message, reader, services) => {
      const request = message.actionId ? await readRequest(reader, message.actionId) : undefined;
      return request && sessionCard(reader, request, {}, message.lang, services);
    },
    series: seriesCard,
    news: newsCard,
    unconfirmed: unconfirmedCard,
    freed: freedCard,
  },
  tasks: { askAgain, giveBack },
  plan: planConfirmations,
};
