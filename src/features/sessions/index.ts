import { z } from 'zod';
import type { Engagement } from '../../domain/action.js';
import { checkMove, seatsTaken } from '../../domain/moves.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { engagementId, type Request, readRequest, writeMove } from '../shared/records.js';
import { refusalOf } from '../shared/refusals.js';
import { sessionCard } from './card.js';
import { sessionsList } from './list.js';

const withId = z.looseObject({ id: ulid });

type Moved = { request: Request; note: 'joined' | 'left' | 'full' | 'same' };

/**
 * Takes a seat, or gives it back. One click is enough and a second changes nothing; the last seat goes to
 * whoever's transaction comes first.
 */
async function move(actor: Actor, id: string, kind: 'join' | 'withdraw', services: Services): Promise<Moved> {
  return services.store.transact(async (tx): Promise<Moved> => {
    const before = await readRequest(tx, id);
    if (before?.action.origin !== 'need') throw new Refusal('refusal.outdated');
    const was = before.engagements.find((e) => e.employeeId === actor.id);
    const takesPart = was?.state === 'approved';
    if (before.action.state === 'open' && takesPart === (kind === 'join'))
      return { request: before, note: 'same' };
    const now = services.clock.now();
    const verdict = checkMove(kind, {
      mover: actor,
      action: before.action,
      engagement: was,
      today: dayAt(now),
      seated: seatsTaken(before.engagements),
    });
    if (!verdict.ok && verdict.because === 'full') return { request: before, note: 'full' };
    if (!verdict.ok) throw await refusalOf(verdict.because, before.action, was, actor, services, tx);
    const { firstDay } = before.action;
    const own = { id: engagementId(id, actor.id), actionId: id, employeeId: actor.id, firstDay };
    const engagement: Engagement = { ...own, state: verdict.to, since: now };
    const request: Request = {
      action: before.action,
      engagements: was
        ? before.engagements.map((e) => (e === was ? engagement : e))
        : [...before.engagements, engagement],
    };
    const row = { engagementId: engagement.id, from: was?.state ?? 'none', to: verdict.to, by: actor.id };
    await writeMove(tx, services, before, request, [{ id: services.ids.next(), move: kind, ...row }]);
    return { request, note: kind === 'join' ? 'joined' : 'left' };
  });
}

const seatAction = (kind: 'join' | 'withdraw') =>
  action({
    input: withId,
    run: async (actor, { id }, services): Promise<Card> => {
      const { request, note } = await move(actor, id, kind, services);
      return services.store.read((r) =>
        sessionCard(r, request, { viewer: actor, note }, actor.lang, services),
      );
    },
  });

/** Sessions that coordinators published: a seat is taken or given back with one click. */
export const sessions: Feature = {
  name: 'sessions',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['séances'], en: ['sessions'] },
  open: (actor, services) => sessionsList(actor, 0, services),
  actions: {
    open: action({ input: z.looseObject({}), run: (actor, _, services) => sessionsList(actor, 0, services) }),
    page: action({
      input: pageInput,
      run: (actor, { page }, services) => sessionsList(actor, page, services),
    }),
    view: action({
      byRole: true,
      reads: true,
      input: withId,
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
