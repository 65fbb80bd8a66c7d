import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import { type Actor, action, type Card, type FeatureAction, type Services } from '../feature.js';
import { type Faults, formIds, ulid } from './form.js';
import { type OfferDraft, readCorrectable, storeOffer } from './offer.js';
import { openInput, type Start, startOf } from './start.js';
import { findGaps, type Gap, withUnderstood } from './understood.js';

export interface FormIds {
  readonly id: string;
  readonly formKey: string;
}

/** A form with which an employee makes or corrects an offer. */
export interface OfferForm<F extends string> {
  readonly feature: 'host' | 'volunteer';
  readonly fields: readonly F[];
  /** What the form begins with: its own values, and over them those that are given. */
  start(services: Services, given?: Partial<Record<F, string>>): Record<F, string>;
  /** The fields that must be filled in, which depend on others. */
  required(values: Record<F, string>): readonly Gap[];
  valuesOf(action: OfferDraft): Record<F, string>;
  read(
    actor: Actor,
    data: Record<string, unknown>,
    services: Services,
  ): { draft: OfferDraft } | { faults: Faults<F>; values: Record<F, string> };
  draw(actor: Actor, ids: FormIds, values: Record<F, string>, faults: Faults<F>, services: Services): Card;
}

const idInput = z.looseObject({ id: ulid });

/** The id of a new record and the key of its form, created when the form is shown. */
export const createFormIds = (services: Services, id = services.ids.unguessable()): FormIds => ({
  id,
  formKey: services.ids.unguessable(),
});

/** Opens a form with what is given; its lead then says what that was, and what is missing. */
export async function openForm<F extends string>(
  form: OfferForm<F>,
  actor: Actor,
  services: Services,
  start: Start = {},
): Promise<Card> {
  const given = startOf(form.fields, start, services);
  const values = form.start(services, given);
  const card = form.draw(actor, createFormIds(services), values, {}, services);
  return withUnderstood(
    card,
    { ...given, town: start.town, suggestedBy: start.suggestedBy },
    findGaps(values, form.required(values)),
    services,
  );
}

/** Stores an offer and returns the author's card, or returns the form as typed with the faults at their fields. */
export async function submitForm<F extends string>(
  form: OfferForm<F>,
  actor: Actor,
  data: Record<string, unknown> & FormIds,
  services: Services,
): Promise<Card> {
  const read = form.read(actor, data, services);
  if ('draft' in read) return storeOffer(actor, data, read.draft, services);
  return form.draw(actor, data, read.values, read.faults, services);
}

/** The buttons of every offer form: open, edit a stored offer, start from an earlier one, send, cancel. */
export const offerFormActions = <F extends string>(form: OfferForm<F>): Record<string, FeatureAction> => ({
  open: action({
    input: openInput,
    run: (actor, { start }, services) => openForm(form, actor, services, start),
  }),
  edit: action({
    input: idInput,
    run: async (actor, { id }, services) => {
      const known = await readCorrectable(actor, id, services);
      return form.draw(actor, createFormIds(services, id), form.valuesOf(known.action), {}, services);
    },
  }),
  again: action({
    input: idInput,
    run: async (actor, { id }, services) => {
      const old = await services.store.read((r) => r.get('actions', id));
      const own: Action | undefined = old?.createdBy === actor.id ? old : undefined;
      const given = own && { ...form.valuesOf(own), firstDay: '', lastDay: '', event: '' };
      return form.draw(actor, createFormIds(services), form.start(services, given), {}, services);
    },
  }),
  submit: action({ input: formIds, run: (actor, data, services) => submitForm(form, actor, data, services) }),
  cancel: action({
    input: formIds,
    run: async (actor, _, services) => cancelledCard(form.feature, actor, services),
  }),
});

/** A form that was cancelled before it was sent: nothing was kept, and one click brings it back. */
export function cancelledCard(
  feature: 'host' | 'volunteer' | 'publish',
  actor: Actor,
  services: Services,
): Card {
  const t = services.textIn(actor.lang);
  return {
    template: 'opening',
    lang: actor.lang,
    summary: t('form.cancelled'),
    data: {
      heading: t('form.cancelled'),
      lead: t('form.cancelledLead'),
      verb: `${feature}.open`,
      start: '',
      title: t(`${feature}.open`),
    },
  };
}
