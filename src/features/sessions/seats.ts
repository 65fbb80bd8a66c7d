import type { HistoryRow } from '../../domain/action.js';
import { confirmSeat, leaveSeat, takeSeat } from '../../domain/engagements/seats.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { engagementId, isStillPending, type Request, readRequest } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';
import { askToConfirmNews } from './ask.js';
import { tellSeatsFreed } from './freed.js';
import { writeSeats } from './write.js';

export type SeatNote = 'joined' | 'waiting' | 'left' | 'leftLine' | 'confirmed' | 'changed' | 'same';
export interface Moved {
  readonly request: Request;
  readonly note: SeatNote;
}

/**
 * Takes a seat or a place on the waiting list, gives it back, or confirms it. One click is enough and a second one
 * changes nothing; the last seat goes to the transaction that comes first.
 * @param seen the session's revision on the card: a yes to other days, hours or another place confirms nothing
 */
export async function moveSeat(
  actor: Actor,
  id: string,
  kind: 'join' | 'leave' | 'confirm',
  services: Services,
  { seen }: { readonly seen?: number | undefined } = {},
): Promise<Moved> {
  return services.store.transact(async (tx): Promise<Moved> => {
    const before = await readRequest(tx, id);
    if (before?.action.origin !== 'need') throw new Refusal('refusal.outdated');
    const employeeId = actor.id;
    const previous = before.engagements.find((e) => e.employeeId === employeeId);
    const has = previous?.state === 'approved' || previous?.state === 'waitlisted';
    const isDone = {
      join: has,
      leave: !has,
      confirm: previous?.state !== 'approved' || previous.confirmBy === undefined,
    }[kind];
    if (before.action.state === 'open' && isDone) return { request: before, note: 'same' };
    const now = services.clock.now();
    const moment = { now, today: dayAt(now) };
    const person = { id: engagementId(id, employeeId), employeeId };
    const moved = {
      join: () => takeSeat(before, person, actor, moment),
      leave: () => leaveSeat(before, employeeId, actor, moment),
      confirm: () => confirmSeat(before, employeeId, actor, moment),
    }[kind]();
    const result = await askToConfirmNews(tx, before, moved, moment, services);
    if (!result.ok) throw await toRefusal(result.because, before.action, previous, actor, services, tx);
    if (kind === 'confirm' && seen !== undefined && seen !== (before.action.revision ?? 0))
      return { request: before, note: 'changed' };
    const { session: request, moves } = result;
    const [row] = await writeSeats(tx, services, before, request, moves, {
      informed: employeeId,
    });
    if (kind === 'leave' && previous?.state === 'approved' && row) {
      const keyOf = (move: Pick<HistoryRow, 'id' | 'engagementId'>) =>
        move.engagementId === previous.id ? `withdrawn:${move.id}` : undefined;
      // Somebody relied on it, and updating a card in place notifies nobody.
      if (!(await isStillPending(tx, id, keyOf))) {
        const key = `withdrawn:${row.id}`;
        await tellSeatsFreed(tx, services, request.action, moves, { key, why: 'withdrawn', by: actor.id });
      }
    }
    const note: SeatNote =
      kind === 'join'
        ? moves[0]?.move === 'join'
          ? 'joined'
          : 'waiting'
        : kind === 'confirm'
          ? 'confirmed'
          : previous?.state === 'waitlisted'
            ? 'leftLine'
            : 'left';
    return { request, note };
  });
}
