import { z } from 'zod';
import { daysBetween } from '../../domain/days.js';
import { countMissingAgreements } from '../../domain/placements/agreements.js';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { capitaliseFirst, escapeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { readRequest } from '../shared/records.js';
import { describeAction, describeWhen, eyebrow, readNames } from '../shared/request-view.js';

const reminderData = z.object({ actionId: z.string() });

/** The reminder to the host and the coordinators; nothing if no agreement is missing any more. */
export async function reminderCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId } = reminderData.parse(message.data);
  const request = await readRequest(reader, actionId);
  const host = request?.engagements.find((e) => e.state === 'approved');
  if (!request || !host || request.action.state !== 'open') return undefined;
  const { action } = request;
  const count = countMissingAgreements(action);
  if (count === 0) return undefined;
  const t = services.textIn(message.lang);
  const name = (await readNames(reader, [host.employeeId], t))(host.employeeId);
  const days = daysBetween(dayAt(services.clock.now()), action.firstDay);
  const heading = t('agreements.due', { count });
  // In a channel it opens the request, where each reader sees what they can do.
  const own = (await reader.get('conversations', message.conversationId))?.kind === 'personal';
  return {
    template: 'agreements-due',
    lang: message.lang,
    summary: heading,
    data: {
      id: actionId,
      eyebrow: eyebrow(action, t),
      heading,
      lead: [
        capitaliseFirst(`${describeAction(action, t)}, ${describeWhen(action, t)}.`),
        ...(days > 0 ? [t('agreements.starts', { count: days })] : []),
      ].join(' '),
      host: t('agreements.host', { name: escapeMarkdown(name) }),
      why: t('agreements.why'),
      own,
      others: !own,
    },
  };
}
