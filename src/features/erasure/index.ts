import { z } from 'zod';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';
import { ulid } from '../shared/form.js';
import { beginErasure } from './begin.js';
import { confirmCard } from './cards.js';
import { erasureJob } from './job.js';
import { readPlanned } from './planned.js';

const ask = async (actor: Actor, services: Services): Promise<Card> =>
  confirmCard(
    actor,
    await services.store.read((reader) => readPlanned(reader, actor.id, services)),
    services,
  );

/** Erases whoever asks for it: what is planned is withdrawn, what is past goes on counting under a random id. */
export const erasure: Feature = {
  name: 'erasure',
  audience: 'employee',
  scopes: [],
  commands: { fr: ['effacer mes données'], en: ['erase my data'] },
  open: ask,
  actions: {
    open: action({ input: z.looseObject({}), run: (actor, _, services) => ask(actor, services) }),
    erase: action({
      input: z.looseObject({ seen: ulid }),
      run: (actor, { seen }, services) => beginErasure(actor, seen, services),
    }),
  },
  jobs: { erasures: erasureJob },
};
