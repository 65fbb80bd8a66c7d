import type { Action, Engagement, HistoryRow } from '../../domain/action.js';
import type { Convention } from '../../domain/convention/convention.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import { mayCount } from '../../domain/report/counted.js';
import type { Reader, Transaction } from '../../ports.js';
import type { Request, Services } from '../feature.js';
import { notify } from './people.js';
import { indexSchools } from './search-words.js';
import { updateTally } from './tallies.js';
import { planTasks } from './tasks.js';

export type { Request };

/** Reads an action and its engagements again, by id; nothing if there is no such action. */
export async function readRequest(reader: Reader, actionId: string): Promise<Request | undefined> {
  const action = await reader.get('actions', actionId);
  if (!action) return undefined;
  return { action, engagements: await reader.list('engagements', 'byAction', actionId) };
}

/** Reads the engagements of several actions in parallel, as there may be hundreds. */
export const readRequests = (reader: Reader, actions: readonly Action[]): Promise<Request[]> =>
  Promise.all(
    actions.map(async (action) => ({
      action,
      engagements: await reader.list('engagements', 'byAction', action.id),
    })),
  );

/** Reads the actions of several engagements in parallel; engagements without a known action are left out. */
export async function readActionsOf(
  reader: Reader,
  engagements: readonly Engagement[],
): Promise<{ readonly action: Action; readonly engagement: Engagement }[]> {
  const actions = await Promise.all(engagements.map(({ actionId }) => reader.get('actions', actionId)));
  return engagements.flatMap((engagement, i) => {
    const action = actions[i];
    return action ? { action, engagement } : [];
  });
}

/** An employee's engagement in an action has a fixed id, so nobody can take part twice. */
export const engagementId = (actionId: string, employeeId: string): string => `${actionId}:${employeeId}`;

/**
 * Writes one move: the records, a history row for each thing that moved, the tally, the tasks, and an update of every
 * card that shows the action. Actions and engagements are written only here, and by imports.
 * @param before what was stored; nothing for a new action
 * @throws DuplicateKey if a history row's id was used before: the move has already been made
 */
export async function writeMove(
  tx: Transaction,
  services: Services,
  before: Request | undefined,
  after: Request,
  history: readonly Omit<HistoryRow, 'actionId' | 'at'>[],
): Promise<void> {
  const at = services.clock.now();
  for (const row of history)
    await tx.add('history', { at, actionId: after.action.id, ...row, ...signature(row.by, services) });
  if (before?.action !== after.action) {
    await tx.put('actions', after.action);
    await indexSchools(tx, before?.action, after.action);
  }
  const stored = new Set(before?.engagements);
  for (const engagement of after.engagements) {
    if (!stored.has(engagement)) await tx.put('engagements', engagement);
  }
  const convention = await services.conventionIn(tx);
  await updateTally(tx, convention, before, after);
  await countChange(tx, convention, before, after);
  await planTasks(tx, services, after, { isNew: !before });
  const [first] = history;
  const by = first?.by;
  if (first && services.behalf) await tellEmployee(tx, services.behalf, after.action.id, first.id, services);
  // An availability's card lists the dates agreed from it.
  if (after.action.availability) await enqueueRedraws(tx, services, after.action.availability, { by });
  if (!before) return;
  const concerned = await readConcerned(tx, before, after);
  await enqueueRedraws(tx, services, after.action.id, { by, concerned });
  // The card that lists the sessions of a series shows their days, but not their seats.
  const { series } = after.action;
  if (series !== undefined && series !== after.action.id && before.action !== after.action)
    await enqueueRedraws(tx, services, series, { by, message: 'sessions.series' });
}

/** Who made a move: of what a coordinator does for an employee, the coordinator. */
const signature = (by: string, { behalf }: Services): Pick<HistoryRow, 'by' | 'onBehalfOf'> =>
  behalf?.employeeId === by ? { by: behalf.coordinatorId, onBehalfOf: by } : { by };

