import type { Action, Engagement } from '../../domain/action.js';
import { checkOutcome } from '../../domain/engagements/moves.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst, removeMarkdown } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import { authorCard } from '../shared/author-card.js';
import { type Faults, faultData, formHead, parseNumber, remarkLength } from '../shared/form.js';
import { type Request, readRequest, writeMove } from '../shared/records.js';
import { toRefusal } from '../shared/refusals.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';

export const fields = ['pupils', 'attended', 'remark'] as const;
type Field = (typeof fields)[number];

export const findApproved = (request: Request): Engagement[] =>
  request.engagements.filter((e) => e.state === 'approved');

async function readUnanswered(actor: Actor, id: string, services: Services): Promise<Request> {
  const request = await services.store.read((r) => readRequest(r, id));
  if (!request) throw new Refusal('refusal.outdated');
  const verdict = checkOutcome(actor, request.action, request.engagements, dayAt(services.clock.now()));
  if (!verdict.ok)
    throw await toRefusal(
      verdict.because,
      request.action,
      findOwnEngagement(request, actor),
      actor,
      services,
    );
  return request;
}

const findOwnEngagement = ({ engagements }: Request, actor: Actor) =>
  engagements.find((e) => e.employeeId === actor.id);

export async function drawForm(
  actor: Actor,
  ids: { id: string; formKey: string },
  values: Record<Field, string>,
  faults: Faults<Field>,
  services: Services,
): Promise<Card> {
  const request = await readUnanswered(actor, ids.id, services);
  const t = services.textIn(actor.lang);
  const people = findApproved(request).map((e) => e.employeeId);
  const name = await services.store.read((r) => readNames(r, people, t));
  const max = services.convention.maxPupils;
  return {
    template: 'outcome-form',
    lang: actor.lang,
    summary: t('outcome.heading'),
    data: {
      ...ids,
      eyebrow: eyebrow(request.action, t),
      ...formHead(t, faults, 'outcome.heading', 'outcome.lead'),
      what: describeInOneSentence(request.action, t),
      values: { ...values, pupils: parseNumber(values.pupils) },
      faults: faultData(fields, faults),
      max,
      limits: { remark: remarkLength },
      pupilsError: t('outcome.pupilsError', { max }),
      // Only coordinators report on their colleagues' attendance.
      askAttended: actor.coordinator && people.length > 1,
      people: people.map((id) => ({ title: removeMarkdown(capitaliseFirst(name(id))), value: id })),
    },
  };
}

export async function start(actor: Actor, id: string, services: Services): Promise<Card> {
  const request = await readUnanswered(actor, id, services);
  const attended = findApproved(request)
    .map((e) => e.employeeId)
    .join(',');
  const pupils = request.action.places ? String(request.action.places) : '';
  return drawForm(
    actor,
    { id, formKey: services.ids.unguessable() },
    { pupils, attended, remark: '' },
    {},
    services,
  );
}

/** Records the outcome of an action, once. Sending the same answer again shows the same card. */
export async function recordAnswer(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  said: { state: 'held' | 'not-held'; pupils: number; remark?: string; attended: ReadonlySet<string> },
  services: Services,
): Promise<Card> {
  const after = await services.store.transact(async (tx) => {
    const before = await readRequest(tx, id);
    if (!before) throw new Refusal('refusal.outdated');
    const sent = await tx.get('history', formKey);
    if (sent && (sent.by !== actor.id || sent.actionId !== id)) throw new Refusal('refusal.outdated');
    if (sent) return before;
    const now = services.clock.now();
    const verdict = checkOutcome(actor, before.action, before.engagements, dayAt(now));
    if (!verdict.ok)
      throw await toRefusal(
        verdict.because,
        before.action,
        findOwnEngagement(before, actor),
        actor,
        services,
        tx,
      );
    const held = said.state === 'held';
    const outcome = {
      pupils: said.pupils,
      by: actor.id,
      at: now,
      ...(said.remark ? { remark: said.remark } : {}),
    };
    const it: Action = { ...before.action, state: said.state, ...(held ? { outcome } : {}) };
    const engagements = before.engagements.map((e): Engagement => {
      if (!held || e.state !== 'approved') return e;
      return { ...e, state: said.attended.has(e.employeeId) ? 'attended' : 'absent', since: now };
    });
    const moved = engagements.filter((e) => !before.engagements.includes(e));
    await writeMove(tx, services, before, { action: it, engagements }, [
      { id: formKey, move: held ? 'hold' : 'miss', from: 'open', to: said.state, by: actor.id },
      ...moved.map((e) => ({
        id: services.ids.next(),
        engagementId: e.id,
        move: e.state === 'attended' ? 'attend' : 'miss',
        from: 'approved',
        to: e.state,
        by: actor.id,
      })),
    ]);
    return { action: it, engagements };
  });
  return drawResult(actor, after, services);
}

/** What the person sees next: their own engagement, or for a coordinator the action, which counts now. */
async function drawResult(actor: Actor, request: Request, services: Services): Promise<Card> {
  if (findOwnEngagement(request, actor))
    return services.store.read((r) => authorCard(r, request, actor.id, actor.lang, services));
  const t = services.textIn(actor.lang);
  const { action: it } = request;
  return {
    template: 'outcome-done',
    lang: actor.lang,
    summary: t(it.state === 'held' ? 'outcome.held' : 'outcome.notHeld'),
    data: {
      eyebrow: eyebrow(it, t),
      heading: t(it.state === 'held' ? 'outcome.held' : 'outcome.notHeld'),
      lead: describeInOneSentence(it, t),
      note: it.outcome ? t('outcome.counted', { count: it.outcome.pupils }) : t('outcome.notCounted'),
    },
  };
}
