import type { Action, HistoryRow } from '../../domain/action.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { addDays, type Day, startOfDay } from '../../domain/days.js';
import { countSeatsTaken, isClosed } from '../../domain/engagements/moves.js';
import { mobilisedId } from '../../domain/engagements/tally.js';
import type { Reader } from '../../ports.js';
import { zone } from '../../text/dates.js';
import type { Services } from '../feature.js';
import { countFreeSeats } from '../sessions/row.js';
import { readRequests } from '../shared/records.js';

/** The moves of one week, and what comes in the next fortnight. */
export interface Digest {
  /** Employees who count for the first time this year because of this week's entries. */
  readonly newlyMobilised: number;
  /** Pupils of the actions confirmed this week. */
  readonly pupils: number;
  readonly held: readonly Action[];
  readonly received: number;
  readonly approved: number;
  readonly declined: number;
  readonly withdrawn: number;
  readonly coming: readonly {
    readonly action: Action;
    readonly people: number;
    /** Seats that can still be taken, none of an offer. */
    readonly free: number;
  }[];
  /** The last day of the fortnight covered by `coming`. */
  readonly until: Day;
}

/**
 * Reads what changed in the seven days before a day, and what comes in the fortnight from that day.
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
  // Independent reads run in parallel, as there are thousands of records.
  const confirmed = new Set(moves.flatMap((m) => (m.move === 'hold' || isHeldAfterAll(m) ? m.actionId : [])));
  const actions = await Promise.all([...confirmed].map((id) => reader.get('actions', id)));
  const held = actions.flatMap((action) => (action?.state === 'held' ? action : []));
  const until = addDays(day, 13);
  const open = await reader.list('actions', 'byState', 'open', { from: day, until: addDays(until, 1) });
  // An availability has no day yet, so it is not in the fortnight.
  const dated = open.filter((action) => !action.halfDays);
  const coming = (await readRequests(reader, dated))
    .map((request) => ({
      action: request.action,
      people: countSeatsTaken(request.engagements),
      free: takesPeople(request.action, day) ? countFreeSeats(request) : 0,
    }))
    .filter(({ action, people }) => people > 0 || action.origin === 'need');
  return {
    newlyMobilised: await countNewlyMobilised(reader, moves, services),
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

/** Whether a seat of an action can be taken on a day. */
const takesPeople = (action: Action, day: Day): boolean =>
  action.origin === 'need' && day < action.firstDay && !isClosed(action, day);

/** The coordinators have settled that it took place, after an answer that it did not. */
const isHeldAfterAll = ({ move, from, to }: HistoryRow): boolean =>
  move === 'settle' && from.startsWith('not-held') && to.startsWith('held');

/** An employee is new if everything that counts for them this year was entered this week. */
async function countNewlyMobilised(
  reader: Reader,
  moves: readonly Pick<HistoryRow, 'move' | 'engagementId'>[],
  { convention }: Services,
): Promise<number> {
  const attended = new Set(
    moves.flatMap(({ move, engagementId }) => (move === 'attend' && engagementId) || []),
  );
  const engagements = await Promise.all([...attended].map((id) => reader.get('engagements', id)));
  const entered = new Map<string, number>();
  for (const engagement of engagements) {
    if (engagement?.state !== 'attended') continue;
    const id = mobilisedId(programmeYear(engagement.firstDay, convention).id, engagement.employeeId);
    entered.set(id, (entered.get(id) ?? 0) + 1);
  }
  const isFresh = await Promise.all(
    [...entered].map(async ([id, n]) => (await reader.get('mobilised', id))?.attended === n),
  );
  return isFresh.filter(Boolean).length;
}
