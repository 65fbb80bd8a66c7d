import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import { capitaliseFirst } from '../../text/typeset.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { faultData, formHead, formIds, parseNumber, ulid } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { type Request, readRequest, writeMove } from '../shared/records.js';
import { describeAction, describeWhen, eyebrow } from '../shared/request-view.js';
import { requireOwnPlacement } from './own-placement.js';
import { reminderCard } from './reminder-card.js';
import { planReminders, reminderTask } from './reminders.js';

type Faults = FormReader<'agreements'>['faults'];

/** Reads the placement again, and makes sure that this person may report how many of its agreements are signed. */
async function readOwnPlacement(actor: Actor, id: string, services: Services): Promise<Request> {
  const request = await services.store.read((r) => readRequest(r, id));
  return requireOwnPlacement(actor, request);
}

function drawForm(
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
      what: capitaliseFirst(`${describeAction(it, t)}, ${describeWhen(it, t)}.`),
      saved: saved ? t('agreements.saved', signed) : '',
      label: t('agreements.label', signed),
      error: t('agreements.error', { max: places }),
      places,
      value: parseNumber(value),
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
  const { action: it } = await readOwnPlacement(actor, data.id, services);
  const max = it.places ?? 1;
  const reader = new FormReader(['agreements'], data, actor, services);
  const signed = reader.readCount('agreements', { min: 0, max }, t('agreements.error', { max }));
  if (signed === undefined)
    return drawForm(actor, data, it, reader.values.agreements, reader.faults, services);
  const after = await services.store.transact(async (tx) => {
    const before = requireOwnPlacement(actor, await readRequest(tx, data.id));
    const sent = await tx.get('history', data.formKey);
    if (sent && (sent.by !== actor.id || sent.actionId !== data.id)) throw new Refusal('refusal.outdated');
    if (sent) return before.action;
    const changed: Action = { ...before.action, agreements: signed };
    const [from, to] = [String(before.action.agreements ?? 0), String(signed)];
    const row = { id: data.formKey, move: 'agreements', from, to, by: actor.id };
    await writeMove(tx, services, before, { action: changed, engagements: before.engagements }, [row]);
    return changed;
  });
  const next = { id: data.id, formKey: services.ids.unguessable() };
  return drawForm(actor, next, after, String(after.agreements ?? 0), {}, services, true);
}

/**
 * The number of a placement's tripartite agreements that are signed, never whose (articles 3 and 7). A placement
 * cannot start without them, so the people concerned are reminded.
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
        const { action: it } = await readOwnPlacement(actor, id, services);
        const ids = { id, formKey: services.ids.unguessable() };
        return drawForm(actor, ids, it, String(it.agreements ?? 0), {}, services);
      },
    }),
    save: action({ byRole: true, input: formIds, run: save }),
  },
  messages: { due: reminderCard },
  tasks: { due: reminderTask },
  plan: planReminders,
};
