import { addDays } from '../../domain/days.js';
import { countSeatsTaken } from '../../domain/engagements/moves.js';
import { dayAt } from '../../text/dates.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { paginate } from '../shared/list.js';
import { readRequests } from '../shared/records.js';
import { describeWhen, rowTitle } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';

/** The sessions to come by day, with their free seats. */
export async function sessionsListCard(actor: Actor, page: number, services: Services): Promise<Card> {
  const t = services.textIn(actor.lang);
  const tomorrow = addDays(dayAt(services.clock.now()), 1);
  return services.store.read(async (reader): Promise<Card> => {
    const open = await reader.list('actions', 'byStateAndOrigin', 'open|need', { from: tomorrow });
    const list = paginate(open, page, t);
    const rows: object[] = [];
    for (const { action, engagements } of await readRequests(reader, list.items)) {
      const free = Math.max(0, action.seats - countSeatsTaken(engagements));
      const own = engagements.some((e) => e.employeeId === actor.id && e.state === 'approved');
      const seats =
        free > 0 ? t('sessions.seatsLeft', { count: free, seats: action.seats }) : t('sessions.full');
      const names = schoolNames(action, services);
      const describeState = (places: readonly string[]) =>
        own ? `${t('sessions.youTakePart')} ${seats}` : [seats, ...places].join(' · ');
      const title = rowTitle(action, t);
      const mark = own ? 'good' : free > 0 ? 'open' : 'off';
      const when = describeWhen(action, t);
      rows.push({
        group: '',
        separated: rows.length > 0,
        verb: 'sessions.view',
        id: action.id,
        mark,
        title,
        when,
        state: describeState(names.map(escapeMarkdown)),
        spoken: `${title}, ${when}. ${describeState(names)}`,
      });
    }
    const heading = t('sessions.listHeading', { count: open.length });
    return {
      template: 'sessions-list',
      lang: actor.lang,
      summary: heading,
      data: {
        eyebrow: t('sessions.listEyebrow'),
        heading,
        lead: open.length === 0 ? t('sessions.none') : '',
        rows,
        // Somebody who has found no suitable session may offer something else.
        lastPage: !list.paging.more,
        ...list.paging,
        nextVerb: 'sessions.page',
      },
    };
  });
}
