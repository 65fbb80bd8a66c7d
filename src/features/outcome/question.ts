import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Card, Services } from '../feature.js';
import { authorCard } from '../shared/author-card.js';
import { langOf } from '../shared/people.js';
import { readRequest } from '../shared/records.js';
import { questionForm } from './form.js';
import { presenceCard } from './presence-cards.js';

/**
 * The question after the day, as it is for one person now: whether it took place; only whether they were there once a
 * colleague has answered; their engagement once they have. Nothing is asked of somebody who has withdrawn or answered.
 */
export const createQuestionMessage =
  (heading: 'outcome.heading' | 'outcome.again') =>
  async (message: OutboxMessage, reader: Reader, services: Services): Promise<Card | undefined> => {
    const request = message.actionId ? await readRequest(reader, message.actionId) : undefined;
    const [person] = await reader.list('people', 'byConversation', message.conversationId);
    const own = request?.engagements.find((e) => e.employeeId === person?.id);
    // A card may be left in a chat that is not theirs any more.
    if (!request || !own) return undefined;
    const { action } = request;
    const lang = langOf(person ?? message);
    const isAsked =
      own.state === 'approved' &&
      !action.halfDays &&
      (action.state === 'held' || (action.state === 'open' && action.lastDay <= dayAt(services.clock.now())));
    const mayDiffer = action.state === 'not-held';
    if (!isAsked && message.op === 'post') return undefined;
    const ids = { id: action.id, formKey: services.ids.unguessable() };
    if (!isAsked && !mayDiffer) return authorCard(reader, request, own.employeeId, lang, services);
    const viewer = { id: own.employeeId, coordinator: false };
    if (action.state !== 'open') return presenceCard(reader, request, { id: viewer.id, lang }, ids, services);
    return questionForm(reader, request, viewer, ids, lang, services, { heading, asked: true });
  };
