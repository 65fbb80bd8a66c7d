import { z } from 'zod';
import type { Engagement } from '../../domain/action.js';
import { checkMove, countSeatsTaken } from '../../domain/engagements/moves.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { engagementId, type Request, readRequest, writeMove } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';
import { sessionCard } from './card.js';
import { sessionsListCard } from './list.js';

const idInput = z.looseObject({ id: ulid });

type Moved = { request: Request; note: 'joined' | 'left' | 'full' | 'same' };

/**
 * Takes or gives back a seat. One click is enough and a second one changes nothing; the last seat goes to the
 * transaction that comes first.
 */
async function moveSeat(
  actor: Actor,
  id: string,
  kind: 'join' | 'withdraw',
  services: Services,
): Promise<Moved> {
  return services.store.transact(async (tx): Promise<Moved> => {
    const before = await readRequest(tx, id);
    if (before?.action.origin !== 'need') throw new Refusal('refusal.outdated');
    const previous = before.engagements.find((e) => e.employeeId === actor.id);
    const takesPart = previous?.state === 'approved';
    if (before.action.state === 'open' && takesPart === (kind === 'join'))
      return { request: before, note: 'same' };
    const now = services.clock.now();
    const verdict = checkMove(kind, {
      mover: actor,
      action: before.action,
      engagement: previous,
      today: dayAt(now),
      seated: countSeatsTaken(before.engagements),
    });
    if (!verdict.ok && verdict.because === 'full') return { request: before, note: 'full' };
    if (!verdict.ok) throw await toRefusal(verdict.because, before.action, previous, actor, services, tx);
    const { firstDay } = before.action;
    const own = { id: engagementId(id, actor.id), actionId: id, employeeId: actor.id, firstDay };
    const engagement: Engagement = { ...own, state: verdict.to, since: now };
    const request: Request = {
      action: before.action,
      engagements: previous
        ? before.engagements.map((e) => (e === previous ? engagement : e))
        : [...before.engagements, engagement],
    };
    const row = {
      engagementId: engagement.id,
      from: previous?.state ?? 'none',
      to: verdict.to,
      by: actor.id,
    };
    await writeMove(tx, services, before, request, [{ id: services.ids.next(), move: kind, ...row }]);
    return { request, note: kind === 'join' ? 'joined' : 'left' };
  });
}

const seatAction = (kind: 'join' | 'withdraw') =>
  action({
    input: idInput,
    run: async (actor, { id }, services): Promise<Card> => {
      const { request, note } = await moveSeat(actor, id, kind, services);
      return services.store.read((r) =>
        sessionCard(r, request, { viewer: actor, note }, actor.lang, services),
      );
    },
  });

/** Sessions published by coordinators: one click takes or gives back a seat. */
export const sessions: Feature = {
  name: 'sessions',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['séances'], en: ['sessions'] },
  open: (actor, services) => sessionsListCard(actor, 0, services),
  actions: {
    open: action({
      input: z.looseObject({}),
      run: (actor, _, services) => sessionsListCard(actor, 0, services),
    }),
    page: action({
      input: pageInput,
      run: (actor, { page }, services) => sessionsListCard(actor, page, services),
    }),
    view: action({
      byRole: true,
      reads: true,
      input: idInput,
      run: async (actor, { id }, services) => {
        const request = await services.store.read((r) => readRequest(r, id));
        if (request?.action.origin !== 'need') throw new Refusal('refusal.outdated');
        return services.store.read((r) => sessionCard(r, request, { viewer: actor }, actor.lang, services));
      },
    }),
    join: seatAction('join'),
    leave: seatAction('withdraw'),
  },
  messages: {
    published: async (message, reader, services) => {
      const request = message.actionId ? await readRequest(reader, message.actionId) : undefined;
      return request && sessionCard(reader, request, {}, message.lang, services);
    },
  },
};
