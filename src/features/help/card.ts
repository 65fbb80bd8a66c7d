import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Feature, Services } from '../feature.js';

type Moment = 'welcome' | 'help' | 'unknown';

/** The reader of the help: a known person, or a place where nobody in particular reads it. */
type HelpReader = Pick<Actor, 'lang' | 'coordinator' | 'admin'>;

/** What a person can do here, from the list of features: their commands, and buttons for the first ones. */
export function helpCard(actor: HelpReader, moment: Moment, services: Services, lead?: string): Card {
  const t = services.textIn(actor.lang);
  const visible = services.features.filter(
    (f) =>
      f.open &&
      f.commands[actor.lang].length > 0 &&
      f.name !== 'help' &&
      (f.audience === 'employee' || (f.audience === 'coordinator' ? actor.coordinator : actor.admin)),
  );
  const buttons = visible.filter((f) => f.actions.open);
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

/** A button to a personal card, for places where others read the answer: each reader opens their own. */
export function openingCard(f: Feature, { lang }: HelpReader, services: Services): Card {
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
