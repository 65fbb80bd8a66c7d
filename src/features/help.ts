import { z } from 'zod';
import { escapeMarkdown } from '../text/typeset.js';
import { type Actor, action, type Card, type Feature, type Services } from './feature.js';
import { features } from './index.js';

type Moment = 'welcome' | 'help' | 'unknown';

/** Who reads the help: somebody the server knows, or a place where nobody in particular does. */
type Reader = Pick<Actor, 'lang' | 'coordinator' | 'admin'>;

/** What the person can do here, from the list of features: their commands, and buttons for the first ones. */
export function helpCard(actor: Reader, moment: Moment, services: Services, lead?: string): Card {
  const t = services.textIn(actor.lang);
  const visible = features.filter(
    (f) =>
      f.open &&
      f.commands[actor.lang].length > 0 &&
      f.name !== 'help' &&
      (f.audience === 'employee' || (f.audience === 'coordinator' ? actor.coordinator : actor.admin)),
  );
  const buttons = visible.filter((f) => f.audience === 'employee' && f.actions.open);
  const other = actor.lang === 'fr' ? 'en' : 'fr';
  return {
    template: 'help-card',
    lang: actor.lang,
    summary: t(`help.${moment}.heading`),
    data: {
      eyebrow: t('help.eyebrow', { company: escapeMarkdown(services.convention.company) }),
      heading: t(`help.${moment}.heading`),
      lead: lead ?? t(`help.${moment}.lead`),
      rows: visible.map((f, i) => ({
        first: i === 0,
        title: t.at(`help.${f.name}.title`),
        what: t.at(`help.${f.name}.what`),
        command: t('help.command', { command: f.commands[actor.lang][0] ?? '' }),
      })),
      note: services.textIn(other)('help.inThisLanguage'),
      primary: buttons.slice(0, 3).map((f, i) => ({
        title: t.at(`help.${f.name}.title`),
        verb: `${f.name}.open`,
        style: i === 0 ? 'positive' : 'default',
      })),
      more: buttons.slice(3, 6).map((f) => ({ title: t.at(`help.${f.name}.title`), verb: `${f.name}.open` })),
    },
  };
}

/** The way to what is one person's, for a place where others read the answer too: each opens their own. */
export function openingCard(f: Feature, { lang }: Reader, services: Services): Card {
  const t = services.textIn(lang);
  const title = t.at(`help.${f.name}.title`);
  return {
    template: 'opening',
    lang,
    summary: title,
    data: {
      heading: title,
      lead: `${t.at(`help.${f.name}.what`)} ${t('help.onlyYou')}`,
      verb: `${f.name}.open`,
      title,
    },
  };
}

/** A channel or a chat of several people is `shared`: it is told how to ask there, and who added Passerelle. */
const welcomed = z.object({ shared: z.boolean().default(false), addedBy: z.string().optional() });

/** What Passerelle is good for, and how to ask. */
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
      const { shared, addedBy } = welcomed.parse(message.data);
      const t = services.textIn(message.lang);
      const reader = { lang: message.lang, coordinator: false, admin: false };
      if (!shared) return helpCard(reader, 'welcome', services);
      const lead = addedBy ? t('help.addedBy', { name: escapeMarkdown(addedBy) }) : t('help.added');
      return helpCard(reader, 'welcome', services, lead);
    },
  },
};
