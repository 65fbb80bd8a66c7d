import { escapeMarkdown } from '../../text/typeset.js';
import { type Actor, type Card, type Feature, hasRole, type Services } from '../feature.js';
import { formatStart, type Start } from '../shared/start.js';

/** What is answered in words. */
export type Answer = 'not-placing-pupils' | 'about-somebody' | 'refusal' | 'thanks';

type Moment = 'welcome' | 'help' | 'unknown';

/** The reader of the help: a known person, or a place where nobody in particular reads it. */
type HelpReader = Pick<Actor, 'lang' | 'coordinator' | 'admin'>;

/**
 * What a person can do here, from the list of features: their commands, and buttons for the first ones.
 * @param likely features that a message resembles which was not understood: their buttons come first
 */
export function helpCard(
  actor: HelpReader,
  moment: Moment,
  services: Services,
  { lead, likely = [] }: { lead?: string; likely?: readonly string[] } = {},
): Card {
  const t = services.textIn(actor.lang);
  const visible = services.features.filter(
    (f) => f.open && f.commands[actor.lang].length > 0 && f.name !== 'help' && hasRole(f.audience, actor),
  );
  const withButton = visible.filter((f) => f.actions.open);
  const likeliest = likely.flatMap((name) => withButton.find((f) => f.name === name) ?? []);
  const buttons = [...likeliest, ...withButton.filter((f) => !likeliest.includes(f))];
  const ownLead =
    likeliest.length > 0 ? t('help.unknown.likely', { count: likeliest.length }) : t(`help.${moment}.lead`);
  const other = actor.lang === 'fr' ? 'en' : 'fr';
  return {
    template: 'help-card',
    lang: actor.lang,
    summary: t(`help.${moment}.heading`),
    data: {
      eyebrow: t('help.eyebrow', { company: escapeMarkdown(services.convention.company) }),
      heading: t(`help.${moment}.heading`),
      lead: lead ?? ownLead,
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

/** What is told to somebody who asks for nothing that has a form, with a button to what may be of use. */
export function answerCard({ lang }: HelpReader, answer: Answer, services: Services): Card {
  const t = services.textIn(lang);
  const opens = { 'about-somebody': 'mine', refusal: 'preferences' }[answer as string] ?? 'help';
  const heading = t.at(`answer.${answer}.heading`);
  return {
    template: 'opening',
    lang,
    summary: heading,
    data: {
      heading,
      lead: t.at(`answer.${answer}.lead`),
      verb: `${opens}.open`,
      start: '',
      title: opens === 'help' ? t('help.open') : t.at(`help.${opens}.title`),
    },
  };
}

/**
 * A button to a personal card, for places where others read the answer (`isShared`), where each reader opens their
 * own; and for what a language model has suggested.
 * @param start what it begins with
 */
export function openingCard(
  f: Feature,
  { lang }: HelpReader,
  services: Services,
  { start = {}, isShared = true }: { start?: Start; isShared?: boolean } = {},
): Card {
  const t = services.textIn(lang);
  const title = t.at(`help.${f.name}.title`);
  return {
    template: 'opening',
    lang,
    summary: title,
    data: {
      heading: title,
      lead: [
        ...(start.suggestedBy ? [t('help.suggested')] : []),
        t.at(`help.${f.name}.what`),
        ...(isShared ? [t('help.onlyYou')] : []),
      ].join(' '),
      verb: `${f.name}.open`,
      start: formatStart(start),
      title,
    },
  };
}
