import { z } from 'zod';
import type { Engagement, HistoryRow } from '../../domain/action.js';
import { checkMove } from '../../domain/moves.js';
import { dayAt } from '../../text/dates.js';
import { startOfSentence } from '../../text/typeset.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { authorCard } from '../shared/author-card.js';
import { ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { langOf, nameOf } from '../shared/people.js';
import { type Request, readRequest, stillWaits, writeMove } from '../shared/records.js';
import { refusalOf } from '../shared/refusals.js';
import { eyebrow, headingWith, inOneSentence } from '../shared/request-view.js';
import { mineList } from './list.js';

const withId = z.looseObject({ id: ulid });

/** A request that the person is part of, read again by its id. */
async function readMine(
  actor: Actor,
  id: string,
  services: Services,
): Promise<Request & { own: Engagement }> {
  const request = await services.store.read((r) => readRequest(r, id));
  const own = request?.engagements.find((e) => e.employeeId === actor.id);
  if (!request || !own) throw new Refusal('refusal.notYours');
  return { ...request, own };
}

async function show(actor: Actor, id: string, services: Services): Promise<Card> {
  const request = await readMine(actor, id, services);
  return services.store.read((r) => authorCard(r, request, actor.id, actor.lang, services));
}

/** Asks once before an engagement is withdrawn. */
async function confirm(actor: Actor, id: string, services: Services): Promise<Card> {
  const { action: it, own } = await readMine(actor, id, services);
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const verdict = checkMove('withdraw', { mover: actor, action: it, engagement: own, today });
  if (!verdict.ok) throw await refusalOf(verdict.because, it, own, actor, services);
  const offer = it.origin === 'offer';
  return {
    template: 'mine-confirm',
    lang: actor.lang,
    summary: t(offer ? 'mine.confirmOffer' : 'mine.confirmSession'),
    data: {
      id,
      eyebrow: eyebrow(it, t),
      heading: t(offer ? 'mine.confirmOffer' : 'mine.confirmSession'),
      lead: inOneSentence(it, t),
      note: t(offer ? 'mine.confirmOfferNote' : 'mine.confirmSessionNote'),
      yes: t(offer ? 'mine.yesOffer' : 'mine.yesSession'),
      no: t(offer ? 'mine.keepOffer' : 'mine.keepSession'),
    },
  };
}

/** Withdraws; done twice, it changes nothing and shows the same card. */
export async function withdraw(actor: Actor, id: string, services: Services): Promise<Request> {
  return services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    const was = before?.engagements.find((e) => e.employeeId === actor.id);
    if (!before || !was) throw new Refusal('refusal.notYours');
    if (was.state === 'withdrawn') return before;
    const now = services.clock.now();
    const verdict = checkMove('withdraw', {
      mover: actor,
      action: before.action,
      engagement: was,
      today: dayAt(now),
    });
    if (!verdict.ok) throw await refusalOf(verdict.because, before.action, was, actor, services, tx);
    const { decision: _, ...rest } = was;
    const engagement: Engagement = { ...rest, state: verdict.to, since: now };
    const offer = before.action.origin === 'offer';
    const after: Request = {
      // An offer nobody is part of any more will not take place; a session waits for somebody else.
      action: offer ? { ...before.action, state: 'cancelled' } : before.action,
      engagements: before.engagements.map((e) => (e === was ? engagement : e)),
    };
    const historyId = services.ids.next();
    await writeMove(tx, services, before, after, [
      {
        id: historyId,
        engagementId: was.id,
        move: 'withdraw',
        from: was.state,
        to: verdict.to,
        by: actor.id,
      },
    ]);
    const channel = await tx.get('channels', 'coordinators');
    const keyOf = ({ id: move, engagementId }: HistoryRow) =>
      engagementId === was.id ? `withdrawn:${move}` : undefined;
    // Somebody counted on it: an update of the card in place would notify nobody.
    if (channel && was.state === 'approved' && !(await stillWaits(tx, id, keyOf))) {
      const { conversationId, lang } = channel;
      const data = { actionId: id, employeeId: actor.id, at: now };
      await services.owe(tx, {
        key: `withdrawn:${historyId}`,
        conversationId,
        lang,
        message: 'mine.withdrawn',
        data,
        by: actor.id,
      });
    }
    return after;
  });
}

const withdrawnData = z.object({ actionId: z.string(), employeeId: z.string(), at: z.string() });

/** What an employee is part of: where it stands, withdrawing, correcting. */
export const mine: Feature = {
  name: 'mine',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['mes engagements'], en: ['mine'] },
  open: (actor, services) => mineList(actor, 0, services),
  actions: {
    open: action({ input: z.looseObject({}), run: (actor, _, services) => mineList(actor, 0, services) }),
    page: action({ input: pageInput, run: (actor, { page }, services) => mineList(actor, page, services) }),
    show: action({ input: withId, run: (actor, { id }, services) => show(actor, id, services) }),
    withdraw: action({ input: withId, run: (actor, { id }, services) => confirm(actor, id, services) }),
    withdrawConfirmed: action({
      input: withId,
      run: async (actor, { id }, services) => {
        await withdraw(actor, id, services);
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
      // The language may have been changed since the card was sent.
      return authorCard(reader, request, createdBy, author ? langOf(author) : message.lang, services);
    },
    withdrawn: async (message, reader, services) => {
      const { actionId, employeeId, at } = withdrawnData.parse(message.data);
      const it = await reader.get('actions', actionId);
      const person = await reader.get('people', employeeId);
      if (!it) return undefined;
      const t = services.textIn(message.lang);
      const name = nameOf(person, t);
      const heading = headingWith(name, (who) => t('mine.withdrawnHeading', { name: who }));
      return {
        template: 'mine-withdrawn',
        lang: message.lang,
        summary: startOfSentence(t('mine.withdrawnHeading', { name })),
        data: {
          id: actionId,
          eyebrow: eyebrow(it, t),
          heading,
          lead: inOneSentence(it, t),
          note: t(it.origin === 'need' ? 'mine.seatFree' : 'mine.offerGone', { when: t.dates.instant(at) }),
          session: it.origin === 'need' && it.state === 'open',
        },
      };
    },
  },
};
