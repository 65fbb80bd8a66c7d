import { z } from 'zod';
import type { Action, Engagement } from '../domain/action.js';
import { checkOutcome } from '../domain/moves.js';
import { dayAt } from '../text/dates.js';
import { startOfSentence, withoutMarkdown } from '../text/typeset.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from './feature.js';
import { authorCard } from './shared/author-card.js';
import { type Faults, faultData, formHead, formIds, numberTyped, remarkLength, ulid } from './shared/form.js';
import { FormReader } from './shared/form-reader.js';
import { type Request, readRequest, writeMove } from './shared/records.js';
import { refusalOf } from './shared/refusals.js';
import { eyebrow, inOneSentence, namesOf } from './shared/request-view.js';

const fields = ['pupils', 'attended', 'remark'] as const;
type Field = (typeof fields)[number];

const approved = (request: Request): Engagement[] =>
  request.engagements.filter((e) => e.state === 'approved');

async function readToAnswer(actor: Actor, id: string, services: Services): Promise<Request> {
  const request = await services.store.read((r) => readRequest(r, id));
  if (!request) throw new Refusal('refusal.outdated');
  const verdict = checkOutcome(actor, request.action, request.engagements, dayAt(services.clock.now()));
  if (!verdict.ok)
    throw await refusalOf(verdict.because, request.action, ownOf(request, actor), actor, services);
  return request;
}

const ownOf = ({ engagements }: Request, actor: Actor) => engagements.find((e) => e.employeeId === actor.id);

async function form(
  actor: Actor,
  ids: { id: string; formKey: string },
  values: Record<Field, string>,
  faults: Faults<Field>,
  services: Services,
): Promise<Card> {
  const request = await readToAnswer(actor, ids.id, services);
  const t = services.textIn(actor.lang);
  const people = approved(request).map((e) => e.employeeId);
  const name = await services.store.read((r) => namesOf(r, people, t));
  const max = services.convention.maxPupils;
  return {
    template: 'outcome-form',
    lang: actor.lang,
    summary: t('outcome.heading'),
    data: {
      ...ids,
      eyebrow: eyebrow(request.action, t),
      ...formHead(t, faults, 'outcome.heading', 'outcome.lead'),
      what: inOneSentence(request.action, t),
      values: { ...values, pupils: numberTyped(values.pupils) },
      faults: faultData(fields, faults),
      max,
      limits: { remark: remarkLength },
      pupilsError: t('outcome.pupilsError', { max }),
      // Only coordinators say of colleagues whether they came.
      askAttended: actor.coordinator && people.length > 1,
      people: people.map((id) => ({ title: withoutMarkdown(startOfSentence(name(id))), value: id })),
    },
  };
}

async function start(actor: Actor, id: string, services: Services): Promise<Card> {
  const request = await readToAnswer(actor, id, services);
  const attended = approved(request)
    .map((e) => e.employeeId)
    .join(',');
  const pupils = request.action.places ? String(request.action.places) : '';
  return form(actor, { id, formKey: services.ids.next() }, { pupils, attended, remark: '' }, {}, services);
}

/** Records what came of an action, once. Sending the same answer again shows the same card. */
async function answer(
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
      throw await refusalOf(verdict.because, before.action, ownOf(before, actor), actor, services, tx);
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
  return done(actor, after, services);
}

/** What the person sees afterwards: their own engagement, or for a coordinator the action that now counts. */
async function done(actor: Actor, request: Request, services: Services): Promise<Card> {
  if (ownOf(request, actor))
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
      lead: inOneSentence(it, t),
      note: it.outcome ? t('outcome.counted', { count: it.outcome.pupils }) : t('outcome.notCounted'),
    },
  };
}

/** Whether an action took place, and with how many pupils: only then does it count (article 5). */
export const outcome: Feature = {
  name: 'outcome',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: z.looseObject({ id: ulid }),
      run: (actor, { id }, services) => start(actor, id, services),
    }),
    held: action({
      byRole: true,
      input: formIds,
      run: async (actor, data, services) => {
        const t = services.textIn(actor.lang);
        const max = services.convention.maxPupils;
        const reader = new FormReader(fields, data, actor, services);
        const pupils = reader.count('pupils', { min: 0, max }, t('outcome.pupilsError', { max }));
        const remark = reader.text('remark', remarkLength);
        const request = await services.store.read((r) => readRequest(r, data.id));
        const people = request ? approved(request).map((e) => e.employeeId) : [];
        const asked = actor.coordinator && people.length > 1;
        const attended = asked ? reader.someOf('attended', people, t('outcome.attendedError')) : people;
        if (reader.failed || pupils === undefined)
          return form(actor, data, reader.values, reader.faults, services);
        const said = {
          state: 'held' as const,
          pupils,
          attended: new Set(attended),
          ...(remark ? { remark } : {}),
        };
        return answer(actor, data, said, services);
      },
    }),
    notHeld: action({
      byRole: true,
      input: formIds,
      run: (actor, data, services) =>
        answer(actor, data, { state: 'not-held', pupils: 0, attended: new Set() }, services),
    }),
  },
};
