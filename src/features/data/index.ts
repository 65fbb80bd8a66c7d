import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { dataCard, offerData } from './card.js';
import { makeEverything } from './file.js';

/** Everything that is kept about whoever asks: on a card in words, and as a file. */
export const data: Feature = {
  name: 'data',
  audience: 'employee',
  scopes: [],
  commands: { fr: ['mes données'], en: ['my data'] },
  open: (actor, services) => dataCard(actor, services),
  actions: {
    open: action({ input: z.looseObject({}), run: (actor, _, services) => dataCard(actor, services) }),
    offer: action({ input: z.looseObject({}), run: (actor, _, services) => offerData(actor, services) }),
  },
  files: { everything: makeEverything },
};
