import { maxInvited } from '../../domain/engagements/invitations.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { breakLongWords, removeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Request, Services } from '../feature.js';
import { seatsWord } from '../sessions/row.js';
import type { Fault } from '../shared/form.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';
import { readCandidates } from './candidates.js';
import { findHindrance } from './invite.js';
import { answerWords, reasonWords } from './words.js';
import { readInvitations } from './write.js';

/** The most people to choose from on a card; the others are counted, and follow once some are invited. */
const maxShown = 12;

/**
 * Who can be invited to a session, with the reason for each, and what those who are invited have answered.
 * @param said what a click has done
 * @param refused a choice that was not accepted, and why
 */
export async function openCard(
  reader: Reader,
  request: Request,
  actor: Actor,
  services: Services,
  { said = '', refused }: { said?: string; refused?: { value: string; fault: Fault } } = {},
): Promise<Card> {
  const { action } = request;
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const hindrance = findHindrance(request, today);
  const invitations = await readInvitations(reader, request);
  const candidates = hindrance ? [] : await readCandidates(reader, request, services);
  const shown = candidates.slice(0, maxShown);
  const more = candidates.length - shown.length;
  const name = await readNames(
    reader,
    [...invitations.map(({ invitation }) => invitation.employeeId), ...shown.map((c) => c.employeeId)],
    t,
  );
  const heading = hindrance
    ? t.at(`invitations.hindrance.${hindrance}`)
    : t('invitations.openHeading', { count: candidates.length });
  return {
    template: 'invitations-open',
    lang: actor.lang,
    summary: heading,
    data: {
      id: action.id,
      eyebrow: eyebrow(action, t),
      heading,
      lead: [said, describeInOneSentence(action, t)].filter(Boolean).join(' '),
      state:
        action.state === 'open' && today < action.firstDay
          ? seatsWord(request, today, t)
          : {
              mark: 'off',
              word: t.at(action.state === 'open' ? 'sessions.begun' : `state.${action.state}`),
              rest: '',
            },
      invitedTitle:
        invitations.length > 0 ? t('invitations.invitedTitle', { count: invitations.length }) : '',
      invited: invitations.map(({ invitation, state }) => ({
        who: breakLongWords(name(invitation.employeeId)),
        answer: answerWords(invitation, state, request, t, services),
      })),
      choose: shown.length > 0,
      label: t('invitations.choose', { max: maxInvited }),
      error: t('invitations.chooseError', { max: maxInvited }),
      fault: { on: refused !== undefined, text: refused?.fault.text ?? '', why: refused?.fault.why ?? '' },
      value: refused?.value ?? '',
      people: shown.map((candidate) => ({
        title: t('invitations.candidate', {
          name: removeMarkdown(name(candidate.employeeId)),
          reason: reasonWords(candidate, action, t, services),
        }),
        value: candidate.employeeId,
      })),
      note: hindrance
        ? ''
        : [
            candidates.length === 0 ? t('invitations.nobody') : t('invitations.order'),
            ...(more > 0 ? [t('invitations.moreCandidates', { count: more })] : []),
            ...(shown.length > 0 && action.academies.length === 0 ? [t('invitations.noAcademie')] : []),
          ].join(' '),
    },
  };
}
