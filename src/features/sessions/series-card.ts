import type { Action } from '../../domain/action.js';
import { isClosed } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
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
  const placeOf = (action: Action) => schoolNames(action, services).join(', ');
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
      lead: placeOf(first),
      lines: sessions.map((action) => {
        const seats =
          action.state !== 'open'
            ? t.at(`state.${action.state}`)
            : isClosed(action, today)
              ? t('sessions.closed')
              : t('sessions.seats', { count: action.seats });
        const elsewhere = placeOf(action) === placeOf(first) ? [] : [placeOf(action)];
        return { when: describeWhen(action, t), rest: ['', seats, ...elsewhere].join(' · ') };
      }),
      note: t('sessions.seriesNote'),
    },
  };
}
