import { countSeatsTaken, isClosed } from '../../domain/engagements/moves.js';
import { sortWaitingList } from '../../domain/engagements/waiting-list.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import type { Request } from '../shared/records.js';
import { describeWhen, rowTitle, type StateStrip } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { isToConfirm, waitingWord } from '../shared/seat-words.js';

/** The free seats of a session that nobody waits for. */
export const countFreeSeats = ({ action, engagements }: Request): number =>
  engagements.some((e) => e.state === 'waitlisted')
    ? 0
    : Math.max(0, action.seats - countSeatsTaken(engagements));

/** "Complète · 2 sur la liste d'attente", "2 places libres", "Inscriptions closes" */
export function seatsWord(
  request: Request,
  today: string,
  t: Text,
): { mark: StateStrip['mark']; word: string; rest: string } {
  const { action, engagements } = request;
  const free = countFreeSeats(request);
  const waiting = sortWaitingList(engagements).length;
  const line = waiting > 0 ? ` · ${t('sessions.waitingCount', { count: waiting })}` : '';
  if (isClosed(action, today)) return { mark: 'off', word: t('sessions.closed'), rest: line };
  if (free === 0) return { mark: 'off', word: t('sessions.full'), rest: line };
  return {
    mark: 'open',
    word: t('sessions.free', { count: free }),
    rest: t('sessions.ofSeats', { count: action.seats }),
  };
}

/** A session as a row: when, where, and the reader's part in it or its free seats. */
export function sessionRow(
  request: Request,
  viewerId: string | undefined,
  today: string,
  t: Text,
  services: Services,
) {
  const { action, engagements } = request;
  const own = engagements.find((e) => e.employeeId === viewerId);
  const { mark, word, rest } = seatsWord(request, today, t);
  const free = countFreeSeats(request);
  const seats =
    mark === 'open' ? t('sessions.seatsLeft', { count: free, seats: action.seats }) : `${word}${rest}`;
  const part =
    own?.state === 'waitlisted'
      ? { mark: 'wait', text: waitingWord(request, own.employeeId, t) ?? '' }
      : isToConfirm(action, own, today)
        ? { mark: 'warn', text: t('sessions.toConfirm') }
        : own?.state === 'approved'
          ? { mark: 'good', text: `${t('sessions.youTakePart')} ${seats}` }
          : undefined;
  const names = schoolNames(action, services);
  const describeState = (places: readonly string[]) => part?.text ?? [seats, ...places].join(' · ');
  const title = rowTitle(action, t);
  const when = describeWhen(action, t);
  return {
    verb: 'sessions.view',
    id: action.id,
    mark: part?.mark ?? mark,
    title,
    when,
    state: describeState(names.map(escapeMarkdown)),
    spoken: `${title}, ${when}. ${describeState(names)}`,
  };
}
