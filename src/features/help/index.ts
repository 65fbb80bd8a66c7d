import { z } from 'zod';
import { escapeMarkdown } from '../../text/typeset.js';
import { action, type Feature } from '../feature.js';
import { helpCard } from './card.js';

/** In a channel or group chat (`shared`), the welcome says how to ask there, and who added Passerelle. */
const welcomeData = z.object({ shared: z.boolean().default(false), addedBy: z.string().optional() });

/** What Passerelle does, and how to ask for it. */
export const help: Feature = {
  name: 'help',
  audience: 'employee',
  scopes: ['personal', 'team', 'groupChat'],
  commands: { fr: ['aide'], en: ['help'] },
  readers: 'anyone',
  open: async (actor, services) => helpCard(actor, 'help', services),
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: z.looseObject({}),
      run: async (actor, _, services) => helpCard(actor, 'help', services),
    }),
  },
  messages: {
    welcome: async (message, _, services) => {
      const { shared, addedBy } = welcomeData.parse(message.data);
      const t = services.textIn(message.lang);
      const reader = { lang: message.lang, coordinator: false, admin: false };
      if (!shared) return helpCard(reader, 'welcome', services);
      const lead = addedBy ? t('help.addedBy', { name: escapeMarkdown(addedBy) }) : t('help.added');
      return helpCard(reader, 'welcome', services, { lead });
    },
  },
};
