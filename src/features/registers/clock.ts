import { daysBefore } from '../../domain/calendar/working-hours.js';
import { addDays, startOfDay } from '../../domain/days.js';
import { daysLeft, dueDay, type Entry } from '../../domain/registers/entry.js';
import type { Day, Reader, Transaction } from '../../ports.js';
import type { OutboxMessage, Task } from '../../records.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Card, FeatureTask, Services } from '../feature.js';
import { storeTasks, taskId } from '../shared/tasks.js';
import { stateStrip } from './state.js';
import { dueLine, eyebrowOf, nextStep, stateWord, titleOf } from './words.js';

/** How many days before the last day of a formal notice the coordinators are reminded of it. */
const reminderDays = [3, 1] as const;

/**
 * Plans the reminders of a formal notice as it is now: each until the next one is due, the last one to the end of the
 * last day. One that has been entered late gets those that are still of use.
 */
export async function planClock(
  tx: Transaction,
  services: Services,
  entry: Entry,
  { isNew = false } = {},
): Promise<void> {
  const { convention, calendar, clock } = services;
  const last = dueDay(entry);
  const planned = new Map<string, Task>();
  if (last !== undefined) {
    const at = (days: number) => daysBefore(last, days, zone, convention.messageHours, calendar);
    for (const [i, days] of reminderDays.entries()) {
      const next = reminderDays[i + 1];
      const until = next === undefined ? startOfDay(addDays(last, 1), zone) : at(next);
      const dueAt = at(days);
      if (until <= clock.now() || until <= dueAt) continue;
      const id = taskId('registers', entry.id, { task: 'clock', occurrence: `${last}:${days}` });
      planned.set(id, { id, name: 'registers.clock', actionId: entry.id, dueAt, until, state: 'waiting' });
    }
  }
  await storeTasks(tx, entry.id, planned, { isNew });
}

/** Reminds the coordinators in their channel that the time of a formal notice runs out (article 6). */
export const clockTask: FeatureTask = {
  job: 'reminders',
  async run(tx, { actionId }, key, services) {
    const entry = await tx.get('entries', actionId);
    const channel = await tx.get('channels', 'coordinators');
    if (entry?.state !== 'running' || !channel) return;
    const { conversationId, lang } = channel;
    await services.enqueue(tx, { key, conversationId, lang, message: 'registers.clock', actionId });
  },
};

/** The reminder as the notice is when it is sent, or redrawn: nothing to post once it has ended. */
export async function clockCard(
  { actionId = '', lang, op }: OutboxMessage,
  reader: Reader,
  services: Services,
): Promise<Card | undefined> {
  const entry = await reader.get('entries', actionId);
  if (!entry || (op === 'post' && entry.state !== 'running')) return undefined;
  const t = services.textIn(lang);
  const today = dayAt(services.clock.now());
  const heading = clockHeading(entry, today, t);
  return {
    template: 'registers-clock',
    lang,
    summary: `${eyebrowOf(entry, t)} · ${heading}`,
    data: {
      id: entry.id,
      eyebrow: eyebrowOf(entry, t),
      heading,
      lead: [escapeMarkdown(titleOf(entry, t)), dueLine(entry, today, t)].filter(Boolean).join('\n\n'),
      state: await stateStrip(reader, entry, today, t),
      note: nextStep(entry, today, t),
    },
  };
}

/** The time that is left; once it has passed, or the notice has ended, its state. */
function clockHeading(entry: Entry, today: Day, t: Text): string {
  const left = daysLeft(entry, today) ?? -1;
  if (left < 0) return stateWord(entry, today, t);
  return left === 0 ? t('registers.clock.last') : t('registers.clock.days', { count: left });
}
