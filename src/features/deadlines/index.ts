import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { boundedId, boundedText } from '../shared/bounded-text.js';
import { ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { deadlineCard, requireDeadline } from './card.js';
import { deadlinesCard } from './list-card.js';
import { markDone, undo } from './mark.js';
import { deadlinesJob, reminderCard } from './reminders.js';

/** An id of a deadline, see `deadlineId`. */
const id = boundedId(60);

/**
 * The deadlines of the convention (articles 3, 5 and 8), computed from its dates: days left, who marked one as done and
 * what shows it; the coordinators' channel is reminded of them.
 */
export const deadlines: Feature = {
  name: 'deadlines',
  audience: 'coordinator',
  scopes: ['team'],
  commands: { fr: ['échéances'], en: ['deadlines'] },
  readers: 'coordinators',
  open: (actor, services) => deadlinesCard(actor, 0, services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => deadlinesCard(actor, 0, services),
    }),
    page: action({
      who: 'coordinator',
      reads: true,
      input: pageInput,
      run: (actor, { page }, services) => deadlinesCard(actor, page, services),
    }),
    view: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({ id }),
      run: (actor, data, services) =>
        services.store.read(async (reader) =>
          deadlineCard(reader, actor, await requireDeadline(reader, data.id, services), services),
        ),
    }),
    done: action({ who: 'coordinator', input: z.looseObject({ id, formKey: ulid }), run: markDone }),
    undo: action({
      who: 'coordinator',
      input: z.looseObject({ id, seen: boundedText(30) }),
      run: (actor, { id: of, seen }, services) => undo(actor, of, seen, services),
    }),
  },
  messages: { due: reminderCard },
  jobs: { deadlines: deadlinesJob },
};
