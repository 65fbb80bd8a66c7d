import type { Actor, Card, Services } from '../feature.js';
import { cardLinkMinutes, createCardLinks } from '../shared/links.js';
import { yearTitle } from '../shared/year-title.js';
import type { View } from './card.js';
import { formatWhich } from './shown.js';
import { aboutLink } from './year.js';

const fileNames = ['workbook', 'ministry', 'table'] as const;

/** The files of a year's report, each by a link that works once, for one person. */
export async function filesCard(actor: Actor, { year, cut, which }: View, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const about = aboutLink(year, which);
  const wanted = fileNames.map((name) => ({ file: `report.${name}`, personId: actor.id, about }));
  const urls = await services.store.transact((tx) => createCardLinks(tx, services, wanted));
  const heading = t('report.files.heading');
  const isReachable = urls.length > 0;
  return {
    template: 'report-files',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: t('report.eyebrowPast', { year: yearTitle(year, t) }),
      heading,
      lead: isReachable ? t('report.files.lead', { count: cardLinkMinutes }) : t('report.files.noAddress'),
      files: isReachable
        ? fileNames.map((name, i) => ({ title: t.at(`report.files.${name}.button`), url: urls[i] ?? '' }))
        : [],
      whats: isReachable
        ? fileNames.map((name) => ({
            text: t.at(`report.files.${name}.about`, { n: services.convention.minPupilsShown }),
          }))
        : [],
      note: t('report.files.note'),
      view: { by: cut, from: year.firstDay, as: formatWhich(which) },
    },
  };
}
