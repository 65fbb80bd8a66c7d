import type { Day } from '../../domain/days.js';
import { confirmationDay } from '../../domain/engagements/confirmation.js';
import { askToConfirm, type Moment, type SeatResult } from '../../domain/engagements/seats.js';
import type { Transaction } from '../../ports.js';
import type { Request, Services } from '../feature.js';
import { isSameWhen } from './knowledge.js';
import { readLastTold } from './news.js';

/**
 * Asks whoever has a seat on other days or at other hours than they know to confirm it: everybody when these change, and
 * whoever moves up before being told of a change. Somebody who has not been told of a change is not asked about one that
 * undoes it.
 */
export async function askToConfirmNews(
  tx: Transaction,
  before: Request,
  result: SeatResult,
  moment: Moment,
  { convention, calendar }: Pick<Services, 'convention' | 'calendar'>,
): Promise<SeatResult> {
  if (!result.ok) return result;
  const { session, moves } = result;
  const { action } = session;
  const hasChanged = !isSameWhen(before.action, action);
  const promoted = new Set(moves.flatMap(({ move, after }) => (move === 'promote' ? [after.id] : [])));
  const day = confirmationDay(moment.today, action.firstDay, convention.confirmDays, calendar);
  const until = new Map<string, Day | null>();
  for (const engagement of session.engagements) {
    if (!hasChanged && !promoted.has(engagement.id)) continue;
    const told = await readLastTold(tx, engagement);
    if (!isSameWhen(told ?? before.action, action)) until.set(engagement.id, day);
    else if (told) until.set(engagement.id, told.confirmBy ?? null);
  }
  return askToConfirm(result, moment, ({ id }) => until.get(id));
}
