import { z } from 'zod';
import { lastWeekly, startOfDay } from '../../domain/week.js';
import type { Channel } from '../../ports.js';
import { zone } from '../../text/dates.js';
import type { Feature, Job, Services } from '../feature.js';
import { keyOfRun } from '../shared/runs.js';
import { weeklyCard } from './card.js';

const channels = ['coordinators', 'announcements'] as const satisfies readonly Channel['id'][];

/**
 * Owes the weekly message to each chosen channel, once per week and channel: the run and the messages carry
 * the day in their keys, and are written in one transaction. A week missed while the bot was down is made up
 * for until the next one is due; a channel chosen after the moment waits for the next.
 */
const weeklyJob: Job = {
  async run(services: Services, { dryRun }): Promise<string> {
    const { weekday, time } = services.convention.weekly;
    const due = lastWeekly(services.clock.now(), weekday, time, zone);
    return services.store.transact(async (tx) => {
      const owed: string[] = [];
      for (const id of channels) {
        const channel = await tx.get('channels', id);
        const run = `weekly:${due.day}:${id}`;
        const key = await keyOfRun(tx, run, ({ at }) => at >= startOfDay(due.day, zone));
        if (!channel || channel.at > due.at || key === undefined) continue;
        owed.push(id);
        if (dryRun) continue;
        const { conversationId, lang } = channel;
        await tx.put('jobs', { id: run, at: services.clock.now() });
        await services.owe(tx, {
          key,
          conversationId,
          lang,
          message: `weekly.${id}`,
          data: { day: due.day },
        });
      }
      const what =
        owed.length > 0 ? owed.join(' and ') : 'nothing (no channel chosen in time, or sent already)';
      return `weekly ${due.day}: ${dryRun ? 'would owe' : 'owed'} ${what}`;
    });
  },
};

const data = z.object({ day: z.iso.date() });

/** Every week, where things stand: in the coordinators' channel and, if one is chosen, an announcement channel. */
export const weekly: Feature = {
  name: 'weekly',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {},
  messages: {
    coordinators: (message, reader, services) =>
      weeklyCard(reader, data.parse(message.data).day, 'coordinators', message.lang, services),
    announcements: (message, reader, services) =>
      weeklyCard(reader, data.parse(message.data).day, 'announcements', message.lang, services),
  },
  jobs: { weekly: weeklyJob },
};
