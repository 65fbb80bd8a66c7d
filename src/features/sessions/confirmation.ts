import { z } from 'zod';
import { type Day, startOfDay } from '../../domain/days.js';
import {
  confirmationDeadline,
  secondQuestionTime,
  wasAskedInTime,
} from '../../domain/engagements/confirmation.js';
import { lapseSeats } from '../../domain/engagements/seats.js';
import type { Reader } from '../../ports.js';
import type { OutboxMessage } from '../../records.js';
import { dayAt, zone } from '../../text/dates.js';
import { capitaliseFirst } from '../../text/typeset.js';
import type { Card, FeatureTask, PlannedTask, Request, Services } from '../feature.js';
import { notify } from '../shared/people.js';
import { readRequest } from '../shared/records.js';
import { describeInOneSentence, eyebrow } from '../shared/request-view.js';
import { confirmNote, confirmUntil, isToConfirm } from '../shared/seat-words.js';
import { isAhead } from '../shared/tasks.js';
import { askToConfirmNews } from './ask.js';
import { tellSeatsFreed } from './freed.js';
import { writeSeats } from './write.js';

/**
 * Who has not confirmed is asked once more on the last morning before its end, and loses the seat then. Somebody who
 * was asked on that very day keeps it: coordinators see that they have not answered.
 */
export async function planConfirmations(
  { action, engagements }: Request,
  reader: Reader,
  services: Services,
): Promise<PlannedTask[]> {
  if (action.origin !== 'need' || action.state !== 'open') return [];
  const { messageHours } = services.convention;
  const tasks: PlannedTask[] = [];
  const days = new Set<Day>();
  for (const engagement of engagements) {
    const { state, confirmBy, employeeId } = engagement;
    if (state !== 'approved' || confirmBy === undefined || !wasAskedInTime(engagement)) continue;
    days.add(confirmBy);
    const place = (await reader.get('people', employeeId))?.timeZone ?? zone;
    const until = confirmationDeadline(confirmBy, messageHours, zone);
    const task: PlannedTask = {
      task: 'askAgain',
      occurrence: `${employeeId}:${confirmBy}:${action.revision ?? 0}`,
      employeeId,
      dueAt: secondQuestionTime(confirmBy, until, place, messageHours, services.calendar),
      until,
    };
    if (await isAhead(reader, 'sessions', action.id, task, services)) tasks.push(task);
  }
  for (const confirmBy of days)
    tasks.push({
      task: 'giveBack',
      occurrence: `${confirmBy}:${action.revision ?? 0}`,
      dueAt: confirmationDeadline(confirmBy, messageHours, zone),
      until: startOfDay(action.firstDay, zone),
    });
  return tasks;
}

export const askAgain: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId, employeeId = '' }, key, services) {
    const data = { actionId, employeeId };
    await notify(tx, services, employeeId, { key, message: 'sessions.unconfirmed', data });
  },
};

export const giveBack: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId }, key, services) {
    const before = await readRequest(tx, actionId);
    if (!before) return;
    const now = services.clock.now();
    const moment = { now, today: dayAt(now) };
    const lapsed = lapseSeats(before, moment);
    const result = await askToConfirmNews(tx, before, lapsed, moment, services);
    if (!result.ok || result.moves.length === 0) return;
    await writeSeats(tx, services, before, result.session, result.moves);
    await tellSeatsFreed(tx, services, before.action, result.moves, { key, why: 'unconfirmed' });
  },
};

const unconfirmedData = z.object({ actionId: z.string(), employeeId: z.string() });

/** The question once more; nothing if it has been answered. */
export async function unconfirmedCard(
  message: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const { actionId, employeeId } = unconfirmedData.parse(message.data);
  const request = await readRequest(reader, actionId);
  const own = request?.engagements.find((e) => e.employeeId === employeeId);
  const today = dayAt(services.clock.now());
  if (!request || !own || !isToConfirm(request.action, own, today)) return undefined;
  const t = services.textIn(message.lang);
  const heading = t('sessions.askAgain');
  return {
    template: 'sessions-news',
    lang: message.lang,
    summary: heading,
    data: {
      id: actionId,
      seen: request.action.revision ?? 0,
      eyebrow: eyebrow(request.action, t),
      heading,
      lead: capitaliseFirst(describeInOneSentence(request.action, t)),
      state: {
        mark: 'warn',
        word: t('sessions.toConfirm'),
        rest: own.confirmBy === today ? t('sessions.today') : confirmUntil(own.confirmBy, today, t),
      },
      changes: [],
      reason: '',
      note: confirmNote(request.action, own, t, services),
      confirm: true,
      no: t('sessions.sayNo'),
      leave: true,
      calendarTitle: '',
      view: true,
      others: false,
    },
  };
}
