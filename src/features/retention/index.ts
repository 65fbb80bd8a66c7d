import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { pageInput } from '../shared/list.js';
import { listTold } from './announce.js';
import { comingCard, keptCard, noticeCard } from './cards.js';
import { retentionJob } from './job.js';
import { lookAt, momentOf } from './look.js';

const noticeData = z.object({ person: z.string() });
const comingData = z.object({ day: z.iso.date() });

/**
 * Erases people some years after their last activity (`retentionYears`), and tells them a month before. Whatever they do
 * here is an activity.
 */
export const retention: Feature = {
  name: 'retention',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {
    /** The click is an activity like any other: by now nothing is announced any more. */
    keep: action({
      input: z.looseObject({}),
      run: (actor, _, services) =>
        services.store.read(async (reader) => {
          const person = (await reader.get('people', actor.id)) ?? { id: actor.id };
          return keptCard(actor, await lookAt(reader, person, momentOf(services), services), services);
        }),
    }),
    coming: action({
      who: 'coordinator',
      reads: true,
      input: pageInput.partial(),
      run: (actor, { page = 0 }, services) =>
        services.store.read(async (reader) =>
          comingCard({ people: await listTold(reader), page }, actor.lang, services),
        ),
    }),
  },
  messages: {
    notice: async (message, reader, services) => {
      const person = await reader.get('people', noticeData.parse(message.data).person);
      return noticeCard(person, message.lang, services);
    },
    coming: async (message, reader, services) => {
      const people = await listTold(reader, comingData.parse(message.data).day);
      const all = (await listTold(reader)).length;
      return people.length > 0 ? comingCard({ people, page: 0, all }, message.lang, services) : undefined;
    },
  },
  jobs: { retention: retentionJob },
};
