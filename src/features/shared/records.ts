import type { Action, Engagement, HistoryRow } from '../../domain/action.js';
import { mainCommitment, programmeYear } from '../../domain/convention.js';
import {
  addActions,
  addDistinct,
  addEmployee,
  type Contribution,
  contributionOf,
  emptyTally,
  mobilisedId,
} from '../../domain/tally.js';
import type { Reader, Transaction } from '../../ports.js';
import type { Services } from '../feature.js';

/** An action with the engagements in it, as stored. */
export interface Request {
  readonly action: Action;
  readonly engagements: readonly Engagement[];
}

/** Reads an action and its engagements again, by id. Nothing: there is no such action. */
export async function readRequest(reader: Reader, actionId: string): Promise<Request | undefined> {
  const action = await reader.get('actions', actionId);
  if (!action) return undefined;
  return { action, engagements: await reader.list('engagements', 'byAction', actionId) };
}

/** Actions with the engagements in them, asked for together: there may be hundreds. */
export const requestsOf = (reader: Reader, actions: readonly Action[]): Promise<Request[]> =>
  Promise.all(
    actions.map(async (action) => ({
      action,
      engagements: await reader.list('engagements', 'byAction', action.id),
    })),
  );

/** Engagements with the actions they are in, asked for together; one whose action is unknown is left out. */
export async function withActions(
  reader: Reader,
  engagements: readonly Engagement[],
): Promise<{ readonly action: Action; readonly engagement: Engagement }[]> {
  const actions = await Promise.all(engagements.map(({ actionId }) => reader.get('actions', actionId)));
  return engagements.flatMap((engagement, i) => {
    const action = actions[i];
    return action ? { action, engagement } : [];
  });
}

/** An employee's engagement in an action has one id: taking part twice is not possible. */
export const engagementId = (actionId: string, employeeId: string): string => `${actionId}:${employeeId}`;

/**
 * Writes one move: the records, a history row for each thing that moved, the tally, and the update of every
 * card that shows the action. The only way in which actions and engagements are written.
 * @param before what was stored, nothing for a new action
 * @throws DuplicateKey when a history row's id was used before: the move was made already
 */
export async function writeMove(
  tx: Transaction,
  services: Services,
  before: Request | undefined,
  after: Request,
  history: readonly Omit<HistoryRow, 'actionId' | 'at'>[],
): Promise<void> {
  const at = services.clock.now();
  for (const row of history) await tx.add('history', { at, actionId: after.action.id, ...row });
  if (before?.action !== after.action) await tx.put('actions', after.action);
  for (const engagement of after.engagements) {
    if (!before?.engagements.includes(engagement)) await tx.put('engagements', engagement);
  }
  await writeTally(tx, services, before, after);
  if (before) await redrawPosts(tx, services, after.action.id, { by: history[0]?.by });
}

async function writeTally(
  tx: Transaction,
  { convention }: Services,
  before: Request | undefined,
  after: Request,
): Promise<void> {
  const of = ({ action, engagements }: Request) =>
    contributionOf(
      action,
      engagements,
      programmeYear(action.firstDay, convention).id,
      mainCommitment(convention).kinds,
    );
  if (before) await addToTally(tx, of(before), -1);
  await addToTally(tx, of(after), 1);
}

/** A contribution that counts for nothing touches no record. */
async function addToTally(tx: Transaction, c: Contribution, sign: 1 | -1): Promise<void> {
  if (c.count.held === 0 && c.count.planned === 0) return;
  let tally = addActions((await tx.get('tallies', c.year)) ?? emptyTally(c.year), c, sign);
  for (const employeeId of new Set([...c.attended, ...c.approved])) {
    const id = mobilisedId(c.year, employeeId);
    const was = (await tx.get('mobilised', id)) ?? { id, attended: 0, approved: 0 };
    const is = addEmployee(was, c, employeeId, sign);
    tally = addDistinct(tally, was, is);
    await tx.put('mobilised', is);
  }
  await tx.put('tallies', tally);
}

/**
 * Owes the update of every card that shows an action.
 * @param by who caused it
 * @param message only of the cards that this message draws
 */
export async function redrawPosts(
  tx: Transaction,
  services: Services,
  actionId: string,
  { by, message }: { readonly by?: string | undefined; readonly message?: string },
): Promise<void> {
  for (const post of await tx.list('posts', 'byAction', actionId)) {
    if (message !== undefined && post.message !== message) continue;
    // A post that waits to be sent, perhaps again, is drawn from the records when its turn comes.
    const state = post.activityId ? 'sent' : (await tx.get('outbox', post.id))?.state;
    if (state === 'due' || state === 'held') continue;
    await services.owe(tx, {
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
 * Whether a message that an earlier move of an action owed still waits: it will be drawn from the records as they are
 * then, and another one would only say the same.
 * @param keyOf the key of the message that a move owed, if it owed one
 */
export async function stillWaits(
  tx: Transaction,
  actionId: string,
  keyOf: (move: HistoryRow) => string | undefined,
): Promise<boolean> {
  const keys = (await tx.list('history', 'byAction', actionId)).flatMap((move) => keyOf(move) ?? []);
  const rows = await Promise.all(keys.map((key) => tx.get('outbox', key)));
  return rows.some((row) => row?.state === 'due');
}

/** The next number people quote for a request. */
export async function nextNumber(tx: Transaction): Promise<number> {
  const value = ((await tx.get('counters', 'requests'))?.value ?? 0) + 1;
  await tx.put('counters', { id: 'requests', value });
  return value;
}
