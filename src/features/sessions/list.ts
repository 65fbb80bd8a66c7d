import { addDays } from '../../domain/days.js';
import { dayAt } from '../../text/dates.js';
import type { Actor, Card, Services } from '../feature.js';
import { academiesLine, isInAcademies, nothingText } from '../shared/area.js';
import { paginate } from '../shared/list.js';
import { readRequests } from '../shared/records.js';
import { formatStart, isOnDays, type Start } from '../shared/start.js';
import { understoodDays } from '../shared/understood.js';
import { sessionRow } from './row.js';

/** The sessions to come by day, with their free seats. */
export async function sessionsListCard(
  actor: Actor,
  page: number,
  services: Services,
  start: Start = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader): Promise<Card> => {
    const open = await reader.list('actions', 'byStateAndOrigin', 'open|need', { from: addDays(today, 1) });
    const shown = open.filter((action) => isOnDays(start, action) && isInAcademies(start, action, services));
    const list = paginate(shown, page, t);
    const requests = await readRequests(reader, list.items);
    const rows = requests.map((request, i) => ({
      group: '',
      separated: i > 0,
      ...sessionRow(request, actor.id, today, t, services),
    }));
    const heading = t('sessions.listHeading', { count: shown.length });
    return {
      template: 'sessions-list',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('sessions.listEyebrow'),
        heading,
        lead: [
          understoodDays(start, t),
          academiesLine(start, t, services),
          shown.length === 0 ? nothingText(start, t) || t('sessions.none') : '',
        ]
          .filter(Boolean)
          .join(' '),
        rows,
        // Somebody who has found no suitable session may offer something else.
        lastPage: !list.paging.more,
        ...list.paging,
        start: formatStart(start),
        nextVerb: 'sessions.page',
        areaVerb: 'sessions.chooseArea',
        canChooseArea: open.length > 1 || Boolean(start.academies),
      },
    };
  });
}
