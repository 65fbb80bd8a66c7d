import type { Engagement } from '../../domain/action.js';
import { nextWorkingDay } from '../../domain/calendar/working-days.js';
import { instantAt, nextMorning } from '../../domain/calendar/working-hours.js';
import { addDays, type Instant, mondayOf } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import type { FeatureTask, PlannedTask, Request, Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { readRequest } from '../shared/records.js';

/** A list that nobody could be sent for so many days is of no use any more: the desk shows the same. */
const listedDays = 60;

/** Who is asked about an action: those engaged in it who have not answered. An availability has no day to ask about. */
const findAsked = ({ action, engagements }: Request): Engagement[] =>
  (action.state === 'open' || action.state === 'held') && !action.halfDays
    ? engagements.filter((e) => e.state === 'approved')
    : [];

/** When somebody in this zone is asked, asked again, and listed. */
function computeTimes(lastDay: string, since: Instant, zoneOfPerson: string, services: Services) {
  const { convention, calendar } = services;
  const { messageHours, outcomeReminderDays } = convention;
  const morning = nextMorning(lastDay, zoneOfPerson, messageHours, calendar);
  // Whoever was approved after the day is asked from then on.
  const ask = since > morning ? since : morning;
  const inDays = (days: number) => addDays(dayAt(ask), days);
  const morningOf = (day: string, inZone: string): Instant =>
    instantAt(nextWorkingDay(day, calendar), messageHours.usual, inZone);
  const again = morningOf(inDays(outcomeReminderDays), zoneOfPerson);
  // Once a week at most: a list a day would be read by nobody.
  const list = morningOf(mondayOf(addDays(inDays(2 * outcomeReminderDays), 6)), zone);
  const end = instantAt(addDays(dayAt(list), listedDays), messageHours.usual, zone);
  return { ask, again, list, end };
}

/** Who is asked about an action, and when. */
async function readTimes(request: Request, reader: Reader, services: Services) {
  const asked = findAsked(request);
  const people = await Promise.all(asked.map(({ employeeId }) => reader.get('people', employeeId)));
  const { lastDay } = request.action;
  return asked.map((engagement, i) => ({
    engagement,
    ...computeTimes(lastDay, engagement.since, people[i]?.timeZone ?? zone, services),
  }));
}

/** Those who have been asked twice about an action without an answer, and whose Monday in the list has come. */
export async function readListed(
  request: Request,
  reader: Reader,
  services: Services,
): Promise<Engagement[]> {
  const now = services.clock.now();
  const asked = await readTimes(request, reader, services);
  return asked.flatMap(({ engagement, list }) => (list <= now ? engagement : []));
}

/**
 * The question on the next working morning after the last day; once more when it has had no answer for some days; and
 * on the first Monday after as many again, a line in a list for the coordinators. The occurrence has the day, so that a
 * new day is asked about anew.
 */
export async function planQuestions(
  request: Request,
  reader: Reader,
  services: Services,
): Promise<PlannedTask[]> {
  const asked = await readTimes(request, reader, services);
  return asked.flatMap(({ engagement: { employeeId }, ask, again, list, end }): PlannedTask[] => {
    const occurrence = `${employeeId}:${request.action.lastDay}`;
    return [
      { task: 'ask', occurrence, employeeId, dueAt: ask, until: again },
      { task: 'askAgain', occurrence, employeeId, dueAt: again, until: list },
      { task: 'list', occurrence, dueAt: list, until: end },
    ];
  });
}

const createQuestion = (message: 'outcome.ask' | 'outcome.askAgain'): FeatureTask => ({
  job: 'outcomes',
  async run(tx, { actionId, employeeId = '' }, key, services) {
    // Drawing it finds out whether there is still something to ask.
    await notify(tx, services, employeeId, { key, message, actionId });
  },
});

/** Tells the coordinators: one message for all those whose turn comes on the same day. */
const listTask: FeatureTask = {
  job: 'outcomes',
  async run(tx, { actionId }, key, services) {
    const request = await readRequest(tx, actionId);
    const channel = await tx.get('channels', 'coordinators');
    if (!request || !channel || findAsked(request).length === 0) return;
    const ofDay = `outcome.unanswered:${dayAt(services.clock.now())}`;
    const earlier = await tx.get('outbox', ofDay);
    if (earlier?.state === 'due' || earlier?.state === 'held') return;
    const { conversationId, lang } = channel;
    const message = { message: 'outcome.unanswered', conversationId, lang };
    await services.enqueue(tx, { ...message, key: earlier ? key : ofDay });
  },
};

export const outcomeTasks: Readonly<Record<string, FeatureTask>> = {
  ask: createQuestion('outcome.ask'),
  askAgain: createQuestion('outcome.askAgain'),
  list: listTask,
};
