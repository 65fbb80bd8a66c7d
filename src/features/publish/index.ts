import { z } from 'zod';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { formIds, ulid } from '../shared/form.js';
import { cancelledCard, createFormIds } from '../shared/offer-form.js';
import { drawNeedForm, initialValues, publishing, type Values, valuesOf } from './fields.js';
import { submit } from './form.js';

const openForm = (actor: Actor, services: Services, values: Values = initialValues): Card =>
  drawNeedForm(actor, createFormIds(services), values, {}, publishing, services);

/** A coordinator publishes a need: sessions with seats for employees. */
export const publish: Feature = {
  name: 'publish',
  audience: 'coordinator',
  scopes: ['team', 'personal'],
  commands: { fr: ['publier'], en: ['publish'] },
  open: async (actor, services) => openForm(actor, services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({}),
      run: async (actor, _, services) => openForm(actor, services),
    }),
    again: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({ id: ulid }),
      run: async (actor, { id }, services) => {
        const old = await services.store.read((r) => r.get('actions', id));
        if (old?.origin !== 'need') throw new Refusal('refusal.outdated');
        return openForm(actor, services, { ...valuesOf(old), firstDay: '', closesOn: '' });
      },
    }),
    submit: action({ who: 'coordinator', input: formIds, run: submit }),
    cancel: action({
      input: formIds,
      run: async (actor, _, services) => cancelledCard('publish', actor, services),
    }),
  },
};
