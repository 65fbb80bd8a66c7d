import { z } from 'zod';
import { action, type Feature } from '../feature.js';
import { chooseAreaCard, withChosenArea } from '../shared/area.js';
import { boundedId } from '../shared/bounded-text.js';
import { pageInput } from '../shared/list.js';
import { openInput } from '../shared/start.js';
import { agendaCard, dateCard } from './card.js';

/** What is to come, by week: one's own actions, open sessions, the dates of the convention and the ministry. */
export const agenda: Feature = {
  name: 'agenda',
  audience: 'employee',
  scopes: ['personal'],
  commands: { fr: ['agenda', 'calendrier'], en: ['calendar', 'agenda'] },
  open: (actor, services, start) => agendaCard(actor, 0, services, start),
  actions: {
    open: action({
      input: openInput,
      run: (actor, { start }, services) => agendaCard(actor, 0, services, start),
    }),
    page: action({
      input: pageInput,
      run: (actor, { page, start, ...data }, services) =>
        agendaCard(actor, page, services, withChosenArea(start, data, services)),
    }),
    chooseArea: action({
      input: openInput,
      run: async (actor, { start }, services) => {
        const eyebrow = services.textIn(actor.lang)('agenda.eyebrow');
        return chooseAreaCard(actor, { eyebrow, verb: 'agenda.page', start }, services);
      },
    }),
    date: action({
      input: z.looseObject({ id: boundedId(200) }),
      run: async (actor, { id }, services) => dateCard(actor, id, services),
    }),
  },
};
