import { daysBefore, firstAllowed } from '../../domain/calendar/working-hours.js';
import {
  type Deadline,
  deadlineArticles,
  parseDeadlineId,
  remindersOf,
} from '../../domain/convention/deadlines.js';
import type { Instant } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import type { Channel, OutboxMessage } from '../../records.js';
import { dayAt, zone } from '../../text/dates.js';
import { readInForce } from '../convention/in-force.js';
import type { Card, Job, Services } from '../feature.js';
import {
  deadlineTitle,
  describeDaysLeft,
  describeLastWorkingDay,
  type MarkedDeadline,
  readEnding,
  readMarks,
  readOpenDeadlines,
} from '../shared/deadlines.js';
import { findRunKey } from '../shared/job-runs.js';
import { readNames } from '../shared/request-view.js';
import { stateOfDeadline } from './read.js';

/** A reminder that is due and that the channel has not had. */
interface Due {
  readonly deadline: MarkedDeadline;
  readonly distance: string;
  /** The run that records it: one a deadline, year and distance. */
  readonly run: string;
  readonly key: string;
  readonly channel: Channel;
}

/** The moments at which the channel is reminded of a deadline: the usual time, on the working day at or before. */
const momentsOf = (deadline: Deadline, { convention, calendar }: Services) =>
  remindersOf(deadline, convention).map(({ distance, day }) => ({
    distance,
    at: daysBefore(day, 0, zone, convention.messageHours, calendar),
  }));

/**
 * The reminders that are due now. Of those whose moment passed while the bot was stopped, or while nobody knew the date
 * of signature or there was no channel, only the last, and only until the deadline.
 */
async function readDue(reader: Reader, wired: Services): Promise<Due[]> {
  const services = await readInForce(reader, wired);
  const { clock, convention, calendar } = services;
  const now = clock.now();
  const channel = await reader.get('channels', 'coordinators');
  if (!channel || firstAllowed(now, zone, convention.messageHours, calendar) !== now) return [];
  const due: Due[] = [];
  for (const deadline of await readOpenDeadlines(reader, dayAt(now), services)) {
    const last = momentsOf(deadline, services).findLast(({ at }) => at <= now);
    if (!last) continue;
    const run = `deadlines:${deadline.id}:${last.distance}`;
    const key = await findRunKey(reader, run, ({ at }: { at: Instant }) => at >= last.at);
    if (key !== undefined) due.push({ deadline, distance: last.distance, run, key, channel });
  }
  return due;
}

/** Reminds the coordinators' channel of deadlines, each distance once. */
export const deadlinesJob: Job = {
  async run(services, { dryRun }) {
    const { store, clock } = services;
    const due = await store.read((reader) => readDue(reader, services));
    const describe = (list: readonly Due[]) =>
      list.map(({ deadline, distance }) => `${deadline.id} (${distance})`).join(', ') || 'nothing is due';
    if (dryRun || due.length === 0) return `deadlines: ${describe(due)}`;
    return store.transact(async (tx) => {
      const still = await readDue(tx, services);
      for (const { deadline, run, key, channel } of still) {
        const { conversationId, lang } = channel;
        await tx.put('jobs', { id: run, at: clock.now() });
        const { id, kind, day } = deadline;
        const message = { conversationId, lang, message: 'deadlines.due', actionId: id };
        await services.enqueue(tx, { ...message, key, data: { deadline: kind, day } });
      }
      return `deadlines: ${describe(still)}`;
    });
  },
};

/**
 * The reminder in the channel. Once it is done it says so; it is not sent any more then, nor after the day, nor once the
 * convention has ended before it.
 */
export async function reminderCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  // An update of it has nothing but its subject.
  const about = parseDeadlineId(message.actionId ?? '');
  const [deadline] = await readMarks(reader, about ? [about] : []);
  const today = dayAt(services.clock.now());
  if (!deadline || (message.op === 'post' && stateOfDeadline(deadline, today) !== 'open')) return undefined;
  const { ended } = await readEnding(reader, services.convention);
  if (message.op === 'post' && ended && deadline.day > ended.day) return undefined;
  const t = services.textIn(message.lang);
  const { id, kind, day, done } = deadline;
  const title = deadlineTitle(deadline, t);
  const heading = done
    ? t('deadlines.dueDone', { title })
    : t('deadlines.titled', { title, left: describeDaysLeft(day, today, t) });
  const name = await readNames(reader, [done?.by], t);
  const rest = done && t('deadlines.doneRest', { name: name(done.by), day: t.dates.long(dayAt(done.at)) });
  return {
    template: 'deadlines-due',
    lang: message.lang,
    summary: heading,
    data: {
      id,
      eyebrow: t('deadlines.oneEyebrow', { article: deadlineArticles[kind] }),
      heading,
      lead: t('deadlines.dueLead', { day: t.dates.long(day), what: t(`deadlines.kind.${kind}.what`) }),
      working: done ? '' : describeLastWorkingDay(deadline, t, services),
      done: done !== undefined,
      state: { mark: 'good', word: t('deadlines.state.done'), rest: rest ?? '' },
      note: done ? '' : t('deadlines.dueNote'),
      report: kind === 'committee' && !done,
    },
  };
}
