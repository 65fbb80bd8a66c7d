import { z } from 'zod';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import { breakLongWords } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { countFreeSeats, seatsWord } from '../sessions/row.js';
import { readRequest } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';
import { findHindrance } from './invite.js';
import { answerWords } from './words.js';
import { readInvitations } from './write.js';

const nextData = z.object({ actionId: z.string() });

/** The most answers on a card; the coordinators' view of the invitations has them all. */
const maxAnswers = 10;

/**
 * Tells the coordinators that nobody is awaited any more and who can be asked next; nothing if somebody has been asked
 * meanwhile, or nobody needs to be.
 */
export async function nextCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const request = await readRequest(reader, nextData.parse(message.data).actionId);
  const today = dayAt(services.clock.now());
  if (!request || findHindrance(request, today)) return undefined;
  const invitations = await readInvitations(reader, request);
  if (invitations.some(({ state }) => state === 'sent')) return undefined;
  const { action } = request;
  const t = services.textIn(message.lang);
  const recent = invitations.slice(-maxAnswers);
  const name = await readNames(
    reader,
    recent.map(({ invitation }) => invitation.employeeId),
    t,
  );
  const heading = t('invitations.nextHeading', { count: countFreeSeats(request) });
  return {
    template: 'invitations-next',
    lang: message.lang,
    summary: heading,
    data: {
      id: action.id,
      eyebrow: eyebrow(action, t),
      heading,
      lead: describeInOneSentence(action, t),
      state: seatsWord(request, today, t),
      invited: recent.map(({ invitation, state }) => ({
        who: breakLongWords(name(invitation.employeeId)),
        answer: answerWords(invitation, state, request, t, services),
      })),
      note: t('invitations.nextNote'),
    },
  };
}
