import { z } from 'zod';
import type { Action } from '../../domain/action.js';
import { startsWithin } from '../../domain/engagements/confirmation.js';
import type { SeatMove } from '../../domain/engagements/seats.js';
import type { Reader, Transaction } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, removeMarkdown } from '../../text/typeset.js';
import type { Card, Services } from '../feature.js';
import { readRequest } from '../shared/records.js';
import { describeInOneSentence, eyebrow, fitHeading, readNames } from '../shared/request-view.js';
import { countFreeSeats } from './row.js';

const freedData = z.object({
  actionId: z.string(),
  left: z.array(z.string()),
  promoted: z.array(z.string()),
  why: z.enum(['withdrawn', 'unconfirmed', 'added']),
  at: z.string(),
});
type Freed = z.infer<typeof freedData>;

/** The most names on a card; the others are counted. */
const maxNames = 8;

/** Tells the coordinators in their channel who has given back a seat, and who has it now; or who has one that was added. */
export async function tellSeatsFreed(
  tx: Transaction,
  services: Services,
  action: Action,
  moves: readonly SeatMove[],
  { key, why, by }: { readonly key: string; readonly why: Freed['why']; readonly by?: string },
): Promise<void> {
  const channel = await tx.get('channels', 'coordinators');
  if (!channel) return;
  const peopleOf = (...names: string[]) =>
    moves.filter(({ move }) => names.includes(move)).map(({ after }) => after.employeeId);
  const data: Freed = {
    actionId: action.id,
    left: peopleOf('withdraw', 'lapse'),
    promoted: peopleOf('promote'),
    why,
    at: services.clock.now(),
  };
  const { conversationId, lang } = channel;
  await services.enqueue(tx, {
    key,
    conversationId,
    lang,
    message: 'sessions.freed',
    data,
    ...(by ? { by } : {}),
  });
}

function listNames(ids: readonly string[], name: (id: string) => string, t: Text): string {
  const shown = ids.slice(0, maxNames).map((id) => removeMarkdown(name(id)));
  const more = ids.length - shown.length;
  return t.list([...shown, ...(more > 0 ? [t('sessions.moreNames', { count: more })] : [])]);
}

/**
 * Draws it; nothing once the session is over or cancelled, or everybody whom it is about has taken a seat again, or has
 * given it back.
 */
export async function freedCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, why, at, ...people } = freedData.parse(message.data);
  const request = await readRequest(reader, actionId);
  if (request?.action.state !== 'open') return undefined;
  const { action, engagements } = request;
  const seated = new Set(engagements.flatMap((e) => (e.state === 'approved' ? [e.employeeId] : [])));
  const left = people.left.filter((id) => !seated.has(id));
  const promoted = people.promoted.filter((id) => seated.has(id));
  const t = services.textIn(message.lang);
  const name = await readNames(reader, [...left, ...promoted].slice(0, 2 * maxNames), t);
  const moved = why === 'added' ? promoted : left;
  const count = moved.length;
  if (count === 0) return undefined;
  const [first = ''] = moved;
  const heading =
    count === 1
      ? fitHeading(name(first), (who) => t.at(`sessions.freed.${why}.one`, { name: who }))
      : t.at(`sessions.freed.${why}.many`, { n: count });
  const urgent = startsWithin(action, services.convention.urgentHours, at, zone);
  const next =
    why === 'added'
      ? t('sessions.freed.seatsAdded')
      : promoted.length > 0
        ? t('sessions.freed.promoted', { count: promoted.length, names: listNames(promoted, name, t) })
        : countFreeSeats(request) > 0
          ? t('sessions.freed.nobody', { count })
          : t('sessions.freed.taken');
  const day = dayAt(at) === action.firstDay ? '' : t.dates.noYear(action.firstDay);
  const spoken = count === 1 ? t.at(`sessions.freed.${why}.one`, { name: name(first) }) : heading;
  return {
    template: 'sessions-freed',
    lang: message.lang,
    summary: capitaliseFirst(urgent ? `${t('sessions.freed.urgent')} · ${spoken}` : spoken),
    data: {
      id: actionId,
      eyebrow: eyebrow(action, t),
      heading,
      urgent,
      state: { mark: 'warn', word: t('sessions.freed.urgent'), rest: t('sessions.freed.soon', { day }) },
      lead: describeInOneSentence(action, t),
      who: count > 1 ? `${listNames(moved, name, t)}.` : '',
      next,
      note: t('sessions.freed.when', { when: t.dates.instant(at) }),
    },
  };
}
