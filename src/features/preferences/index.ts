import { z } from 'zod';
import type { Lang } from '../../ports.js';
import { langs } from '../../text/text.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { choiceList } from '../shared/form.js';

function drawForm(lang: Lang, saved: boolean, services: Services): Card {
  const t = services.textIn(lang);
  return {
    template: 'preferences-form',
    lang,
    summary: t('preferences.heading'),
    data: {
      heading: t(saved ? 'preferences.saved' : 'preferences.heading'),
      lead: t(saved ? 'preferences.savedLead' : 'preferences.lead'),
      value: lang,
      languages: choiceList(langs, (l) => t.at(`preferences.${l}`)),
    },
  };
}

async function save(actor: Actor, lang: Lang, services: Services): Promise<Card> {
  await services.store.transact(async (tx) => {
    const person = await tx.get('people', actor.id);
    if (!person) throw new Refusal('refusal.outdated');
    await tx.put('people', { ...person, chosenLang: lang });
  });
  return drawForm(lang, true, services);
}

/** The language in which Passerelle addresses a person. */
export const preferences: Feature = {
  name: 'preferences',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['préférences'], en: ['preferences'] },
  open: async (actor, services) => drawForm(actor.lang, false, services),
  actions: {
    open: action({
      input: z.looseObject({}),
      run: async (actor, _, services) => drawForm(actor.lang, false, services),
    }),
    save: action({
      input: z.looseObject({ language: z.enum(langs) }),
      run: (actor, { language }, services) => save(actor, language, services),
    }),
  },
};
