import type { HistoryRow } from '../../domain/action.js';
import type { SeatMove } from '../../domain/engagements/seats.js';
import type { Transaction } from '../../ports.js';
import type { Services } from '../feature.js';
import { type Request, writeMove } from '../shared/records.js';
import { tellChanges } from './news.js';

type Row = Omit<HistoryRow, 'actionId' | 'at'>;

/**
 * Writes what has become of a session's seats, and tells those for whom something has changed.
 * @param own what is written before the moves of the seats: a move of the session itself
 * @param informed the person who did it, and sees it in the answer
 * @param later true if more may change in the next minutes: people are told once
 * @returns the history rows of the moves, in their order
 */
export async function writeSeats(
  tx: Transaction,
  services: Services,
  before: Request,
  after: Request,
  moves: readonly SeatMove[],
  { own = [], informed, later = false }: { own?: readonly Row[]; informed?: string; later?: boolean } = {},
): Promise<readonly Row[]> {
  const rows = moves.map(
    ({ move, by, before: from, after: to }): Row => ({
      id: services.ids.next(),
      engagementId: to.id,
      move,
      from: from?.state ?? 'none',
      to: to.state,
      by,
    }),
  );
  await writeMove(tx, services, before, after, [...own, ...rows]);
  await tellChanges(tx, services, before, after, { informed, later });
  return rows;
}
