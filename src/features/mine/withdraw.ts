import type { Engagement, HistoryRow } from '../../domain/action.js';
import { checkMove } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { isStillPending, type Request, readRequest, writeMove } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';

/** Reads a request again by its id, and makes sure that the person is part of it. */
export async function readOwnRequest(
  reader: Reader,
  actor: Actor,
  id: string,
): Promise<Request & { readonly own: Engagement }> {
  const request = await readRequest(reader, id);
  const own = request?.engagements.find((e) => e.employeeId === actor.id);
  if (!request || !own) throw new Refusal('refusal.notYours');
  return { ...request, own };
}

/** Withdraws an offer; repeating it changes nothing and shows the same card. */
export async function withdrawOffer(actor: Actor, id: string, services: Services): Promise<Request> {
  return services.store.transact(async (tx) => {
    const { own: previous, ...before } = await readOwnRequest(tx, actor, id);
    if (previous.state === 'withdrawn') return before;
    const now = services.clock.now();
    const verdict = checkMove('withdraw', {
      mover: actor,
      action: before.action,
      engagement: previous,
      today: dayAt(now),
    });
    if (!verdict.ok) throw await toRefusal(verdict.because, before.action, previous, actor, services, tx);
    const { decision: _, ...rest } = previous;
    const engagement: Engagement = { ...rest, state: verdict.to, since: now };
    const after: Request = {
      // An offer without its author will not take place.
      action: { ...before.action, state: 'cancelled' },
      engagements: before.engagements.map((e) => (e === previous ? engagement : e)),
    };
    const historyId = services.ids.next();
    await writeMove(tx, services, before, after, [
      {
        id: historyId,
        engagementId: previous.id,
        move: 'withdraw',
        from: previous.state,
        to: verdict.to,
        by: actor.id,
      },
    ]);
    const channel = await tx.get('channels', 'coordinators');
    const keyOf = ({ id: move, engagementId }: HistoryRow) =>
      engagementId === previous.id ? `withdrawn:${move}` : undefined;
    // Somebody relied on it, and updating a card in place notifies nobody.
    if (channel && previous.state === 'approved' && !(await isStillPending(tx, id, keyOf))) {
      const { conversationId, lang } = channel;
      const data = { actionId: id, employeeId: actor.id, at: now };
      await services.enqueue(tx, {
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
