import type { Action, Engagement } from '../../domain/action.js';
import type { Day } from '../../domain/days.js';
import { confirmationDeadline, wasAskedInTime } from '../../domain/engagements/confirmation.js';
import { findWaitingPlace } from '../../domain/engagements/waiting-list.js';
import { zone } from '../../text/dates.js';
import { ordinal } from '../../text/ordinal.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import type { Request } from './records.js';
import type { StateStrip } from './request-view.js';

/** "Sur la liste d'attente, 3e": somebody's place; nothing if they do not wait. */
export function waitingWord({ engagements }: Request, employeeId: string, t: Text): string | undefined {
  const place = findWaitingPlace(engagements, employeeId);
  if (place === undefined) return undefined;
  return place === 1
    ? t('sessions.waitingFirst')
    : t('sessions.waitingAt', { place: ordinal(place, t.lang) });
}

type Timed = Pick<Services, 'convention' | 'clock'>;

/** "jeudi 3 décembre à 18 h": until when somebody is to confirm, and whether that is still to come. */
export function describeDeadline(confirmBy: Day, t: Text, { convention, clock }: Timed) {
  const deadline = confirmationDeadline(confirmBy, convention.messageHours, zone);
  return { until: t.dates.instant(deadline), isPast: deadline <= clock.now() };
}

/** " d’ici le jeudi 3 décembre", until that day is over. */
export const confirmUntil = (confirmBy: Day | undefined, today: Day, t: Text): string =>
  confirmBy !== undefined && confirmBy >= today
    ? t('sessions.confirmUntil', { day: t.dates.noYear(confirmBy) })
    : '';

/**
 * Until when somebody is asked to answer, and what happens without an answer: a seat goes to somebody else, unless the
 * question came on the last day; a date fixed with a school stays.
 */
export function confirmNote(
  { origin }: Pick<Action, 'origin'>,
  engagement: Pick<Engagement, 'confirmBy' | 'askedOn'>,
  t: Text,
  services: Timed,
): string {
  const { until, isPast } = describeDeadline(engagement.confirmBy ?? '', t, services);
  if (origin === 'need')
    return wasAskedInTime(engagement) ? t('sessions.confirmNote', { until }) : t('sessions.confirmSoonNote');
  return isPast ? t('dates.confirmSoonNote') : t('dates.confirmNote', { until });
}

/** Whether somebody has a seat and was asked to confirm it after a change. */
export const isToConfirm = (
  action: Pick<Action, 'state' | 'firstDay'>,
  engagement: Pick<Engagement, 'state' | 'confirmBy'> | undefined,
  today: string,
): boolean =>
  action.state === 'open' &&
  today < action.firstDay &&
  engagement?.state === 'approved' &&
  engagement.confirmBy !== undefined;

/** The state of an engagement in a session: the place on its waiting list, and whether an answer is due. */
export function seatStrip(
  strip: StateStrip,
  request: Request,
  engagement: Engagement,
  today: string,
  t: Text,
): StateStrip {
  const { action } = request;
  if (engagement.state === 'waitlisted') {
    if (action.state === 'cancelled')
      return { ...strip, key: 'cancelled', mark: 'off', word: t('state.cancelled'), rest: '' };
    const word = waitingWord(request, engagement.employeeId, t);
    return word && action.state === 'open' && today < action.firstDay
      ? { ...strip, word, rest: '' }
      : { ...strip, key: 'not-held', mark: 'off', word: t('sessions.noSeat'), rest: '' };
  }
  if (!isToConfirm(action, engagement, today)) return strip;
  if (engagement.proposal) return { ...strip, mark: 'wait', word: t('dates.otherProposed'), rest: '' };
  return {
    ...strip,
    mark: 'warn',
    word: t('sessions.toConfirm'),
    rest: confirmUntil(engagement.confirmBy, today, t),
  };
}
