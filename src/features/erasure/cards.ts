import { capitaliseFirst } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { describeWhen, rowTitle } from '../shared/request-view.js';
import { type Planned, printPlanned } from './planned.js';

/** What is listed of what will be withdrawn. */
const listed = 6;

/**
 * Says what erasing means, and asks.
 * @param isAgain what is planned has changed since they were asked
 */
export function confirmCard(
  actor: Actor,
  planned: Planned,
  services: Services,
  { isAgain = false } = {},
): Card {
  const t = services.textIn(actor.lang);
  const { engagements, invitedTo } = planned;
  const titles = engagements.map(({ action }) => `- ${rowTitle(action, t)}, ${describeWhen(action, t)}`);
  const more = titles.length - listed;
  const heading = t('erasure.heading');
  const texts = [
    engagements.length > 0
      ? t('erasure.withdrawn', { count: engagements.length })
      : t('erasure.nothingPlanned'),
    titles.slice(0, listed).join('\n'),
    more > 0 ? t('data.moreToCome', { count: more }) : '',
    invitedTo.length > 0 ? t('erasure.invitations', { count: invitedTo.length }) : '',
    t('erasure.erased'),
    t('erasure.kept'),
    t('erasure.elsewhere'),
  ].filter(Boolean);
  return {
    template: 'erasure-confirm',
    lang: actor.lang,
    summary: heading,
    data: {
      heading,
      lead: t(isAgain ? 'erasure.changed' : 'erasure.lead'),
      texts: texts.map((text) => ({ text: capitaliseFirst(text) })),
      note: t('erasure.note'),
      seen: printPlanned(planned, services),
    },
  };
}

/** What is read once it has begun. There is nobody left to tell when it is done. */
export function begunCard(actor: Actor, services: Services): Card {
  const t = services.textIn(actor.lang);
  const heading = t('erasure.begun.heading');
  return {
    template: 'erasure-begun',
    lang: actor.lang,
    summary: heading,
    data: { heading, lead: t('erasure.begun.lead'), note: t('erasure.begun.note') },
  };
}