/** Tells an employee what a coordinator has done for them, as a row of the history says it. */
export const tellEmployee = (
  tx: Transaction,
  { coordinatorId, employeeId }: NonNullable<Services['behalf']>,
  actionId: string,
  historyId: string,
  services: Services,
): Promise<void> =>
  notify(tx, services, employeeId, {
    key: `behalf:${historyId}`,
    message: 'behalf.told',
    data: { historyId },
    actionId,
    by: coordinatorId,
  });

/** The counter of what has changed in a programme year, by which computed figures are known to be current. */
export const yearChangesId = (year: string): string => `changes:${year}`;

/** Counts a change of anything that a report may count. */
async function countChange(
  tx: Transaction,
  convention: Convention,
  before: Request | undefined,
  after: Request,
): Promise<void> {
  const counting = [before, after].flatMap((request) =>
    request && mayCount(request.action, request.engagements)
      ? [programmeYear(request.action.firstDay, convention).id]
      : [],
  );
  for (const year of new Set(counting)) await raiseChanges(tx, year);
}

/** Counts a change of a programme year. */
export async function raiseChanges(tx: Transaction, year: string): Promise<void> {
  const id = yearChangesId(year);
  const value = ((await tx.get('counters', id))?.value ?? 0) + 1;
  await tx.put('counters', { id, value });
}

/** Cards that show only one person's engagement: redrawn when that or the action has changed, not for each other's. */
const personalMessages: ReadonlySet<string> = new Set(['outcome.ask', 'outcome.askAgain']);

/** The chats of those whose engagement has changed; nothing if the action itself has, which concerns everybody. */
async function readConcerned(
  tx: Transaction,
  before: Request,
  after: Request,
): Promise<ReadonlySet<string> | undefined> {
  if (before.action !== after.action) return undefined;
  const moved = after.engagements.filter((e) => !before.engagements.includes(e));
  const people = await Promise.all(moved.map(({ employeeId }) => tx.get('people', employeeId)));
  return new Set(people.flatMap((person) => person?.conversationId ?? []));
}

/**
 * Enqueues an update of every card that shows an action.
 * @param by the person who caused it
 * @param message restricts it to the cards that this message draws
 * @param concerned the chats whose own cards have changed; by default all have
 */
export async function enqueueRedraws(
  tx: Transaction,
  services: Services,
  actionId: string,
  {
    by,
    message,
    concerned,
  }: {
    readonly by?: string | undefined;
    readonly message?: string;
    readonly concerned?: ReadonlySet<string> | undefined;
  },
): Promise<void> {
  for (const post of await tx.list('posts', 'byAction', actionId)) {
    if (message !== undefined && post.message !== message) continue;
    if (concerned && personalMessages.has(post.message) && !concerned.has(post.conversationId)) continue;
    // A post that is still pending is drawn from the records anyway.
    const state = post.activityId ? 'sent' : (await tx.get('outbox', post.id))?.state;
    if (state === 'due' || state === 'held') continue;
    await services.enqueue(tx, {
      key: `update:${post.id}`,
      op: 'update',
      conversationId: post.conversationId,
      message: post.message,
      lang: post.lang,
      actionId,
      target: post.id,
      ...(post.activityId ? { activityId: post.activityId } : {}),
      ...(by ? { by } : {}),
    });
  }
}

/**
 * Whether a message that an earlier move of an action enqueued is still pending. It will be drawn from the records as
 * they are then, so another one would say the same.
 * @param keyOf the key of the message that a move enqueued, if it did
 */
export async function isStillPending(
  tx: Transaction,
  actionId: string,
  keyOf: (move: HistoryRow) => string | undefined,
): Promise<boolean> {
  const keys = (await tx.list('history', 'byAction', actionId)).flatMap((move) => keyOf(move) ?? []);
  const rows = await Promise.all(keys.map((key) => tx.get('outbox', key)));
  return rows.some((row) => row?.state === 'due' || row?.state === 'held');
}

/** The number of a new request, by which people refer to it. */
export async function takeNextNumber(tx: Transaction): Promise<number> {
  const value = ((await tx.get('counters', 'requests'))?.value ?? 0) + 1;
  await tx.put('counters', { id: 'requests', value });
  return value;
}
