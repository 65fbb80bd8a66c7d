import type { Action, Engagement, EngagementState } from '../../domain/action.js';
import { confirmationDay } from '../../domain/engagements/confirmation.js';
import { checkMove, type EngagementMove } from '../../domain/engagements/moves.js';
import type { Reader, Transaction } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, Refusal, type Request, type Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { engagementId, readRequest, takeNextNumber, writeMove } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';
import { findSent } from '../shared/sent-form.js';
import type { DateDraft } from './fields.js';

/** A dated action and the engagement of its employee. */
export type Dated = Request & { readonly own: Engagement };

/**
 * An approved availability, from which dates can be fixed.
 * @throws Refusal if it is none, or not any more
 */
export async function readAvailability(reader: Reader, id: string): Promise<Action> {
  const request = await readRequest(reader, id);
  const own = request?.engagements.find((e) => e.employeeId === request.action.createdBy);
  if (!request?.action.halfDays || request.action.state !== 'open' || own?.state !== 'approved')
    throw new Refusal('refusal.outdated');
  return request.action;
}

/** Nobody else takes part. */
const toDated = (action: Action, own: Engagement): Dated => ({ action, engagements: [own], own });

/** An action with a date that was agreed from an availability; nothing if it is none. */
export async function findDated(reader: Reader, id: string): Promise<Dated | undefined> {
  const action = await reader.get('actions', id);
  if (!action?.availability) return undefined;
  const own = await reader.get('engagements', engagementId(id, action.createdBy));
  return own && toDated(action, own);
}

/**
 * The same.
 * @throws Refusal if it is none
 */
export async function readDated(reader: Reader, id: string): Promise<Dated> {
  const dated = await findDated(reader, id);
  if (!dated) throw new Refusal('refusal.outdated');
  return dated;
}

/**
 * The state after a move.
 * @throws Refusal if the table of moves does not allow it now
 */
export async function requireDateMove(
  actor: Actor,
  move: Extract<EngagementMove, 'fixDay' | 'moveDay' | 'proposeDay' | 'confirm'>,
  action: Action,
  engagement: Engagement | undefined,
  services: Services,
  reader?: Reader,
): Promise<EngagementState> {
  const today = dayAt(services.clock.now());
  const verdict = checkMove(move, { mover: actor, action, engagement, today });
  if (!verdict.ok) throw await toRefusal(verdict.because, action, engagement, actor, services, reader);
  return verdict.to;
}

/** Writes a move of the date or of its employee. */
async function writeDated(
  tx: Transaction,
  services: Services,
  before: Dated | undefined,
  after: Dated,
  row: { readonly id: string; readonly move: EngagementMove; readonly by: string },
): Promise<Dated> {
  const [from, to] = [before?.own.state ?? 'none', after.own.state];
  await writeMove(tx, services, before, after, [{ ...row, engagementId: after.own.id, from, to }]);
  return after;
}

const askToConfirm = (firstDay: string, { clock, convention, calendar }: Services) => {
  const today = dayAt(clock.now());
  return { confirmBy: confirmationDay(today, firstDay, convention.confirmDays, calendar), askedOn: today };
};

/** Makes a dated action of an availability, which stays open. Sending the same form again changes nothing. */
export function fixDate(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  draft: DateDraft,
  services: Services,
): Promise<Dated> {
  return services.store.transact(async (tx): Promise<Dated> => {
    const sent = await tx.get('history', formKey);
    if (sent) {
      const dated = await readDated(tx, sent.actionId);
      if (sent.by !== actor.id || dated.action.availability !== id) throw new Refusal('refusal.outdated');
      return dated;
    }
    const { kind, level, createdBy } = await readAvailability(tx, id);
    const now = services.clock.now();
    const action: Action = {
      ...draft,
      id: services.ids.next(),
      number: await takeNextNumber(tx),
      origin: 'offer',
      kind,
      ...(level ? { level } : {}),
      state: 'open',
      seats: 1,
      availability: id,
      createdBy,
      createdAt: now,
    };
    const state = await requireDateMove(actor, 'fixDay', action, undefined, services, tx);
    const own: Engagement = {
      id: engagementId(action.id, createdBy),
      actionId: action.id,
      employeeId: createdBy,
      state,
      since: now,
      firstDay: action.firstDay,
      decision: { by: actor.id, at: now },
      ...askToConfirm(action.firstDay, services),
    };
    const row = { id: formKey, move: 'fixDay', by: actor.id } as const;
    const dated = await writeDated(tx, services, undefined, toDated(action, own), row);
    await tell(tx, actor, action, formKey, services);
    return dated;
  });
}

