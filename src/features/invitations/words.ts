import type { Action } from '../../domain/action.js';
import { confirmationDeadline } from '../../domain/engagements/confirmation.js';
import type { Invitation, InvitationState } from '../../domain/engagements/invitations.js';
import { zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import type { Request, Services } from '../feature.js';
import { listSome } from '../shared/list.js';
import type { Candidate } from './candidates.js';
import { answerDayOf } from './write.js';

/** "disponible le matin, académie de Lyon" */
export function availabilityWords(
  { halfDays = [], academies }: Pick<Action, 'halfDays' | 'academies'>,
  need: Pick<Action, 'academies'>,
  t: Text,
  { calendar }: Services,
): string {
  const asked = academies.filter((code) => need.academies.includes(code));
  const codes = asked.length > 0 ? asked : academies;
  const names = codes.map((code) => calendar.academies.find((a) => a.code === code)?.name ?? code);
  const vowel = names.length === 1 && /^[aeiouyéèàâîô]/i.test(names[0] ?? '');
  return t('invitations.available', {
    when: t.list(halfDays.map((half) => t.at(`halfDay.${half}`))),
    where: t.at(`invitations.academie.${vowel ? 'vowel' : 'other'}`, {
      count: names.length,
      names: listSome(names, t),
    }),
  });
}

/** "disponible le matin, académie de Lyon, 2 actions et 1 invitation cette année" */
export function reasonWords(
  { availability, invitations, engagements }: Candidate,
  need: Action,
  t: Text,
  services: Services,
): string {
  const counts = [
    t(engagements === 0 ? 'invitations.noActions' : 'invitations.actions', { count: engagements }),
    ...(invitations > 0 ? [t('invitations.invitationCount', { count: invitations })] : []),
  ];
  return `${availabilityWords(availability, need, t, services)}, ${t('invitations.thisYear', { counts: t.list(counts) })}`;
}

/** "jeudi 26 novembre à 18 h" */
export function answerBefore(invitation: Invitation, action: Action, t: Text, services: Services): string {
  const day = answerDayOf(invitation, action, services);
  return t.dates.instant(confirmationDeadline(day, services.convention.messageHours, zone));
}

/** What somebody has answered, after their name: " : oui", " : réponse attendue avant jeudi 26 novembre à 18 h". */
export function answerWords(
  invitation: Invitation,
  state: InvitationState,
  { action, engagements }: Request,
  t: Text,
  services: Services,
): string {
  const own = engagements.find((e) => e.employeeId === invitation.employeeId);
  const waits = own?.state === 'waitlisted';
  const answer = t.at(`invitations.answer.${waits ? 'waits' : state}`, {
    until: answerBefore(invitation, action, t, services),
    day: t.dates.short(invitation.notBefore ?? invitation.askedOn),
  });
  return t('invitations.answered', { answer });
}
