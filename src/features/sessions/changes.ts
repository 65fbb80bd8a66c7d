import type { Action } from '../../domain/action.js';
import { type ActionMove, checkActionMove } from '../../domain/engagements/action-moves.js';
import { changeSession } from '../../domain/engagements/seats.js';
import type { Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Services } from '../feature.js';
import { readCancellation } from '../shared/cancellation.js';
import { type Request, readRequest } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';
import { findSent } from '../shared/sent-form.js';
import { askToConfirmNews } from './ask.js';
import { tellSeatsFreed } from './freed.js';
import { isSameWhen, isSameWhere } from './knowledge.js';
import { writeSeats } from './write.js';

/**
 * The session, if a coordinator may make this move now.
 * @throws Refusal otherwise
 */
export async function requireMove(
  actor: Actor,
  request: Request | undefined,
  move: ActionMove,
  services: Services,
  text = '-',
  tx?: Transaction,
): Promise<Request> {
  if (request?.action.origin !== 'need') throw new Refusal('refusal.outdated');
  const { action } = request;
  const today = dayAt(services.clock.now());
  const verdict = checkActionMove(move, { mover: actor, action, today, text });
  if (verdict.ok) return request;
  throw await toRefusal(verdict.because, action, undefined, actor, services, tx);
}

/** Closes a session to newcomers, or opens it again. Doing it twice changes nothing. */
export async function setClosed(
  actor: Actor,
  id: string,
  move: 'close' | 'reopen',
  services: Services,
): Promise<Request> {
  return services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    const today = dayAt(services.clock.now());
    const undo = move === 'close' ? 'reopen' : 'close';
    const isDone =
      before?.action.state === 'open' &&
      checkActionMove(undo, { mover: actor, action: before.action, today }).ok;
    if (before?.action.origin === 'need' && isDone) return before;
    const known = await requireMove(actor, before, move, services, '-', tx);
    const { closed: _, closesOn, ...rest } = known.action;
    // Reopened after its closing date, it stays open until the eve.
    const stillCloses = closesOn !== undefined && (move === 'close' || closesOn >= today);
    const action: Action = {
      ...rest,
      ...(stillCloses ? { closesOn } : {}),
      ...(move === 'close' ? { closed: true } : {}),
    };
    const after = { ...known, action };
    const row = { id: services.ids.next(), move, from: 'open', to: 'open', by: actor.id };
    await writeSeats(tx, services, known, after, [], { own: [row] });
    return after;
  });
}

/**
 * Cancels a session, with the reason that everybody concerned reads. Doing it twice changes nothing.
 * @throws Refusal if somebody else has cancelled it, or for another reason, which nobody would read
 */
export async function cancelSession(
  actor: Actor,
  id: string,
  reason: string,
  services: Services,
): Promise<Request> {
  return services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    if (before?.action.origin === 'need' && before.action.state === 'cancelled') {
      const first = await readCancellation(tx, id);
      if (first?.by === actor.id && first.why === reason) return before;
    }
    const known = await requireMove(actor, before, 'cancel', services, reason, tx);
    const after: Request = { ...known, action: { ...known.action, state: 'cancelled' } };
    const row = {
      id: services.ids.next(),
      move: 'cancel',
      from: 'open',
      to: 'cancelled',
      by: actor.id,
      why: reason,
    };
    await writeSeats(tx, services, known, after, [], { own: [row], informed: actor.id });
    return after;
  });
}

/** What a form changes of a session. */
export type SessionChange = Pick<
  Action,
  | 'firstDay'
  | 'lastDay'
  | 'hours'
  | 'schools'
  | 'school'
  | 'academies'
  | 'seats'
  | 'remark'
  | 'expected'
  | 'event'
  | 'closesOn'
  | 'checked'
>;

const changeable = [
  'firstDay',
  'lastDay',
  'hours',
  'schools',
  'school',
  'academies',
  'seats',
  'remark',
  'expected',
  'event',
  'closesOn',
  'checked',
] as const satisfies readonly (keyof SessionChange)[];

/** The key of the last change, by which a form knows whether it still shows the session as it is. */
export const readLastEdit = async (tx: Pick<Transaction, 'list'>, actionId: string): Promise<string> =>
  (await tx.list('history', 'byAction', actionId, { reverse: true })).find(({ move }) => move === 'edit')
    ?.id ?? '';

/** `used`: the form was sent before, and the session is not as it says now. */
export type EditResult =
  | { readonly request: Request; readonly note: 'edited' | 'unchanged' | 'used' }
  | 'choose';

const isSameSession = (a: SessionChange, b: SessionChange): boolean =>
  changeable.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));

/**
 * Changes a session. Its calendar entries get another revision when its days, hours or place change; when its days or
 * hours do, those who have a seat are asked to confirm.
 * @param seen the last change when the form was shown
 * @returns `choose` if there are fewer seats than people and it is not said who stays
 */
export async function editSession(
  actor: Actor,
  { id, formKey, seen }: { id: string; formKey: string; seen: string },
  change: SessionChange,
  staying: ReadonlySet<string> | undefined,
  services: Services,
): Promise<EditResult> {
  return services.store.transact(async (tx): Promise<EditResult> => {
    const stored = await readRequest(tx, id);
    const sent = await findSent(tx, { id, formKey }, actor);
    if (sent && stored)
      return { request: stored, note: isSameSession(stored.action, change) ? 'edited' : 'used' };
    const before = await requireMove(actor, stored, 'edit', services, '-', tx);
    if ((await readLastEdit(tx, id)) !== seen)
      throw new Refusal('refusal.editedMeanwhile', { number: String(before.action.number) });
    const action = toChanged(before.action, change);
    if (isSameSession(action, before.action)) return { request: before, note: 'unchanged' };
    const now = services.clock.now();
    const moment = { now, today: dayAt(now) };
    const changed = changeSession(before, action, actor, moment, staying ? { staying } : {});
    const result = await askToConfirmNews(tx, before, changed, moment, services);
    if (!result.ok && result.because === 'full') return 'choose';
    if (!result.ok) throw await toRefusal(result.because, before.action, undefined, actor, services, tx);
    const row = { id: formKey, move: 'edit', from: 'open', to: 'open', by: actor.id };
    await writeSeats(tx, services, before, result.session, result.moves, {
      own: [row],
      later: true,
    });
    const { moves, session } = result;
    if (moves.some(({ move }) => move === 'promote'))
      await tellSeatsFreed(tx, services, session.action, moves, {
        key: `freed:${formKey}`,
        why: 'added',
        by: actor.id,
      });
    return { request: session, note: 'edited' };
  });
}

function toChanged(before: Action, change: SessionChange): Action {
  const kept = Object.fromEntries(
    Object.entries(before).filter(([key]) => !(changeable as readonly string[]).includes(key)),
  ) as Omit<Action, keyof SessionChange>;
  const after: Action = { ...kept, ...change };
  const moved = !isSameWhen(before, after) || !isSameWhere(before, after);
  return moved ? { ...after, revision: (before.revision ?? 0) + 1 } : after;
}
