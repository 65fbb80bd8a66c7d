import { deadlineId } from '../../domain/convention/deadlines.js';
import type { Transaction } from '../../ports.js';
import type { DeadlineMark } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { readInForce } from '../convention/in-force.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import type { MarkedDeadline } from '../shared/deadlines.js';
import { FormReader } from '../shared/form-reader.js';
import { enqueueRedraws } from '../shared/records.js';
import { readNames } from '../shared/request-view.js';
import { findSent } from '../shared/sent-form.js';
import { deadlineCard, evidenceLength, markFields, requireDeadline } from './card.js';
import { isMarkable } from './read.js';

type MarkData = Record<string, unknown> & { readonly id: string; readonly formKey: string };

/** Marks a deadline as done, with a line that shows it; sent again, the form changes nothing. */
export async function markDone(actor: Actor, data: MarkData, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const form = new FormReader(markFields, data, actor, services);
  const evidence = form.readText('evidence', evidenceLength);
  if (!evidence) form.fail('evidence', { text: t('deadlines.evidenceMissing') });
  if (form.failed || !evidence) {
    return services.store.read(async (reader) =>
      deadlineCard(reader, actor, await requireDeadline(reader, data.id, services), services, form),
    );
  }
  return services.store.transact(async (tx) => {
    const deadline = await requireDeadline(tx, data.id, await readInForce(tx, services));
    if (!isMarkable(deadline)) throw new Refusal('refusal.outdated');
    if (await findSent(tx, data, actor)) return deadlineCard(tx, actor, deadline, services);
    if (deadline.done) throw await toRefusal(tx, deadline.done, actor, services);
    const done = { by: actor.id, at: services.clock.now(), evidence };
    await write(tx, deadline, { id: deadline.id, done }, { id: data.formKey, by: actor.id }, services);
    return deadlineCard(tx, actor, { ...deadline, done }, services);
  });
}

/**
 * Takes it back that a deadline is done; the history keeps who had said so, and who took it back.
 * @param seen when it was marked, as the card says: a button of before changes nothing
 */
export async function undo(actor: Actor, id: string, seen: string, services: Services): Promise<Card> {
  return services.store.transact(async (tx) => {
    const deadline = await requireDeadline(tx, id, await readInForce(tx, services));
    if (deadline.done && deadline.done.at !== seen) throw new Refusal('refusal.outdated');
    if (deadline.done) {
      const row = { id: services.ids.next(), by: actor.id };
      await write(tx, deadline, { id: deadline.id }, row, services);
    }
    return deadlineCard(tx, actor, { ...deadline, done: undefined }, services);
  });
}

/** Writes a mark, its row of the history, and what the reminders in the channel then say. */
async function write(
  tx: Transaction,
  deadline: MarkedDeadline,
  mark: DeadlineMark,
  { id, by }: { readonly id: string; readonly by: string },
  services: Services,
): Promise<void> {
  const actionId = deadlineId(deadline);
  const [from, to] = mark.done ? ['to-do', 'done'] : ['done', 'to-do'];
  const move = mark.done ? 'deadlineDone' : 'deadlineUndone';
  const why = mark.done ? { why: mark.done.evidence } : {};
  await tx.add('history', { id, actionId, move, from, to, by, at: services.clock.now(), ...why });
  await tx.put('deadlines', mark);
  await enqueueRedraws(tx, services, actionId, { by });
}

async function toRefusal(
  tx: Transaction,
  { by, at, evidence }: NonNullable<DeadlineMark['done']>,
  actor: Actor,
  services: Services,
): Promise<Refusal> {
  const t = services.textIn(actor.lang);
  const name = (await readNames(tx, [by], t))(by);
  return new Refusal('refusal.deadlineDone', { name, day: t.dates.long(dayAt(at)), evidence });
}
