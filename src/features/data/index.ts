import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { dataCard } from './card.js';
import { makeEverything } from './file.js';

/** Everything that is kept about whoever asks: on a card in words, and as a file. */
export const data: Feature = {
  name: 'data',
  audience: 'employee',
  scopes: [],
  commands: { fr: ['mes données'], en: ['my data'] },
  open: dataCard,
  actions: {
    open: action({ input: z.looseObject({}), run: (actor, _, services) => dataCard(actor, services) }),
  },
  files: { everything: makeEverything },
};
