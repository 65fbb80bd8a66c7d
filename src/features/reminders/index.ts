import { z } from 'zod';
import { action, type Feature, Refusal } from '../feature.js';
import { readCalendarOffer } from '../shared/calendar-offer.js';
import { ulid } from '../shared/form.js';
import { readRequest } from '../shared/records.js';
import { makeCalendarFile } from './calendar-file.js';
import { calendarLink } from './calendar-link.js';
import { calendarCard, reminderCard } from './cards.js';
import { planReminders, reminderTask } from './plan.js';

/** Reminds people of their engagements before the day, and puts these in their calendars. */
export const reminders: Feature = {
  name: 'reminders',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {
    calendar: action({
      input: z.looseObject({ id: ulid }),
      run: (actor, { id }, services) =>
        services.store.transact(async (tx) => {
          const request = await readRequest(tx, id);
          const own = request?.engagements.find((e) => e.employeeId === actor.id);
          if (!request || !own) throw new Refusal('refusal.notYours');
          const offer = await readCalendarOffer(tx, request.action, own, services);
          if (offer === 'nothing') throw new Refusal('refusal.outdated');
          const token = await calendarLink(tx, services, request.action, actor.id);
          return calendarCard(actor, request.action, offer, token, services);
        }),
    }),
  },
  messages: { due: reminderCard },
  tasks: { due: reminderTask },
  files: { calendar: makeCalendarFile },
  plan: planReminders,
};
