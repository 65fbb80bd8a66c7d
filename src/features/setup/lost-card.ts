import { z } from 'zod';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import type { Card, Services } from '../feature.js';
import { findFailureReason } from '../pending/failure-reasons.js';

const lost = z.object({ use: z.enum(['coordinators', 'announcements']) });

/**
 * Tells an administrator that nothing arrives in a chosen channel any more: why, what waits, and how to repair it.
 * Nothing if it works again.
 */
export async function lostCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { use } = lost.parse(message.data);
  const channel = await reader.get('channels', use);
  if (!channel?.lostAt) return undefined;
  const t = services.textIn(message.lang);
  const error = (await reader.get('conversations', channel.conversationId))?.inactiveReason ?? '';
  const reason = findFailureReason({ state: 'failed', error }, 'channel');
  const { length: waiting } = await reader.list('engagements', 'byState', 'pending');
  const heading = t(`setup.lost.${use}.heading`);
  return {
    template: 'setup-lost',
    lang: message.lang,
    summary: heading,
    data: {
      heading,
      lead: t(`setup.lost.${use}.kept`),
      facts: [
        {
          title: t('setup.lost.why'),
          value: t(`pending.why.${reason}`),
        },
        { title: t('setup.lost.since'), value: t.dates.instant(channel.lostAt) },
        ...(use === 'coordinators'
          ? [{ title: t('setup.lost.waiting'), value: t('setup.lost.offers', { count: waiting }) }]
          : []),
      ],
      mend: t('setup.lost.mend'),
      note: t('setup.lost.note'),
    },
  };
}
