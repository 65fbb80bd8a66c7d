import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { formIds } from '../shared/form.js';
import { cancelledCard, createFormIds } from '../shared/offer-form.js';
import { drawForm, initialValues, submit } from './form.js';

/** A coordinator publishes a need: a session with seats for employees. */
export const publish: Feature = {
  name: 'publish',
  audience: 'coordinator',
  scopes: ['team', 'personal'],
  commands: { fr: ['publier'], en: ['publish'] },
  open: async (actor, services) => drawForm(actor, createFormIds(services), initialValues, {}, services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({}),
      run: async (actor, _, services) =>
        drawForm(actor, createFormIds(services), initialValues, {}, services),
    }),
    submit: action({ who: 'coordinator', input: formIds, run: submit }),
    cancel: action({
      input: formIds,
      run: async (actor, _, services) => cancelledCard('publish', actor, services),
    }),
  },
};