/**
 * Gives a dated action another date. Its calendar entry gets another revision.
 * @param ask false when the employee has proposed it, and has not to confirm it
 */
export function moveDate(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  draft: DateDraft | ((before: Dated) => DateDraft),
  services: Services,
  { ask }: { readonly ask: boolean },
): Promise<Dated> {
  return services.store.transact(async (tx): Promise<Dated> => {
    const before = await readDated(tx, id);
    if (await findSent(tx, { id, formKey }, actor)) return before;
    const { remark: _, schools: __, school: ___, revision = 0, ...kept } = before.action;
    const date = typeof draft === 'function' ? draft(before) : draft;
    const action: Action = { ...kept, ...date, revision: revision + 1 };
    await requireDateMove(actor, 'moveDay', before.action, before.own, services, tx);
    await requireDateMove(actor, 'moveDay', action, before.own, services, tx);
    const { confirmBy: _c, askedOn: _a, proposal: _p, ...rest } = before.own;
    const own: Engagement = {
      ...rest,
      firstDay: action.firstDay,
      decision: { by: actor.id, at: services.clock.now() },
      ...(ask ? askToConfirm(action.firstDay, services) : {}),
    };
    const row = { id: formKey, move: 'moveDay', by: actor.id } as const;
    const after = await writeDated(tx, services, before, toDated(action, own), row);
    await tell(tx, actor, action, formKey, services);
    return after;
  });
}

const tell = (tx: Transaction, actor: Actor, action: Action, occurrence: string, services: Services) =>
  notify(tx, services, action.createdBy, {
    key: `dates.fixed:${occurrence}`,
    message: 'dates.fixed',
    data: { actionId: action.id },
    actionId: action.id,
    by: actor.id,
  });

/**
 * Records that the employee comes. Doing it twice changes nothing.
 * @param seen the date's revision on the card: a yes to another date confirms nothing
 */
export function confirmDate(
  actor: Actor,
  { id, seen }: { readonly id: string; readonly seen?: number | undefined },
  services: Services,
): Promise<{ dated: Dated; note: 'confirmed' | 'changed' }> {
  return services.store.transact(async (tx) => {
    const before = await readDated(tx, id);
    const isOwn = before.own.employeeId === actor.id;
    if (isOwn && before.own.state === 'approved' && before.own.confirmBy === undefined)
      return { dated: before, note: 'confirmed' };
    await requireDateMove(actor, 'confirm', before.action, before.own, services, tx);
    if (seen !== undefined && seen !== (before.action.revision ?? 0))
      return { dated: before, note: 'changed' };
    const { confirmBy: _c, askedOn: _a, proposal: _p, ...own } = before.own;
    const row = { id: services.ids.next(), move: 'confirm', by: actor.id } as const;
    return {
      dated: await writeDated(tx, services, before, toDated(before.action, own), row),
      note: 'confirmed',
    };
  });
}

/** Records another date that the employee proposes, and gives it to the coordinators. */
export function proposeDate(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  proposal: Omit<NonNullable<Engagement['proposal']>, 'at'>,
  services: Services,
): Promise<Dated> {
  return services.store.transact(async (tx): Promise<Dated> => {
    const before = await readDated(tx, id);
    if (await findSent(tx, { id, formKey }, actor)) return before;
    await requireDateMove(actor, 'proposeDay', before.action, before.own, services, tx);
    const at = services.clock.now();
    const own: Engagement = { ...before.own, proposal: { ...proposal, at } };
    const row = { id: formKey, move: 'proposeDay', by: actor.id } as const;
    const after = await writeDated(tx, services, before, toDated(before.action, own), row);
    const channel = await tx.get('channels', 'coordinators');
    if (channel)
      await services.enqueue(tx, {
        key: `dates.proposed:${formKey}`,
        conversationId: channel.conversationId,
        lang: channel.lang,
        message: 'dates.proposed',
        data: { at },
        actionId: id,
        by: actor.id,
      });
    return after;
  });
}
