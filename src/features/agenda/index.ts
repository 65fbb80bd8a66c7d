import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { boundedId } from '../shared/bounded-text.js';
import { pageInput } from '../shared/list.js';
import { agendaCard, dateCard } from './card.js';

/** What is to come, by week: one's own actions, open sessions, the dates of the convention and the ministry. */
export const agenda: Feature = {
  name: 'agenda',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['agenda', 'calendrier'], en: ['calendar', 'agenda'] },
  open: (actor, services) => agendaCard(actor, 0, services),
  actions: {
    open: action({
      input: z.looseObject({}),
      run: (actor, _, services) => agendaCard(actor, 0, services),
    }),
    page: action({
      input: pageInput,
      run: (actor, { page }, services) => agendaCard(actor, page, services),
    }),
    date: action({
      input: z.looseObject({ id: boundedId(200) }),
      run: async (actor, { id }, services) => dateCard(actor, id, services),
    }),
  },
};
