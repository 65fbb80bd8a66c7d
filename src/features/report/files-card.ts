import { everywhere } from '../../domain/report/area.js';
import type { Actor, Card, Services } from '../feature.js';
import { offerFile, takesFiles } from '../files/offer.js';
import { cardLinkMinutes, createCardLinks } from '../shared/links.js';
import { yearTitle } from '../shared/year-title.js';
import type { View } from './card.js';
import { formatWhich } from './shown.js';
import { wholeText } from './whole.js';
import { aboutLink } from './year.js';

export const fileNames = ['workbook', 'ministry', 'table'] as const;
type FileName = (typeof fileNames)[number];

/**
 * The files of a year's report, always of the whole company: Teams offers them in a coordinator's own chat; elsewhere
 * each has a link that works once, for one person.
 * @param offered the file that Teams has been asked to offer just now
 */
export async function filesCard(
  actor: Actor,
  { year, cut, which, page, area = everywhere }: View,
  services: Services,
  offered?: FileName,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const about = aboutLink(year, which);
  const throughTeams = takesFiles(actor, services);
  const wanted = fileNames.map((name) => ({ file: `report.${name}`, personId: actor.id, about }));
  const urls = throughTeams
    ? []
    : await services.store.transact((tx) => createCardLinks(tx, services, wanted));
  const heading = t('report.files.heading');
  const isReachable = throughTeams || urls.length > 0;
  const lead = throughTeams
    ? t('files.lead', { count: cardLinkMinutes })
    : t('report.files.lead', { count: cardLinkMinutes });
  const buttons = fileNames.map((name, i) => ({
    name,
    title: t.at(`report.files.${name}.button`),
    url: urls[i] ?? '',
  }));
  return {
    template: 'report-files',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: t('report.eyebrowPast', { year: yearTitle(year, t) }),
      heading,
      done: offered ? t('files.asked', { what: t.at(`report.files.${offered}.button`) }) : '',
      lead: [wholeText(area, t, services), isReachable ? lead : t('report.files.noAddress')]
        .filter(Boolean)
        .join('\n\n'),
      files: urls.length > 0 ? buttons : [],
      offers: throughTeams ? buttons : [],
      whats: isReachable
        ? fileNames.map((name) => ({
            text: t.at(`report.files.${name}.about`, { n: services.convention.minPupilsShown }),
          }))
        : [],
      note: t('report.files.note'),
      view: { by: cut, from: year.firstDay, as: formatWhich(which), area, page },
    },
  };
}

/** Has Teams offer one of the files in the coordinator's own chat. */
export async function offerReport(
  actor: Actor,
  view: View,
  name: FileName,
  services: Services,
): Promise<Card> {
  if (!takesFiles(actor, services)) return filesCard(actor, view, services);
  const about = aboutLink(view.year, view.which);
  await services.store.transact((tx) => offerFile(tx, actor, { file: `report.${name}`, about }, services));
  return filesCard(actor, view, services, name);
}
