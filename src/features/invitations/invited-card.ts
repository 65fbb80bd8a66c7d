import type { Engagement } from '../../domain/action.js';
import { addDays } from '../../domain/days.js';
import { type Invitation, invitationState } from '../../domain/engagements/invitations.js';
import { isClosed } from '../../domain/engagements/moves.js';
import type { Reader } from '../../ports.js';
import type { Lang, OutboxMessage } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Card, Request, Services } from '../feature.js';
import { countFreeSeats } from '../sessions/row.js';
import { calendarLine } from '../shared/calendar-line.js';
import { readCancellation } from '../shared/cancellation.js';
import { dayLimits, type Fault } from '../shared/form.js';
import { langOf } from '../shared/people.js';
import { readRequest } from '../shared/records.js';
import {
  decidedByText,
  describeWhen,
  eyebrow,
  fitHeading,
  readNames,
  remarkRun,
  rowTitle,
} from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { waitingWord } from '../shared/seat-words.js';
import type { AnswerNote } from './answer.js';
import { answerBefore, availabilityWords } from './words.js';

/** Where an invitation stands, as the person invited sees it. */
type Standing =
  | 'cancelled'
  | 'over'
  | 'comes'
  | 'waits'
  | 'declined'
  | 'later'
  | 'closed'
  | 'full'
  | 'lapsed'
  | 'asked';

function findStanding(
  request: Request,
  invitation: Invitation,
  own: Engagement | undefined,
  today: string,
): Standing {
  const { action } = request;
  if (action.state === 'cancelled') return 'cancelled';
  if (action.state !== 'open' || today >= action.firstDay) return 'over';
  if (own?.state === 'approved') return 'comes';
  if (own?.state === 'waitlisted') return 'waits';
  const state = invitationState(invitation, own);
  if (state === 'declined' || state === 'later') return state;
  if (isClosed(action, today)) return 'closed';
  if (state === 'lapsed') return 'lapsed';
  return countFreeSeats(request) === 0 ? 'full' : 'asked';
}

/**
 * An invitation to a session, in the chat of the person invited: what, when, where, why them, and their answer.
 * @param note what their click has done
 * @param refused a day that was not accepted, and why
 */
export async function invitedCard(
  reader: Reader,
  request: Request,
  invitation: Invitation,
  lang: Lang,
  services: Services,
  { note, refused }: { note?: AnswerNote; refused?: { value: string; fault: Fault } } = {},
): Promise<Card> {
  const { action } = request;
  const t = services.textIn(lang);
  const today = dayAt(services.clock.now());
  const own = request.engagements.find((e) => e.employeeId === invitation.employeeId);
  const standing = findStanding(request, invitation, own, today);
  const cancellation = standing === 'cancelled' ? await readCancellation(reader, action.id) : undefined;
  const name = await readNames(reader, [invitation.by, cancellation?.by], t);
  const availability = await reader.get('actions', invitation.availability);
  const warning = calendarLine(action, t, services);
  const open = ['asked', 'full', 'lapsed'].includes(standing);
  const asked = standing === 'asked' || standing === 'full';
  const heading = fitHeading(name(invitation.by), (who) => t('invitations.heading', { name: who }));
  const day = addDays(today, 1);
  return {
    template: 'invitations-invited',
    lang,
    summary: `${t('invitations.heading', { name: name(invitation.by) })} · ${rowTitle(action, t)}, ${describeWhen(action, t)}`,
    data: {
      id: action.id,
      seen: action.revision ?? 0,
      eyebrow: eyebrow(action, t),
      heading,
      lead: note ? t.at(`invitations.said.${note}`, { day: t.dates.short(invitation.notBefore ?? day) }) : '',
      state: stateOf(standing, request, invitation, t, services, () =>
        cancellation ? decidedByText(cancellation, name, t) : '',
      ),
      reason: remarkRun(cancellation?.why, t),
      facts: [
        { title: t('fact.what'), value: escapeMarkdown(rowTitle(action, t)) },
        { title: t('fact.when'), value: describeWhen(action, t) },
        { title: t('fact.where'), value: escapeMarkdown(schoolNames(action, services).join(', ')) },
        ...(warning ? [{ title: t('fact.calendar'), value: warning }] : []),
      ],
      expected: remarkRun(action.expected, t),
      remark: remarkRun(action.remark, t),
      note: open
        ? [
            ...(availability
              ? [t('invitations.because', { reason: availabilityWords(availability, action, t, services) })]
              : []),
            t('invitations.stop'),
          ].join(' ')
        : '',
      accept: open,
      acceptTitle: t(countFreeSeats(request) > 0 ? 'sessions.join' : 'sessions.wait'),
      refuse: asked,
      view: !['cancelled', 'over'].includes(standing),
      others: ['cancelled', 'over', 'closed'].includes(standing),
      fault: { on: refused !== undefined, text: refused?.fault.text ?? '', why: refused?.fault.why ?? '' },
      notBefore: refused?.value ?? '',
      limits: { min: day, max: dayLimits(today).max },
    },
  };
}

function stateOf(
  standing: Standing,
  request: Request,
  invitation: Invitation,
  t: Text,
  services: Services,
  cancelledBy: () => string,
): { mark: string; word: string; rest: string } {
  const until = t('invitations.until', { until: answerBefore(invitation, request.action, t, services) });
  switch (standing) {
    case 'cancelled':
      return { mark: 'off', word: t('state.cancelled'), rest: cancelledBy() };
    case 'over':
      return { mark: 'off', word: t('sessions.begun'), rest: '' };
    case 'comes':
      return { mark: 'good', word: t('sessions.youTakePart'), rest: '' };
    case 'waits':
      return { mark: 'wait', word: waitingWord(request, invitation.employeeId, t) ?? '', rest: '' };
    case 'declined':
      return { mark: 'off', word: t('invitations.saidNo'), rest: '' };
    case 'later': {
      const day = t.dates.short(invitation.notBefore ?? invitation.askedOn);
      return { mark: 'off', word: t('invitations.saidNo'), rest: t('invitations.notBeforeDay', { day }) };
    }
    case 'closed':
      return { mark: 'off', word: t('sessions.closed'), rest: '' };
    case 'full':
      return { mark: 'off', word: t('sessions.full'), rest: until };
    case 'lapsed':
      return { mark: 'off', word: t('invitations.unanswered'), rest: t('invitations.stillPossible') };
    case 'asked':
      return { mark: 'warn', word: t('invitations.awaited'), rest: until };
  }
}

const prefix = 'invited:';

/** The invitation that a message is about: an update of its card only names the card. */
const invitationOf = ({ id, target, data }: OutboxMessage): string =>
  typeof data.invitation === 'string'
    ? data.invitation
    : (target ?? id).slice(prefix.length).replace(/~[^~]*$/, '');

/** Draws it from the records; nothing if the session is off, or answered, before it was sent. */
export async function drawInvited(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const invitation = await reader.get('invitations', invitationOf(message));
  const request = invitation && (await readRequest(reader, invitation.actionId));
  if (!request) return undefined;
  const own = request.engagements.find((e) => e.employeeId === invitation.employeeId);
  const standing = findStanding(request, invitation, own, dayAt(services.clock.now()));
  if (message.op === 'post' && standing !== 'asked' && standing !== 'full') return undefined;
  const person = await reader.get('people', invitation.employeeId);
  return invitedCard(reader, request, invitation, langOf(person ?? message), services);
}
