import { z } from 'zod';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { formIds, ulid } from '../shared/form.js';
import { cancelledCard, createFormIds } from '../shared/offer-form.js';
import { openInput, type Start, startOf } from '../shared/start.js';
import { findGaps, withUnderstood } from '../shared/understood.js';
import { drawNeedForm, fields, initialValues, publishing, type Values, valuesOf } from './fields.js';
import { submit } from './form.js';

const required = ['level', 'firstDay', 'from', 'schools'] as const;

const drawForm = (actor: Actor, services: Services, values: Values): Card =>
  drawNeedForm(actor, createFormIds(services), values, {}, publishing, services);

/** Opens the form with what is given; the places of a session are the seats of those who come. */
function openForm(actor: Actor, services: Services, { places, ...start }: Start = {}): Card {
  const given = { ...startOf(fields, start, services), ...(places ? { seats: places } : {}) };
  const values = { ...initialValues, ...given };
  const card = drawForm(actor, services, values);
  const { town, suggestedBy } = start;
  const said = { ...startOf(fields, start, services), town, people: places, suggestedBy };
  return withUnderstood(card, said, findGaps(values, required), services);
}

/** A coordinator publishes a need: sessions with seats for employees. */
export const publish: Feature = {
  name: 'publish',
  audience: 'coordinator',
  scopes: ['team', 'personal'],
  commands: { fr: ['publier'], en: ['publish'] },
  open: async (actor, services, start) => openForm(actor, services, start),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: openInput,
      run: async (actor, { start }, services) => openForm(actor, services, start),
    }),
    again: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({ id: ulid }),
      run: async (actor, { id }, services) => {
        const old = await services.store.read((r) => r.get('actions', id));
        if (old?.origin !== 'need') throw new Refusal('refusal.outdated');
        return drawForm(actor, services, { ...valuesOf(old), firstDay: '', closesOn: '' });
      },
    }),
    submit: action({ who: 'coordinator', input: formIds, run: submit }),
    cancel: action({
      input: formIds,
      run: async (actor, _, services) => cancelledCard('publish', actor, services),
    }),
  },
};
