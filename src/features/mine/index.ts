import { z } from 'zod';
import { checkMove } from '../../domain/engagements/moves.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst } from '../../text/typeset.js';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';
import { sessionCard } from '../sessions/card.js';
import { moveSeat } from '../sessions/seats.js';
import { authorCard } from '../shared/author-card.js';
import { ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { langOf, nameOf } from '../shared/people.js';
import { readActionsOf, readRequest } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';
import { describeInOneSentence, eyebrow, fitHeading } from '../shared/request-view.js';
import { hasDays, openInput, type Start } from '../shared/start.js';
import { isMeant, mineListCard } from './list.js';
import { readOwnRequest, withdrawOffer } from './withdraw.js';

const idInput = z.looseObject({ id: ulid });

const show = (actor: Actor, id: string, services: Services): Promise<Card> =>
  services.store.read(async (r) =>
    authorCard(r, await readOwnRequest(r, actor, id), actor.id, actor.lang, services),
  );

/**
 * What somebody speaks of among their engagements: the only one is shown with all it offers, such as withdrawing. All of
 * them if none is meant.
 */
async function openMine(actor: Actor, services: Services, start: Start = {}): Promise<Card> {
  if (!hasDays(start) && start.kind === undefined) return mineListCard(actor, 0, services);
  const meant = await services.store.read(async (reader) => {
    const own = await readActionsOf(reader, await reader.list('engagements', 'byEmployee', actor.id));
    return own.filter(({ action: it }) => isMeant(start, it));
  });
  const open = meant.filter(
    ({ action: it, engagement }) => it.state === 'open' && engagement.state !== 'withdrawn',
  );
  const [first, ...more] = open.length > 0 ? open : meant;
  if (first && more.length === 0) return show(actor, first.action.id, services);
  return mineListCard(actor, 0, services, first ? start : {});
}

/** Asks for confirmation before an engagement is withdrawn. */
async function askToConfirm(actor: Actor, id: string, services: Services): Promise<Card> {
  const { action: it, own } = await services.store.read((r) => readOwnRequest(r, actor, id));
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const verdict = checkMove('withdraw', { mover: actor, action: it, engagement: own, today });
  if (!verdict.ok) throw await toRefusal(verdict.because, it, own, actor, services);
  const offer = it.origin === 'offer';
  const waits = own.state === 'waitlisted';
  return {
    template: 'mine-confirm',
    lang: actor.lang,
    summary: t(offer ? 'mine.confirmOffer' : 'mine.confirmSession'),
    data: {
      id,
      eyebrow: eyebrow(it, t),
      heading: t(offer ? 'mine.confirmOffer' : 'mine.confirmSession'),
      lead: describeInOneSentence(it, t),
      note: t(
        offer ? 'mine.confirmOfferNote' : waits ? 'mine.confirmWaitingNote' : 'mine.confirmSessionNote',
      ),
      yes: t(offer ? 'mine.yesOffer' : 'mine.yesSession'),
      no: t(offer ? 'mine.keepOffer' : waits ? 'mine.keepWaiting' : 'mine.keepSession'),
    },
  };
}

const withdrawnData = z.object({ actionId: z.string(), employeeId: z.string(), at: z.string() });

/** An employee's engagements: their state, withdrawing, correcting. */
export const mine: Feature = {
  name: 'mine',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['mes engagements'], en: ['mine'] },
  open: openMine,
  actions: {
    open: action({
      input: openInput,
      run: (actor, { start }, services) => openMine(actor, services, start),
    }),
    page: action({
      input: pageInput,
      run: (actor, { page, start }, services) => mineListCard(actor, page, services, start),
    }),
    show: action({ input: idInput, run: (actor, { id }, services) => show(actor, id, services) }),
    withdraw: action({ input: idInput, run: (actor, { id }, services) => askToConfirm(actor, id, services) }),
    withdrawConfirmed: action({
      input: idInput,
      run: async (actor, { id }, services) => {
        const { action: it } = await services.store.read((r) => readOwnRequest(r, actor, id));
        if (it.origin === 'need') {
          const { request, note } = await moveSeat(actor, id, 'leave', services);
          return services.store.read((r) =>
            sessionCard(r, request, { viewer: actor, note }, actor.lang, services),
          );
        }
        await withdrawOffer(actor, id, services);
        return show(actor, id, services);
      },
    }),
  },
  messages: {
    request: async (message, reader, services) => {
      const request = message.actionId ? await readRequest(reader, message.actionId) : undefined;
      if (!request) return undefined;
      const { createdBy } = request.action;
      const author = await reader.get('people', createdBy);
      // The language may have changed since the card was sent.
      return authorCard(reader, request, createdBy, langOf(author ?? message), services);
    },
    withdrawn: async (message, reader, services) => {
      const { actionId, employeeId, at } = withdrawnData.parse(message.data);
      const it = await reader.get('actions', actionId);
      const person = await reader.get('people', employeeId);
      if (!it) return undefined;
      const t = services.textIn(message.lang);
      const name = nameOf(person, t);
      const heading = fitHeading(name, (who) => t('mine.withdrawnHeading', { name: who }));
      return {
        template: 'mine-withdrawn',
        lang: message.lang,
        summary: capitaliseFirst(t('mine.withdrawnHeading', { name })),
        data: {
          id: actionId,
          eyebrow: eyebrow(it, t),
          heading,
          lead: describeInOneSentence(it, t),
          note: t(it.origin === 'need' ? 'mine.seatFree' : 'mine.offerGone', { when: t.dates.instant(at) }),
          session: it.origin === 'need' && it.state === 'open',
        },
      };
    },
  },
};
