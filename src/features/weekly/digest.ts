import type { Action, Day, HistoryRow } from '../../domain/action.js';
import { addDays, programmeYear } from '../../domain/convention.js';
import { seatsTaken } from '../../domain/moves.js';
import { mobilisedId } from '../../domain/tally.js';
import { startOfDay } from '../../domain/week.js';
import type { Reader } from '../../ports.js';
import { zone } from '../../text/dates.js';
import type { Services } from '../feature.js';

/** The moves of one week, and what comes in the next fortnight. */
export interface Digest {
  /** Employees counted for the first time this year, thanks to this week's entries. */
  readonly newlyMobilised: number;
  /** Pupils of the actions confirmed this week. */
  readonly pupils: number;
  readonly held: readonly Action[];
  readonly received: number;
  readonly approved: number;
  readonly declined: number;
  readonly withdrawn: number;
  readonly coming: readonly { readonly action: Action; readonly people: number }[];
  /** Last day of the fortnight that `coming` covers. */
  readonly until: Day;
}

/**
 * Reads what changed in the seven days before a day, and what comes in the fortnight that starts on it.
 * @param day the day of the weekly message, Europe/Paris
 */
export async function readDigest(reader: Reader, day: Day, services: Services): Promise<Digest> {
  const [since, before] = [startOfDay(addDays(day, -7), zone), startOfDay(day, zone)];
  const months = [...new Set([since.slice(0, 7), before.slice(0, 7)])];
  const moves: HistoryRow[] = [];
  for (const month of months) {
    moves.push(...(await reader.list('history', 'byMonth', month, { from: since, until: before })));
  }
  const count = (...names: string[]) => moves.filter((m) => names.includes(m.move)).length;
  const held: Action[] = [];
  for (const { actionId } of moves.filter((m) => m.move === 'hold')) {
    const action = await reader.get('actions', actionId);
    if (action?.state === 'held') held.push(action);
  }
  const until = addDays(day, 13);
  const open = await reader.list('actions', 'byState', 'open', { from: day, until: addDays(until, 1) });
  const coming: { action: Action; people: number }[] = [];
  for (const action of open) {
    // An availability has no day yet: nothing comes of it in the fortnight.
    if (action.halfDays) continue;
    const engagements = await reader.list('engagements', 'byAction', action.id);
    const people = seatsTaken(engagements);
    if (people > 0 || action.origin === 'need') coming.push({ action, people });
  }
  return {
    newlyMobilised: await countNew(reader, moves, services),
    pupils: held.reduce((n, a) => n + (a.outcome?.pupils ?? 0), 0),
    held,
    received: count('offer'),
    approved: count('approve'),
    declined: count('decline'),
    withdrawn: count('withdraw'),
    coming,
    until,
  };
}

/** An employee is new when everything that counts for them this year was entered this week. */
async function countNew(
  reader: Reader,
  moves: readonly { move: string; actionId: string; engagementId?: string }[],
  { convention }: Services,
): Promise<number> {
  const entered = new Map<string, number>();
  for (const { move, actionId, engagementId } of moves) {
    if (move !== 'attend' || !engagementId) continue;
    const action = await reader.get('actions', actionId);
    const engagement = await reader.get('engagements', engagementId);
    if (!action || engagement?.state !== 'attended') continue;
    const id = mobilisedId(programmeYear(action.firstDay, convention).id, engagement.employeeId);
    entered.set(id, (entered.get(id) ?? 0) + 1);
  }
  let fresh = 0;
  for (const [id, n] of entered) {
    if ((await reader.get('mobilised', id))?.attended === n) fresh += 1;
  }
  return fresh;
}
