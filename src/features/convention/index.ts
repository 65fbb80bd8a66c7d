import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { ulid } from '../shared/form.js';
import { conventionCard } from './card.js';
import { save, signatureForm } from './signature.js';

/**
 * The convention itself: the parties, its dates, where each commitment stands, its amendments, and what comes next
 * (articles 2, 3, 5 and 8). Administrators enter the date of signature.
 */
export const convention: Feature = {
  name: 'convention',
  audience: 'keeper',
  scopes: ['team'],
  commands: { fr: ['convention'], en: ['convention', 'agreement'] },
  readers: 'coordinators',
  open: (actor, services) => conventionCard(actor, services),
  actions: {
    open: action({
      who: 'keeper',
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => conventionCard(actor, services),
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
