import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { channelUses, chooseChannel, drawCard, requireChannel } from './card.js';
import { dropHeld } from './held-messages.js';
import { lostCard } from './lost-card.js';

/** An administrator chooses the channels: one for requests and decisions, one for announcements. */
export const setup: Feature = {
  name: 'setup',
  audience: 'admin',
  scopes: ['team'],
  commands: { fr: ['configurer'], en: ['setup'] },
  readers: 'anyone',
  open: (actor, services) => drawCard(actor, undefined, services),
  actions: {
    choose: action({
      who: 'admin',
      input: z.looseObject({ use: z.enum(channelUses) }),
      run: (actor, { use }, services) => chooseChannel(actor, use, services),
    }),
    stopAnnouncements: action({
      who: 'admin',
      input: z.looseObject({}),
      run: async (actor, _, services) => {
        requireChannel(actor);
        await services.store.transact(async (tx) => {
          const channel = await tx.get('channels', 'announcements');
          if (!channel) return;
          await dropHeld(tx, channel, services);
          // The audit trail says who has stopped it.
          await tx.put('channels', { ...channel, by: actor.id, at: services.clock.now() });
          await tx.remove('channels', 'announcements');
        });
        return drawCard(actor, undefined, services);
      },
    }),
  },
  messages: { lost: lostCard },
};
