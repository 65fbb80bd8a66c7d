import type { Engagement, HistoryRow } from '../../domain/action.js';
import type { Services } from '../feature.js';

/** A history row, before its move is written. */
export type Row = Omit<HistoryRow, 'actionId' | 'at'>;

/** The engagements after their moves, and a history row for each move. */
export function applyMoves(
  engagements: readonly Engagement[],
  moves: ReadonlyMap<Engagement, 'attend' | 'miss' | 'retract'>,
  by: string,
  { clock, ids }: Services,
): { engagements: Engagement[]; rows: Row[] } {
  const at = clock.now();
  const states = { attend: 'attended', miss: 'absent', retract: 'approved' } as const;
  const rows: Row[] = [];
  const moved = engagements.map((e): Engagement => {
    const move = moves.get(e);
    if (!move) return e;
    const own = e.employeeId === by;
    const to = states[move];
    rows.push({
      id: ids.next(),
      engagementId: e.id,
      move,
      from: e.state,
      to,
      by,
      ...(own || move === 'retract' ? {} : { onBehalfOf: e.employeeId }),
    });
    return { ...e, state: to, since: at, ...(own ? {} : { decision: { by, at } }) };
  });
  return { engagements: moved, rows };
}
