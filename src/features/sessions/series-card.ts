import { isClosed } from '../../domain/engagements/moves.js';
import type { OutboxMessage, Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Card, Services } from '../feature.js';
import { describeAction, describeWhen, eyebrow } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';

/** Sessions that were published together, listed; each reader opens those they can join. */
export async function seriesCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const first = message.actionId ? await reader.get('actions', message.actionId) : undefined;
  if (!first) return undefined;
  const t = services.textIn(message.lang);
  const sessions = await reader.list('actions', 'bySeries', first.series ?? '');
  const today = dayAt(services.clock.now());
  const open = sessions.filter(({ state }) => state === 'open');
  const heading = t('sessions.seriesHeading', { count: open.length, what: describeAction(first, t) });
  return {
    template: 'sessions-series',
    lang: message.lang,
    summary: heading,
    data: {
      eyebrow: eyebrow(first, t),
      heading,
      lead: schoolNames(first, services).join(', '),
      lines: sessions.map((action) => ({
        when: describeWhen(action, t),
        rest: ` · ${
          action.state !== 'open'
            ? t.at(`state.${action.state}`)
            : isClosed(action, today)
              ? t('sessions.closed')
              : t('sessions.seats', { count: action.seats })
        }`,
      })),
      note: t('sessions.seriesNote'),
    },
  };
}
