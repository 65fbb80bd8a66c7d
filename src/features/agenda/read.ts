import type { Action, Engagement } from '../../domain/action.js';
import type { MinistryEvent } from '../../domain/calendar/ministry-events.js';
import { type Deadline, deadlineId, upcomingDeadlines } from '../../domain/convention/deadlines.js';
import { addDays, type Day } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import type { Actor, Services } from '../feature.js';
import { readDeadlineDates } from '../shared/deadlines.js';
import { readActionsOf } from '../shared/records.js';
import type { Start } from '../shared/start.js';

interface Dated {
  /** Its first day; of what has begun, today. */
  readonly day: Day;
}

/** A date of the convention or the ministry. */
export type DateItem = Dated & { readonly id: string } & (
    | { readonly kind: 'deadline'; readonly deadline: Deadline }
    | { readonly kind: 'event'; readonly event: MinistryEvent }
  );

/** Something in an agenda. */
export type Item =
  | DateItem
  | (Dated & { readonly kind: 'mine'; readonly action: Action; readonly engagement: Engagement })
  | (Dated & { readonly kind: 'session'; readonly action: Action });

const planned: readonly Engagement['state'][] = ['pending', 'sent-back', 'approved', 'waitlisted'];

/** The convention's deadlines and the ministry's events to come, whose days are known (articles 4, 5 and 8). */
export async function datesToCome(
  reader: Reader,
  today: Day,
  { convention, calendar }: Services,
): Promise<DateItem[]> {
  const dates = await readDeadlineDates(reader, convention);
  const deadlines = upcomingDeadlines(dates, today).map((deadline): DateItem => {
    return { kind: 'deadline', id: deadlineId(deadline), day: deadline.day, deadline };
  });
  const events = calendar.events.flatMap((event): DateItem[] => {
    const { id, year, days, aside } = event;
    if (!days || aside || days.lastDay < today) return [];
    return [{ kind: 'event', id: `${id}:${year}`, day: later(days.firstDay, today), event }];
  });
  return [...deadlines, ...events];
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);

/**
 * What is to come for an employee, by day: their own actions, the sessions that can be joined in the académies where
 * they have engaged themselves (in all of them, before the first time), and the dates of the convention and the
 * ministry.
 * @param start the académies that they have asked for, whose sessions are there all the same
 */
export async function readAgenda(
  reader: Reader,
  actor: Actor,
  today: Day,
  services: Services,
  { academies: asked }: Pick<Start, 'academies'> = {},
): Promise<Item[]> {
  const own = await readActionsOf(reader, await reader.list('engagements', 'byEmployee', actor.id));
  const mine = own.flatMap(({ action, engagement }): Item[] =>
    action.state === 'open' && action.lastDay >= today && planned.includes(engagement.state)
      ? [{ kind: 'mine', day: later(action.firstDay, today), action, engagement }]
      : [],
  );
  const academies = new Set(own.flatMap(({ action }) => action.academies));
  const joined = new Set(mine.flatMap((item) => (item.kind === 'mine' ? item.action.id : [])));
  const open = await reader.list('actions', 'byStateAndOrigin', 'open|need', { from: addDays(today, 1) });
  const sessions = open
    .filter(({ id, closed, closesOn }) => !joined.has(id) && !closed && (!closesOn || closesOn >= today))
    .filter((action) => asked || academies.size === 0 || action.academies.some((code) => academies.has(code)))
    .map((action): Item => ({ kind: 'session', day: action.firstDay, action }));
  return [...mine, ...sessions, ...(await datesToCome(reader, today, services))].sort((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : 0,
  );
}
