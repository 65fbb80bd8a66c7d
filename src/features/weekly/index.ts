import { z } from 'zod';
import { findLatestWeekly, startOfDay } from '../../domain/days.js';
import type { Channel } from '../../records.js';
import { zone } from '../../text/dates.js';
import type { Feature, Job, Services } from '../feature.js';
import { findRunKey } from '../shared/job-runs.js';
import { weeklyCard } from './card.js';

const channels = ['coordinators', 'announcements'] as const satisfies readonly Channel['id'][];

/**
 * Enqueues the weekly message for each chosen channel, once per week and channel: the run and the messages have the
 * day in their keys and are written in one transaction. A week missed while the bot was down is made up for until the
 * next one is due; a channel chosen later waits for the next.
 */
const weeklyJob: Job = {
  async run(services: Services, { dryRun }): Promise<string> {
    const { weekday, time } = services.convention.weekly;
    const due = findLatestWeekly(services.clock.now(), weekday, time, zone);
    return services.store.transact(async (tx) => {
      const enqueued: string[] = [];
      for (const id of channels) {
        const channel = await tx.get('channels', id);
        const run = `weekly:${due.day}:${id}`;
        const key = await findRunKey(tx, run, ({ at }) => at >= startOfDay(due.day, zone));
        if (!channel || channel.at > due.at || key === undefined) continue;
        enqueued.push(id);
        if (dryRun) continue;
        const { conversationId, lang } = channel;
        await tx.put('jobs', { id: run, at: services.clock.now() });
        await services.enqueue(tx, {
          key,
          conversationId,
          lang,
          message: `weekly.${id}`,
          data: { day: due.day },
        });
      }
      const what =
        enqueued.length > 0 ? enqueued.join(' and ') : 'nothing (no channel chosen in time, or sent already)';
      return `weekly ${due.day}: ${dryRun ? 'would owe' : 'owed'} ${what}`;
    });
  },
};

const messageData = z.object({ day: z.iso.date() });

/** Every week, where things stand: in the coordinators' channel and, if there is one, the announcement channel. */
export const weekly: Feature = {
  name: 'weekly',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {},
  messages: {
    coordinators: (message, reader, services) =>
      weeklyCard(reader, messageData.parse(message.data).day, 'coordinators', message.lang, services),
    announcements: (message, reader, services) =>
      weeklyCard(reader, messageData.parse(message.data).day, 'announcements', message.lang, services),
  },
  jobs: { weekly: weeklyJob },
};
