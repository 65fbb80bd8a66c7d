import type { Actor, Card, Services } from '../feature.js';
import { findOrCreateLink, linkAddress } from '../shared/links.js';
import { yearTitle } from '../shared/year-title.js';
import type { View } from './card.js';
import { formatWhich } from './shown.js';
import { aboutLink } from './year.js';

/** How long the links of a card work. */
const linkMinutes = 10;

const fileNames = ['workbook', 'ministry', 'table'] as const;

/** The files of a year's report, each by a link that works once, for one person. */
export async function filesCard(actor: Actor, { year, cut, which }: View, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const expiresAt = new Date(Date.parse(services.clock.now()) + linkMinutes * 60_000).toISOString();
  const tokens = await services.store.transact((tx) =>
    Promise.all(
      fileNames.map((name) =>
        findOrCreateLink(tx, services, {
          file: `report.${name}`,
          personId: actor.id,
          about: aboutLink(year, which),
          expiresAt,
        }),
      ),
    ),
  );
  const urls = tokens.map((token) => linkAddress(token, services) ?? '');
  const heading = t('report.files.heading');
  const isReachable = urls.every(Boolean);
  return {
    template: 'report-files',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: t('report.eyebrowPast', { year: yearTitle(year, t) }),
      heading,
      lead: isReachable ? t('report.files.lead', { count: linkMinutes }) : t('report.files.noAddress'),
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
