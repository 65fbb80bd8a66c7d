import type { Import } from '../../records.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown, shorten } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { createCardLinks } from '../shared/links.js';
import { readNames } from '../shared/request-view.js';
import { fileTitle } from './cards.js';
import { maxFileBytes, maxLines } from './limits.js';

const templates = ['workbook', 'table'] as const;
/** Imports of before that the card lists, and files that wait. */
const [mostListed, mostWaiting] = [3, 2];
/** Buttons are short. */
const maxButtonName = 20;

/** How past engagements are imported: the steps, the templates to download, the limits, and what was imported lately. */
export async function openCard(actor: Actor, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const wanted = templates.map((name) => ({
    file: `imports.${name}`,
    personId: actor.id,
    about: 'template',
  }));
  return services.store.transact(async (tx): Promise<Card> => {
    const urls = await createCardLinks(tx, services, wanted);
    const isReachable = urls.length > 0;
    const added = await tx.list('imports', 'byState', 'added', { reverse: true, limit: mostListed });
    const name = await readNames(
      tx,
      added.map(({ by }) => by),
      t,
    );
    const kept = await tx.list('imports', 'byParts', 'kept', { reverse: true });
    const waiting = kept.filter((one) => isOpen(one) && (one.by === actor.id || one.state === 'adding'));
    const heading = t('imports.heading');
    return {
      template: 'imports-open',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('imports.coordination'),
        heading,
        lead: t('imports.lead'),
        steps: [
          { text: t(isReachable ? 'imports.step.template' : 'imports.step.noAddress') },
          { text: t('imports.step.fill') },
          { text: t('imports.step.drop') },
        ],
        limits: t('imports.limits', { lines: maxLines, size: maxFileBytes / 1_000_000 }),
        last: added.map((one) => ({ text: describeAdded(one, name(one.by), t) })),
        lastTitle: added.length > 0 ? t('imports.last') : '',
        files: isReachable
          ? templates.map((name, i) => ({ title: t.at(`imports.files.${name}.button`), url: urls[i] ?? '' }))
          : [],
        waiting: waiting.slice(0, mostWaiting).map((one) => ({
          title: t('imports.see', { file: shorten(one.fileName, maxButtonName) }),
          id: one.id,
        })),
        note: t('imports.openNote'),
      },
    };
  });
}

const isOpen = ({ state }: Import): boolean => ['faulty', 'ready', 'adding'].includes(state);

const describeAdded = (one: Import, name: string, t: Text): string =>
  t('imports.lastLine', {
    when: t.dates.instant(one.endedAt ?? one.at),
    name: escapeMarkdown(name),
    file: fileTitle(one),
    count: one.engagements,
  });
