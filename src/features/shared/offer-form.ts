import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import { type Actor, action, type Card, type FeatureAction, type Services } from '../feature.js';
import { type Faults, formIds, ulid } from './form.js';
import { correctable, type Draft, sendOffer } from './offer.js';

export interface FormIds {
  readonly id: string;
  readonly formKey: string;
}

/** A form with which an employee makes an offer, and corrects it. */
export interface OfferForm<F extends string> {
  readonly feature: 'host' | 'volunteer';
  readonly fields: readonly F[];
  start(services: Services): Record<F, string>;
  valuesOf(action: Draft): Record<F, string>;
  read(
    actor: Actor,
    data: Record<string, unknown>,
    services: Services,
  ): { draft: Draft } | { faults: Faults<F>; values: Record<F, string> };
  draw(actor: Actor, ids: FormIds, values: Record<F, string>, faults: Faults<F>, services: Services): Card;
}

const anything = z.looseObject({});
const withId = z.looseObject({ id: ulid });

/** A new record's id and the key of its form, made when the form is shown. */
export const newIds = (services: Services, id = services.ids.next()): FormIds => ({
  id,
  formKey: services.ids.next(),
});

export const openForm = async <F extends string>(form: OfferForm<F>, actor: Actor, services: Services) =>
  form.draw(actor, newIds(services), form.start(services), {}, services);

/** The form with everything as typed and the faults at their fields, or the author's card once it is stored. */
export async function submitForm<F extends string>(
  form: OfferForm<F>,
  actor: Actor,
  data: Record<string, unknown> & FormIds,
  services: Services,
): Promise<Card> {
  const read = form.read(actor, data, services);
  if ('draft' in read) return sendOffer(actor, data, read.draft, services);
  return form.draw(actor, data, read.values, read.faults, services);
}

/** The buttons around every offer form: open, edit a stored offer, start again from one, send, put away. */
export const offerFormActions = <F extends string>(form: OfferForm<F>): Record<string, FeatureAction> => ({
  open: action({ input: anything, run: (actor, _, services) => openForm(form, actor, services) }),
  edit: action({
    input: withId,
    run: async (actor, { id }, services) => {
      const known = await correctable(actor, id, services);
      return form.draw(actor, newIds(services, id), form.valuesOf(known.action), {}, services);
    },
  }),
  again: action({
    input: withId,
    run: async (actor, { id }, services) => {
      const old = await services.store.read((r) => r.get('actions', id));
      const own: Action | undefined = old?.createdBy === actor.id ? old : undefined;
      const values = own ? { ...form.valuesOf(own), firstDay: '', lastDay: '' } : form.start(services);
      return form.draw(actor, newIds(services), values, {}, services);
    },
  }),
  submit: action({ input: formIds, run: (actor, data, services) => submitForm(form, actor, data, services) }),
  cancel: action({
    input: formIds,
    run: async (actor, _, services) => cancelledCard(form.feature, actor, services),
  }),
});

/** A form put away before it was sent: nothing was kept, and the way back is one click. */
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
      title: t(`${feature}.open`),
    },
  };
}
