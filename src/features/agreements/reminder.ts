import { z } from 'zod';
import { missingAgreements } from '../../domain/agreements.js';
import type { OutboxMessage, Reader } from '../../ports.js';
import { escapeMarkdown, startOfSentence } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { readRequest } from '../shared/records.js';
import { eyebrow, namesOf, whatIs, whenIs } from '../shared/request-view.js';

const due = z.object({ actionId: z.string() });

/** What the host and the coordinators are reminded of. Nothing when it has been seen to meanwhile. */
export async function dueCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId } = due.parse(message.data);
  const request = await readRequest(reader, actionId);
  const host = request?.engagements.find((e) => e.state === 'approved');
  if (!request || !host || request.action.state !== 'open') return undefined;
  const { action } = request;
  const count = missingAgreements(action);
  if (count === 0) return undefined;
  const t = services.textIn(message.lang);
  const name = (await namesOf(reader, [host.employeeId], t))(host.employeeId);
  const heading = t('agreements.due', { count });
  // In a channel it opens the request, in which each reader sees what they can do.
  const own = (await reader.get('conversations', message.conversationId))?.kind === 'personal';
  return {
    template: 'agreements-due',
    lang: message.lang,
    summary: heading,
    data: {
      id: actionId,
      eyebrow: eyebrow(action, t),
      heading,
      lead: startOfSentence(`${whatIs(action, t)}, ${whenIs(action, t)}.`),
      host: t('agreements.host', { name: escapeMarkdown(name) }),
      why: t('agreements.why'),
      own,
      others: !own,
    },
  };
}
