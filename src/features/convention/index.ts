import { z } from 'zod';
import { type Actor, action, type Feature } from '../feature.js';
import { ulid } from '../shared/form.js';
import { toRoleRefusal } from '../shared/refusals.js';
import { conventionCard } from './card.js';
import { save, signatureForm } from './signature.js';

/** Coordinators read it, and administrators, who enter the date of signature. */
const requireReader = (actor: Actor): void => {
  if (!actor.coordinator && !actor.admin) throw toRoleRefusal(actor, 'refusal.notCoordinator');
};

/**
 * The convention itself: the parties, its dates, where each commitment stands, its amendments, and what comes next
 * (articles 2, 3, 5 and 8).
 */
export const convention: Feature = {
  name: 'convention',
  audience: 'coordinator',
  alsoFor: 'admin',
  scopes: ['team'],
  commands: { fr: ['convention'], en: ['convention'] },
  readers: 'coordinators',
  open: (actor, services) => conventionCard(actor, services),
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: z.looseObject({}),
      run: async (actor, _, services) => {
        requireReader(actor);
        return conventionCard(actor, services);
      },
    }),
    signature: action({
      who: 'admin',
      input: z.looseObject({}),
      run: async (actor, _, services) =>
        services.store.read((reader) => signatureForm(reader, actor, services.ids.unguessable(), services)),
    }),
    sign: action({ who: 'admin', input: z.looseObject({ formKey: ulid }), run: save }),
  },
};
