import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import { capitaliseFirst, removeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { drawNeedForm, type Field, fields, readNeed, type Values, valuesOf } from '../publish/fields.js';
import { boundedId } from '../shared/bounded-text.js';
import { type Fault, type Faults, formIds } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { createFormIds } from '../shared/offer-form.js';
import { type Request, readRequest } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';
import { editSession, readLastEdit, requireMove, type SessionChange } from './changes.js';
import { manageCard } from './manage.js';

export const editInput = formIds.extend({ seen: boundedId(26).or(z.literal('')).default('') });
type EditIds = z.infer<typeof editInput>;
/** With what the form held, as the buttons of the next card carry it. */
export const stayInput = editInput.extend({ typed: z.looseObject({}) });

const draw = (
  actor: Actor,
  ids: EditIds,
  values: Values,
  faults: Faults<Field>,
  known: Action,
  services: Services,
): Card =>
  drawNeedForm(
    actor,
    ids,
    values,
    faults,
    {
      heading: 'sessions.editHeading',
      lead: 'sessions.editLead',
      submit: 'sessions.save',
      cancel: 'sessions.manage',
      known,
      seen: ids.seen,
    },
    services,
  );

/** Opens the form of a session with what is stored. */
export async function openEdit(actor: Actor, id: string, services: Services): Promise<Card> {
  const { request, seen } = await services.store.read(async (r) => ({
    request: await readRequest(r, id),
    seen: await readLastEdit(r, id),
  }));
  const { action } = await requireMove(actor, request, 'edit', services);
  return draw(actor, { ...createFormIds(services, id), seen }, valuesOf(action), {}, action, services);
}

/** Changes a session as the form says; asks who stays if there are fewer seats than people. */
export async function submitEdit(
  actor: Actor,
  data: Record<string, unknown> & EditIds,
  services: Services,
  stay?: readonly string[],
): Promise<Card> {
  const request = await services.store.read((r) => readRequest(r, data.id));
  const stored = await requireMove(actor, request, 'edit', services);
  const form = new FormReader<Field>(fields, data, actor, services);
  const need = readNeed(form, actor, services, stored.action);
  if (!need) return draw(actor, data, form.values, form.faults, stored.action, services);
  const { kind: _, level: __, ...change } = need;
  const staying = stay && new Set(stay);
  const result = await editSession(actor, data, change as SessionChange, staying, services);
  if (result === 'choose') {
    const t = services.textIn(actor.lang);
    const fault = stay && { text: t('sessions.stayError', { count: need.seats }) };
    return drawStay(actor, data, stored, form.values, need.seats, stay, fault, services);
  }
  const { request: edited, note } = result;
  return services.store.read((r) => manageCard(r, edited, actor, services, { note }));
}

/** Reads who stays, and changes the session as the form before said. */
export function submitStay(
  actor: Actor,
  data: Record<string, unknown> & z.infer<typeof stayInput>,
  services: Services,
): Promise<Card> {
  const { id, formKey, seen, typed } = data;
  const stay = new FormReader(['stay'], data, actor, services).readChoices('stay') ?? [];
  return submitEdit(actor, { ...typed, id, formKey, seen }, services, stay);
}

/** Fewer seats than people: the coordinator says who stays. The first who came are proposed. */
async function drawStay(
  actor: Actor,
  { id, formKey, seen }: EditIds,
  { action, engagements }: Request,
  typed: Values,
  seats: number,
  chosen: readonly string[] | undefined,
  fault: Fault | undefined,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const seated = engagements
    .filter((e) => e.state === 'approved')
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  const ids = seated.map((e) => e.employeeId);
  const name = await services.store.read((r) => readNames(r, ids, t));
  return {
    template: 'sessions-stay',
    lang: actor.lang,
    summary: t('sessions.stayHeading', { count: seats }),
    data: {
      id,
      formKey,
      seen,
      typed,
      eyebrow: eyebrow(action, t),
      heading: t('sessions.stayHeading', { count: seats }),
      lead: describeInOneSentence(action, t),
      label: t('sessions.stayLabel', { count: seats }),
      error: t('sessions.stayError', { count: seats }),
      fault: { on: fault !== undefined, text: fault?.text ?? '', why: '' },
      people: ids.map((value) => ({ title: removeMarkdown(capitaliseFirst(name(value))), value })),
      value: (chosen ?? ids.slice(0, seats)).join(','),
      note: t('sessions.stayNote'),
    },
  };
}
