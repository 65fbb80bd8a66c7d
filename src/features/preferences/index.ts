import { z } from 'zod';
import type { Lang } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { langs } from '../../text/text.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { choiceList, type Faults, faultData, formHead } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import {
  describeMutes,
  isNamed,
  type MuteField,
  muteChoices,
  muteFields,
  readMutes,
  showMutes,
  untilLimits,
} from './mutes.js';

interface Shown {
  readonly values: Record<MuteField, string>;
  readonly faults?: Faults<MuteField>;
  readonly saved?: boolean;
}

function drawForm(
  { id }: Pick<Actor, 'id'>,
  lang: Lang,
  { values, faults = {}, saved }: Shown,
  services: Services,
): Card {
  const t = services.textIn(lang);
  const named = isNamed(id, services);
  const head = saved
    ? {
        heading: t('preferences.saved'),
        lead: `${t('preferences.savedLead')} ${describeMutes(values, named, t)}`,
      }
    : formHead(t, faults, 'preferences.heading', 'preferences.lead');
  return {
    template: 'preferences-form',
    lang,
    summary: head.heading,
    data: {
      ...head,
      named,
      values: { language: lang, ...values },
      languages: choiceList(langs, (l) => t.at(`preferences.${l}`)),
      choices: choiceList(muteChoices, (choice) => t.at(`preferences.mute.${choice}`)),
      limits: untilLimits(dayAt(services.clock.now())),
      faults: faultData(muteFields, faults),
    },
  };
}

async function open(actor: Actor, services: Services): Promise<Card> {
  const person = await services.store.read((r) => r.get('people', actor.id));
  return drawForm(actor, actor.lang, { values: showMutes(person, dayAt(services.clock.now())) }, services);
}

async function save(
  actor: Actor,
  data: Record<string, unknown> & { language: Lang },
  services: Services,
): Promise<Card> {
  const { language } = data;
  const today = dayAt(services.clock.now());
  return services.store.transact(async (tx) => {
    const person = await tx.get('people', actor.id);
    if (!person) throw new Refusal('refusal.outdated');
    const form = new FormReader(muteFields, data, { ...actor, lang: language }, services);
    const muted = readMutes(form, data, person.muted ?? {}, today, services.textIn(language));
    if (form.failed) return drawForm(actor, language, form, services);
    const { muted: before, ...rest } = person;
    const hasMuted = Object.keys(muted).length > 0;
    const changed = { ...rest, chosenLang: language, ...(hasMuted ? { muted } : {}) };
    const isNew = person.chosenLang !== language || JSON.stringify(before ?? {}) !== JSON.stringify(muted);
    if (isNew) await tx.put('people', changed);
    return drawForm(actor, language, { values: showMutes(changed, today), saved: true }, services);
  });
}

/** The language in which Passerelle addresses a person, and the messages that they do not want. */
export const preferences: Feature = {
  name: 'preferences',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['préférences'], en: ['preferences'] },
  open,
  actions: {
    open: action({ input: z.looseObject({}), run: (actor, _, services) => open(actor, services) }),
    save: action({ input: z.looseObject({ language: z.enum(langs) }), run: save }),
  },
};
