import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { progressCard } from './card.js';

/** How far the yearly commitments are met. */
export const progress: Feature = {
  name: 'progress',
  audience: 'employee',
  scopes: ['personal', 'team', 'groupChat'],
  commands: { fr: ['progression'], en: ['progress'] },
  readers: 'anyone',
  open: progressCard,
  actions: {
    open: action({ input: z.looseObject({}), run: (actor, _, services) => progressCard(actor, services) }),
  },
};
