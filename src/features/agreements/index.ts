import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import { startOfSentence } from '../../text/typeset.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { faultData, formHead, formIds, numberTyped, ulid } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { type Request, readRequest, writeMove } from '../shared/records.js';
import { eyebrow, whatIs, whenIs } from '../shared/request-view.js';
import { remindersJob } from './job.js';
import { checkOwn } from './own.js';
import { dueCard } from './reminder.js';

type Faults = FormReader<'agreements'>['faults'];

/** The placement, read again, when this person may say how many of its agreements are signed. */
async function readOwn(actor: Actor, id: string, services: Services): Promise<Request> {
  const request = await services.store.read((r) => readRequest(r, id));
  return checkOwn(actor, request);
}

function form(
  actor: Actor,
  { id, formKey }: { id: string; formKey: string },
  it: Action,
  value: string,
  faults: Faults,
  services: Services,
  saved = false,
): Card {
  const t = services.textIn(actor.lang);
  const places = it.places ?? 1;
  const signed = { signed: t.number(it.agreements ?? 0), places: t.number(places) };
  return {
    template: 'agreements-form',
    lang: actor.lang,
    summary: t('agreements.heading'),
    data: {
      id,
      formKey,
      eyebrow: eyebrow(it, t),
      ...formHead(t, faults, 'agreements.heading', 'agreements.why'),
      what: startOfSentence(`${whatIs(it, t)}, ${whenIs(it, t)}.`),
      saved: saved ? t('agreements.saved', signed) : '',
      label: t('agreements.label', signed),
      error: t('agreements.error', { max: places }),
      places,
      value: numberTyped(value),
      faults: faultData(['agreements'], faults),
    },
  };
}

async function save(
  actor: Actor,
  data: Record<string, unknown> & { id: string; formKey: string },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const { action: it } = await readOwn(actor, data.id, services);
  const max = it.places ?? 1;
  const reader = new FormReader(['agreements'], data, actor, services);
  const signed = reader.count('agreements', { min: 0, max }, t('agreements.error', { max }));
  if (signed === undefined) return form(actor, data, it, reader.values.agreements, reader.faults, services);
  const after = await services.store.transact(async (tx) => {
    const before = checkOwn(actor, await readRequest(tx, data.id));
    const sent = await tx.get('history', data.formKey);
    if (sent && (sent.by !== actor.id || sent.actionId !== data.id)) throw new Refusal('refusal.outdated');
    if (sent) return before.action;
    const changed: Action = { ...before.action, agreements: signed };
    const [from, to] = [String(before.action.agreements ?? 0), String(signed)];
    const row = { id: data.formKey, move: 'agreements', from, to, by: actor.id };
    await writeMove(tx, services, before, { action: changed, engagements: before.engagements }, [row]);
    return changed;
  });
  const next = { id: data.id, formKey: services.ids.next() };
  return form(actor, next, after, String(after.agreements ?? 0), {}, services, true);
}

/**
 * How many of a placement's tripartite agreements are signed: the number, never whose (articles 3 and 7). Without
 * them a placement cannot start, so that those concerned are reminded.
 */
export const agreements: Feature = {
  name: 'agreements',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: z.looseObject({ id: ulid }),
      run: async (actor, { id }, services) => {
        const { action: it } = await readOwn(actor, id, services);
        const ids = { id, formKey: services.ids.next() };
        return form(actor, ids, it, String(it.agreements ?? 0), {}, services);
      },
    }),
    save: action({ byRole: true, input: formIds, run: save }),
  },
  messages: { due: dueCard },
  jobs: { reminders: remindersJob },
};
