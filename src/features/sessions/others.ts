import type { Action } from '../../domain/action.js';
import { addDays, type Day } from '../../domain/days.js';
import { isClosed } from '../../domain/engagements/moves.js';
import { decideSeat } from '../../domain/engagements/waiting-list.js';
import type { Reader } from '../../ports.js';
import { type Request, readRequest } from '../shared/records.js';

/** With two buttons, as many as a card has room for. */
const most = 3;

/**
 * Other sessions for somebody who leaves one: of its académies or its kind, with a free seat, both first, then by day.
 */
export async function readOtherSessions(
  reader: Reader,
  left: Action,
  employeeId: string,
  today: Day,
): Promise<Request[]> {
  const open = await reader.list('actions', 'byStateAndOrigin', 'open|need', { from: addDays(today, 1) });
  const engaged = await reader.list('engagements', 'byEmployee', employeeId, { from: today });
  const own = new Set(
    engaged.flatMap(({ state, actionId }) =>
      state === 'approved' || state === 'waitlisted' ? actionId : [],
    ),
  );
  const fits = (action: Action): number =>
    (action.academies.some((code) => left.academies.includes(code)) ? 2 : 0) +
    (action.kind === left.kind ? 1 : 0);
  const candidates = open
    .filter((a) => a.id !== left.id && !own.has(a.id) && !isClosed(a, today) && fits(a) > 0)
    .sort((a, b) => fits(b) - fits(a));
  const found: Request[] = [];
  for (const { id } of candidates) {
    const request = await readRequest(reader, id);
    if (request && decideSeat(request.action.seats, request.engagements) === 'approved') found.push(request);
    if (found.length === most) break;
  }
  return found;
}
