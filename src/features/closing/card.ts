import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { checkClosing, findHolding, printFigures } from '../../domain/report/closing.js';
import { dayAt } from '../../text/dates.js';
import type { Actor, Card, Services } from '../feature.js';
import { commitmentTexts, keyFigures, lateText } from '../report/card.js';
import { readClosings } from '../report/closed.js';
import { isOther, readComparison } from '../report/compare.js';
import { yearBefore } from '../report/read.js';
import { readHeld, readShown } from '../report/shown.js';
import { readClosers, versionStrip } from '../report/version-words.js';
import { remarkRun } from '../shared/request-view.js';
import { yearTitle } from '../shared/year-title.js';
import { readWaiting } from './waiting.js';

/** What has just happened: the figures moved before they could be closed, or somebody had closed them already. */
type News = 'moved' | 'already' | 'reopened-already';

/**
 * Where the closing of a year stands: what would be closed, and what waits before that; or the closed figures, with
 * today's beside, and what has changed since.
 */
export async function closingCard(
  actor: Actor,
  year: ProgrammeYear,
  services: Services,
  news?: News,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const closings = await services.store.read((reader) => readClosings(reader, year));
  const holding = findHolding(closings);
  const latest = closings.at(-1);
  const last = await readHeld(services, yearBefore(year, services));
  const report = await readShown(services, year, holding);
  const name = await services.store.read((reader) => readClosers(reader, closings, t));
  const verdict = checkClosing(year, closings, dayAt(services.clock.now()));
  const waiting = verdict.ok ? await readWaiting(services, year, t) : { texts: [], isUrgent: false };
  const comparison = holding && (await readComparison(services, year, holding));
  const strip = versionStrip(closings, holding, name, t);
  const title = yearTitle(year, t);
  const heading = holding
    ? t('closing.heading.closed', { year: title })
    : t(verdict.ok ? 'closing.heading.open' : 'closing.heading.notBegun', { year: title });
  return {
    template: 'closing-card',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: t('closing.eyebrow'),
      heading,
      lead: [
        news ? t(`closing.news.${news}`) : '',
        holding ? '' : t(verdict.ok ? 'closing.lead.open' : 'closing.lead.notBegun'),
      ]
        .filter(Boolean)
        .join(' '),
      some: strip !== undefined,
      state: strip ?? { mark: 'open', word: '', rest: '' },
      reason: remarkRun(holding ? undefined : latest?.reopened?.why, t),
      late: comparison ? lateText(comparison, t) : '',
      figures: keyFigures(report.total, last.total, comparison, t),
      commitments: commitmentTexts(report, t).join('\n\n'),
      waits: waiting.texts.map((text) => ({ text: `- ${text}` })),
      nothingWaits: verdict.ok && waiting.texts.length === 0,
      somethingWaits: waiting.texts.length > 0,
      isUrgent: waiting.isUrgent,
      note: holding ? t('closing.note.closed') : verdict.ok ? t('closing.note.open') : '',
      mayClose: verdict.ok,
      closed: holding !== undefined,
      differs: comparison !== undefined && isOther(comparison),
      versions: closings.length > 0,
      id: latest?.id ?? '',
      view: { from: year.firstDay },
      seen: printFigures(report),
      after: closings.length,
    },
  };
}
