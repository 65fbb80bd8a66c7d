import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { formIds, ulid } from '../shared/form.js';
import { readRequest } from '../shared/records.js';
import { drawForm, save } from './form.js';
import { requireOwnPlacement } from './own-placement.js';
import { reminderCard } from './reminder-card.js';
import { planReminders, reminderTask } from './reminders.js';

/**
 * The places of a placement that schools have filled, and the number of its tripartite agreements that are signed,
 * never whose (articles 3 and 7). A placement cannot start without them, so the people concerned are reminded.
 */
export const agreements: Feature = {
  name: 'agreements',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: z.looseObject({ id: ulid }),
      run: async (actor, { id }, services) => {
        const request = await services.store.read((r) => readRequest(r, id));
        const { action: it } = requireOwnPlacement(actor, request);
        return drawForm(actor, { id, formKey: services.ids.unguessable() }, it, services);
      },
    }),
    save: action({ byRole: true, input: formIds, run: save }),
  },
  messages: { due: reminderCard },
  tasks: { due: reminderTask },
  plan: planReminders,
};
